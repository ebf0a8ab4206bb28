"""The housekeeping of the worker itself."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db.models import Q

from register.core.dates import now
from register.core.whole_files import UNFINISHED
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


def forget_unfinished_files() -> int:
    """Delete what programs that were killed while they wrote a file left behind, a day after."""
    try:
        _, names = default_storage.listdir(UNFINISHED)
    except FileNotFoundError:
        return 0
    paths = [f"{UNFINISHED}/{name}" for name in names]
    long_ago = now() - timedelta(days=1)
    old = [path for path in paths if default_storage.get_modified_time(path) < long_ago]
    for path in old:
        default_storage.delete(path)
    return len(old)


JOBS = [
    Job(
        "forget_dead_workers",
        60 * 60,
        forget_dead_workers,
        "Forgets workers that have ended",
        while_held=True,
    ),
    Job("forget_gone_work", DAILY, forget_gone_work, "Forgets failures of work that is no more"),
    Job(
        "forget_ended_sessions",
        DAILY,
        forget_ended_sessions,
        "Forgets sign-ins that have ended",
        while_held=True,
    ),
    Job(
        "forget_unfinished_files",
        DAILY,
        forget_unfinished_files,
        "Forgets files that were never finished",
        while_held=True,
    ),
]
