"""What the worker does for imports: plans long files, and brings in what was confirmed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from register.core.dates import now
from register.exchange.models import Import, ImportState
from register.exchange.services import TAKEN_FOR_DEAD_AFTER, bring_in, make_plan
from register.jobs.claims import claimed_one_by_one
from register.jobs.items import attempt
from register.jobs.registry import Job, Queue

WAITING = (ImportState.UPLOADED, ImportState.CONFIRMED, ImportState.WORKING)


def plan_imports() -> int:
    """Plan every import that waits for it; returns how many."""
    due = _free(Import.objects.filter(state=ImportState.UPLOADED))
    return _each("plan_imports", due, make_plan, claimed_at=now())


def bring_in_imports() -> int:
    """Bring in every confirmed import, and go on with those whose worker died; returns how many."""
    states = [ImportState.CONFIRMED, ImportState.WORKING]
    due = _free(Import.objects.filter(state__in=states))
    return _each("imports", due, bring_in, state=ImportState.WORKING, claimed_at=now())


def _each(job: str, due: QuerySet[Import], do: Callable[[Any], object], **marks: Any) -> int:
    return sum(
        attempt(job, f"import {row.pk}", partial(do, row), partnership=row.partnership_id)
        for row in claimed_one_by_one(due, **marks)
    )


def _free(rows: QuerySet[Import]) -> QuerySet[Import]:
    long_ago = now() - TAKEN_FOR_DEAD_AFTER
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=long_ago)
    return rows.filter(free).order_by("requested_at", "pk")


JOBS = [
    Job("plan_imports", 1, plan_imports, "Reads files that are to come in"),
    Job("imports", 1, bring_in_imports, "Brings in confirmed files"),
]

QUEUES = [
    Queue("Files to bring in", lambda: Import.objects.filter(state__in=WAITING), "requested_at")
]
