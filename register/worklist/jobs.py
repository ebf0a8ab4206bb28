"""What the worker does for those who wanted a digest of their work."""

from register.jobs.registry import Job
from register.worklist.services.digests import JOB, send_digests

# Hourly, so that a morning on which no worker ran still has its digests.
JOBS = [Job(JOB, 60 * 60, send_digests, "Sends the digests that people chose")]
