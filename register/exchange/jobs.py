"""What the worker does for imports: plans long files, brings in what was confirmed, and undoes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from register.core.dates import now
from register.exchange.files import services
from register.exchange.forgetting import forget_files
from register.exchange.models import MOVING, Bundle, BundleState, Import, ImportState
from register.exchange.services import TAKEN_FOR_DEAD_AFTER, bring_in, make_plan
from register.exchange.undoing import undo
from register.jobs.claims import claimed_one_by_one
from register.jobs.items import attempt
from register.jobs.registry import DAILY, Job, Queue


def plan_imports() -> int:
    """Plan every import that waits for it; returns how many."""
    due = _free(Import.objects.filter(state=ImportState.UPLOADED))
    return _each("plan_imports", due, make_plan, claimed_at=now())


def bring_in_imports() -> int:
    """Bring in every confirmed import, and go on with those whose worker died; returns how many."""
    states = [ImportState.CONFIRMED, ImportState.WORKING]
    due = _free(Import.objects.filter(state__in=states))
    return _each("imports", due, bring_in, state=ImportState.WORKING, claimed_at=now())


def undo_imports() -> int:
    """Undo every import that is to be undone, and go on with those whose worker died; returns how many."""
    due = _free(Import.objects.filter(state=ImportState.UNDOING))
    return _each("undo_imports", due, undo, claimed_at=now())


def read_bundles() -> int:
    """Read every ZIP of signed files that waits for it; returns how many."""
    due = _free_bundles(BundleState.UPLOADED)
    return _each_bundle("read_bundles", due, services.read)


def attach_bundles() -> int:
    """Attach the confirmed files, and go on where a worker died; returns how many."""
    due = _free_bundles(BundleState.CONFIRMED)
    return _each_bundle("attach_bundles", due, services.attach_all)


def _each_bundle(job: str, due: QuerySet[Bundle], do: Callable[[Any], object]) -> int:
    return sum(
        attempt(job, f"bundle {row.pk}", partial(do, row), partnership=row.partnership_id)
        for row in claimed_one_by_one(due, claimed_at=now())
    )


def _free_bundles(state: str) -> QuerySet[Bundle]:
    long_ago = now() - TAKEN_FOR_DEAD_AFTER
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=long_ago)
    return Bundle.objects.filter(free, state=state).order_by("requested_at", "pk")


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
    Job("read_bundles", 1, read_bundles, "Reads ZIPs of signed files"),
    Job("attach_bundles", 1, attach_bundles, "Attaches signed files"),
    Job("undo_imports", 1, undo_imports, "Undoes imports"),
    Job("forget_files", DAILY, forget_files, "Deletes files that came in a month ago"),
]

QUEUES = [
    Queue("Files to bring in", lambda: Import.objects.filter(state__in=MOVING), "requested_at")
]
