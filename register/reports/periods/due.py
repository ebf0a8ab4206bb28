"""What falls due: reviews overdue today, and the reviews and ends of the next twelve months, by month."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from register.core.dates import today
from register.documents.lifecycle import GOVERNING
from register.reports.periods.period import Period, months_from
from register.reports.periods.scope import Scope
from register.search.models import Row
from register.search.visible import visible_rows

MONTHS = 12
REVIEW, END = "review_on", "ends_on"


@dataclass(frozen=True)
class Month:
    """A month: how many entries in force are to be reviewed in it, and how many end in it."""

    period: Period
    reviews: int
    ends: int


@dataclass(frozen=True)
class Due:
    """How many are overdue today, and what each of the next months brings."""

    overdue: int
    months: list[Month]


def due_of(scope: Scope) -> Due:
    """What falls due among the entries in force that the reader may know of. Two statements."""
    months = months_from(today(), MONTHS)
    last = months[-1].last
    reviews = _counts(_governing(scope).filter(review_on__lte=last), REVIEW, months)
    ends = _counts(_governing(scope).filter(ends_on__range=(today(), last)), END, months)
    found = [Month(m, reviews[f"m{at}"], ends[f"m{at}"]) for at, m in enumerate(months)]
    return Due(reviews["overdue"], found)


def due_in(scope: Scope, what: str, first, last) -> QuerySet[Row]:
    """The entries in force whose review or end (`review_on`, `ends_on`) lies from one day to another."""
    return _governing(scope).filter(**{f"{what}__range": (max(first, today()), last)})


def _counts(rows: QuerySet[Row], what: str, months: list[Period]) -> dict[str, int]:
    wanted = {
        f"m{at}": Count("pk", filter=Q(**{f"{what}__range": (max(m.first, today()), m.last)}))
        for at, m in enumerate(months)
    }
    wanted["overdue"] = Count("pk", filter=Q(**{f"{what}__lt": today()}))
    return rows.aggregate(**wanted)


def _governing(scope: Scope) -> QuerySet[Row]:
    rows = visible_rows(scope.user).filter(state__in=GOVERNING, is_archived=False)
    return rows.filter(partnership_id=scope.partnership) if scope.partnership else rows
