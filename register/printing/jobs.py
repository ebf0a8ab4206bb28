"""What the worker does for printing."""

from __future__ import annotations

from register.core.dates import now
from register.jobs.claims import claimed_one_by_one
from register.jobs.registry import DAILY, Job
from register.printing.models import PrintState
from register.printing.services import clear_old, due, make


def make_prints() -> int:
    """Make every print that is due; returns how many were made."""
    rows = claimed_one_by_one(due(), state=PrintState.WORKING, claimed_at=now())
    return sum(make(request) for request in rows)


JOBS = [Job("prints", 1, make_prints), Job("old prints", DAILY, clear_old)]
