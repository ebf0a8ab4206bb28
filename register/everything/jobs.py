"""What the worker does for exports of everything."""

from __future__ import annotations

from functools import partial

from register.core.dates import now
from register.everything.models import Export, ExportState
from register.everything.services import clear_old, due, make
from register.jobs.claims import claimed_one_by_one
from register.jobs.items import attempt
from register.jobs.registry import DAILY, Job, Queue

WAITING = (ExportState.WAITING, ExportState.WORKING)


def make_exports() -> int:
    """Make every export that is due; returns how many were made."""
    rows = claimed_one_by_one(due(), state=ExportState.WORKING, claimed_at=now())
    return sum(attempt("exports", f"export {row.pk}", partial(make, row)) for row in rows)


JOBS = [
    Job("exports", 5, make_exports, "Makes exports of everything", while_held=True),
    Job(
        "old exports",
        DAILY,
        clear_old,
        "Deletes exports of everything that are a week old",
        while_held=True,
    ),
]

QUEUES = [
    Queue("Exports of everything", lambda: Export.objects.filter(state__in=WAITING), "asked_at")
]
