"""The housekeeping of the worker itself."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from register.core.dates import now
from register.jobs.models import Heartbeat
from register.jobs.registry import DAILY, Job


def forget_dead_workers() -> int:
    """Forget workers that were not heard of for a day."""
    return Heartbeat.objects.filter(at__lt=now() - timedelta(days=1)).delete()[0]


def forget_ended_sessions() -> int:
    """Delete the sessions that have run out."""
    return Session.objects.filter(expire_date__lt=now()).delete()[0]


JOBS = [
    Job("forget_dead_workers", 60 * 60, forget_dead_workers),
    Job("forget_ended_sessions", DAILY, forget_ended_sessions),
]
