"""What the worker does for the directory."""

from register.directory.grants import recompute_all
from register.directory.services.levels import refresh_all
from register.jobs.registry import DAILY, Job

JOBS = [
    Job(
        "recompute_permissions",
        DAILY,
        recompute_all,
        "Brings permissions up to the day",
        while_held=True,
    ),
    Job("find_expired_assurance", DAILY, refresh_all, "Finds assurance that ran out"),
]
