"""The housekeeping of the worker itself."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db.models import Q

from register.core.dates import now
from register.jobs.models import FailedItem, Heartbeat
from register.jobs.registry import DAILY, Job, jobs


def forget_dead_workers() -> int:
    """Forget workers that were not heard of for a day."""
    return Heartbeat.objects.filter(at__lt=now() - timedelta(days=1)).delete()[0]


def forget_gone_work() -> int:
    """Forget failures of work that this release does not know, and those that nothing followed."""
    known = [job.name for job in jobs()]
    long_ago = Q(given_up_at__isnull=True, failed_at__lt=now() - timedelta(days=30))
    return FailedItem.objects.filter(~Q(job__in=known) | long_ago).delete()[0]


def forget_ended_sessions() -> int:
    """Delete the sessions that have run out."""
    return Session.objects.filter(expire_date__lt=now()).delete()[0]


JOBS = [
    Job("forget_dead_workers", 60 * 60, forget_dead_workers, "Forgets workers that have ended"),
    Job("forget_gone_work", DAILY, forget_gone_work, "Forgets failures of work that is no more"),
    Job("forget_ended_sessions", DAILY, forget_ended_sessions, "Forgets sign-ins that have ended"),
]
