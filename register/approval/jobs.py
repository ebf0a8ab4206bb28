"""The housekeeping of these pages."""

from register.approval.services import forget_guesses
from register.jobs.registry import DAILY, Job

JOBS = [Job("forget_guesses", DAILY, forget_guesses, "Forgets tries of links")]
