"""What the worker does for imports: plans long files, and brings in what was confirmed."""

from __future__ import annotations

from django.db.models import Q

from register.core.dates import now
from register.exchange.models import Import, ImportState
from register.exchange.services import TAKEN_FOR_DEAD_AFTER, bring_in, make_plan
from register.jobs.claims import claimed_one_by_one
from register.jobs.registry import Job


def plan_imports() -> int:
    """Plan every import that waits for it; returns how many."""
    rows = claimed_one_by_one(_free(Import.objects.filter(state=ImportState.UPLOADED)),
                              claimed_at=now())  # fmt: skip
    return sum(1 for row in rows if make_plan(row) is None)


def bring_in_imports() -> int:
    """Bring in every confirmed import, and go on with those whose worker died; returns how many."""
    states = [ImportState.CONFIRMED, ImportState.WORKING]
    due = _free(Import.objects.filter(state__in=states))
    rows = claimed_one_by_one(due, state=ImportState.WORKING, claimed_at=now())
    return sum(1 for row in rows if bring_in(row))


def _free(rows):
    long_ago = now() - TAKEN_FOR_DEAD_AFTER
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=long_ago)
    return rows.filter(free).order_by("requested_at", "pk")


JOBS = [Job("plan_imports", 1, plan_imports), Job("imports", 1, bring_in_imports)]
