"""What the worker does for reviews: sets dates, tells leads, reminds parties, opens early reviews."""

from register.jobs.registry import DAILY, Job
from register.reviews import services

HOUR = 60 * 60

JOBS = [
    Job("plan_reviews", DAILY, services.plan_missing, "Sets review dates that are missing"),
    # Hourly, so that a day on which no worker ran at midnight still has its notices.
    Job("tell_of_reviews", HOUR, services.tell_leads, "Tells leads of reviews that are due"),
    Job("remind_of_reviews", HOUR, services.remind_parties, "Reminds parties of reviews"),
    Job(
        "open_early_reviews", 60, services.open_early, "Opens reviews early where something changed"
    ),
    Job("tell_of_early_reviews", 60, services.tell_of_early, "Tells leads of early reviews"),
]
