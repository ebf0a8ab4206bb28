"""What the worker does for reviews: sets dates, tells leads, reminds parties, opens early reviews."""

from register.jobs.registry import DAILY, Job
from register.reviews import services

HOUR = 60 * 60

JOBS = [
    Job("plan_reviews", DAILY, services.plan_missing),
    # Hourly, so that a day on which no worker ran at midnight still has its notices.
    Job("tell_of_reviews", HOUR, services.tell_leads),
    Job("remind_of_reviews", HOUR, services.remind_parties),
    Job("open_early_reviews", 60, services.open_early),
]
