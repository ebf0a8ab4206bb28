"""What the worker does for those who wait for signatures."""

from register.chasing import services
from register.jobs.registry import DAILY, Job

HOUR = 60 * 60

JOBS = [
    # Hourly, so that a day on which no worker ran at midnight still has its reminders.
    Job("remind_signatories", HOUR, services.remind_all, "Reminds those who sign"),
    Job(
        "act_on_missed_days",
        HOUR,
        services.act_on_missed_days,
        "Acts on days to sign by that passed",
    ),
    Job("tell_of_bounces", 60, services.tell_of_bounces, "Tells of messages that did not arrive"),
    Job(
        "settle_signature_tasks", 60, services.settle, "Closes tasks of signatures that are settled"
    ),
    Job(
        "tell_new_holders",
        DAILY,
        services.tell_new_holders,
        "Tells new holders what their post signed",
    ),
]
