"""How the register is, part by part: worker, work, queues, disk, tables. For health and for the office."""

from __future__ import annotations

import shutil
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Max, Min, Q

from register.core.dates import now
from register.jobs.held import REST, held_since
from register.jobs.models import FailedItem, Heartbeat, Run
from register.jobs.registry import Queue, jobs
from register.jobs.registry import queues as registered
from register.jobs.worker import TICK
from register.ledger import triggers
from register.notices.models import Notice

OK, AWAY = "ok", "away"
WORKER_SILENT_SECONDS = 60
# A timer that runs `manage.py tick` comes every few minutes.
TICK_SILENT_SECONDS = 15 * 60
FAILED_THRICE = 3
LOW_DISK_BYTES = 1024**3
LOW_DISK_SHARE = 0.05
LONG_WAIT = timedelta(hours=1)
GIB = 1024**3


def worker_state() -> str:
    """ "ok" while a worker was heard of within a minute, or a timer within a quarter of an hour."""
    heard = heard_seconds(is_tick=False)
    if heard is not None and heard <= WORKER_SILENT_SECONDS:
        return OK
    heard = heard_seconds(is_tick=True)
    return OK if heard is not None and heard <= TICK_SILENT_SECONDS else AWAY


def heard_seconds(*, is_tick: bool | None = None) -> int | None:
    """How many seconds ago a worker was last heard of; None where none ever was."""
    rows = Heartbeat.objects.all()
    if is_tick is not None:
        mark = Q(worker__endswith=f":{TICK}")
        rows = rows.filter(mark if is_tick else ~mark)
    newest = rows.aggregate(at=Max("at"))["at"]
    return max(0, int((now() - newest).total_seconds())) if newest else None


def worker_words() -> str:
    """When the worker was last heard of, as a sentence; or that a restored copy waits."""
    if held_since():
        return REST
    heard = heard_seconds()
    if heard is None:
        return "No worker has run yet: nothing is sent, and nothing happens by itself."
    if worker_state() == OK:
        return "The worker is at work."
    return (
        f"The worker has been silent for {span_words(heard)}: nothing is sent, and nothing happens "
        "by itself. Tell whoever runs the register. What is due is done, once, when it is back."
    )


def triggers_state() -> str:
    """ "ok" while every trigger that keeps evidence is there."""
    return "missing" if triggers.missing(connection) else OK


def jobs_state() -> str:
    """ "failing" when a kind of work has failed three times one after the other."""
    names = [job.name for job in jobs()]
    thrice = Run.objects.filter(job__in=names, failures__gte=FAILED_THRICE)
    return "failing" if thrice.exists() else OK


def migrations_state() -> str:
    """ "missing" while the tables are not those of this release."""
    return "missing" if _known_migrations() - set(_applied()) else OK


def disk_state() -> str:
    """ "low" when a folder of data has less than 1 GiB, and less than a twentieth, free."""
    return "low" if any(_is_low(Path(path)) for path in _folders()) else OK


def queues() -> list[dict]:
    """What waits for the worker: its name, how many, and since when (None where nothing does)."""
    return [_waiting(queue) for queue in registered()]


def given_up() -> dict[str, int]:
    """How many messages did not arrive, and how many other things were given up after the last try."""
    bounced = Notice.objects.filter(given_up_at__isnull=False).exclude(failure=Notice.NOT_NEEDED)
    items = FailedItem.objects.filter(given_up_at__isnull=False)
    return {"messages": bounced.count(), "things": items.count()}


def queues_state() -> str:
    """ "long" when something due has waited for more than an hour, "failed" when something was given up."""
    found = queues()
    if any(row["since"] and row["since"] < now() - LONG_WAIT for row in found):
        return "long"
    return "failed" if FailedItem.objects.filter(given_up_at__isnull=False).exists() else OK


def details() -> dict:
    """Everything, for those who look after the register; no titles, no names, no addresses."""
    return {
        "revision": settings.REVISION,
        "workers": {row.worker: row.at.isoformat() for row in Heartbeat.objects.order_by("worker")},
        "jobs": {row.job: _run(row) for row in Run.objects.order_by("job")},
        "failed_items": [
            {"job": row.job, "what": row.key, "tries": row.tries,
             "next": None if row.given_up_at else row.next_at.isoformat(),
             "given_up": row.given_up_at is not None}
            for row in FailedItem.objects.order_by("job", "key")[:100]
        ],
        "queues": [
            {**row, "since": row["since"].isoformat() if row["since"] else None} for row in queues()
        ],
        "given_up": given_up(),
        "disk": {str(path): _free(path) for path in _folders()},
        "missing_migrations": sorted(
            ".".join(each) for each in _known_migrations() - set(_applied())
        ),
        "missing_triggers": [str(each) for each in triggers.missing(connection)],
    }  # fmt: skip


def span_words(seconds: int) -> str:
    """ "5 minutes", "3 hours", "2 days"."""
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            number = seconds // length
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "less than a minute"


def _run(row: Run) -> dict:
    return {
        "started": row.started_at.isoformat(),
        "ended": row.ended_at.isoformat() if row.ended_at else None,
        "succeeded": row.succeeded_at.isoformat() if row.succeeded_at else None,
        "done": row.done,
        "failures": row.failures,
        # The kind of error alone: its sentence may name an entry, and the page shows it to its office.
        "failure": row.failure.partition(":")[0],
    }


def _waiting(queue: Queue) -> dict:
    asked = {"count": Count("pk")} | ({"since": Min(queue.since)} if queue.since else {})
    return {"name": queue.says, "since": None, **queue.rows().aggregate(**asked)}


def _folders() -> list[Path]:
    return list(dict.fromkeys((Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT))))


def _is_low(path: Path) -> bool:
    usage = _usage(path)
    return usage.free < LOW_DISK_BYTES and usage.free < usage.total * LOW_DISK_SHARE


def _free(path: Path) -> str:
    usage = _usage(path)
    return f"{usage.free / GIB:.1f} GiB free of {usage.total / GIB:.1f}"


def _usage(path: Path):
    while not path.exists():  # made with its first file
        path = path.parent
    return shutil.disk_usage(path)


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def _applied() -> dict:
    return MigrationRecorder(connection).applied_migrations()
