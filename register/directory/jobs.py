"""What the worker does for the directory."""

from register.directory.grants import recompute_all
from register.jobs.registry import DAILY, Job

JOBS = [Job("recompute_permissions", DAILY, recompute_all)]
