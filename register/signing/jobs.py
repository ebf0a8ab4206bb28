"""What the worker does for signing."""

from register.jobs.registry import DAILY, Job
from register.signing.services.carrying import accept_told

JOBS = [Job("accept_told", DAILY, accept_told, "Counts those told who did not object")]
