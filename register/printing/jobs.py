"""What the worker does for printing."""

from __future__ import annotations

from functools import partial

from register.core.dates import now
from register.jobs.claims import claimed_one_by_one
from register.jobs.items import attempt
from register.jobs.registry import DAILY, Job, Queue
from register.printing.models import PrintRequest, PrintState
from register.printing.services import clear_old, due, make

WAITING = (PrintState.WAITING, PrintState.WORKING)


def make_prints() -> int:
    """Make every print that is due; returns how many were made."""
    rows = claimed_one_by_one(due(), state=PrintState.WORKING, claimed_at=now())
    return sum(attempt("prints", f"print {row.pk}", partial(make, row)) for row in rows)


JOBS = [
    Job("prints", 1, make_prints, "Makes prints", while_held=True),
    Job("old prints", DAILY, clear_old, "Clears prints that are a week old"),
]

QUEUES = [Queue("Prints", lambda: PrintRequest.objects.filter(state__in=WAITING), "asked_at")]
