"""Which reviews of some entries are spread, to which days, and how that falls to each owner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from register.cleanup.spreading import Overdue, TooMany, spread
from register.core.dates import today
from register.documents.lifecycle import State
from register.documents.models import Document
from register.reviews.models import Review
from register.search.models import Row
from register.search.visible import visible_rows

NOBODY = "Nobody yet"


@dataclass(frozen=True)
class Share:
    """What falls to one owner: how many reviews, from which day to which, and the most in one week."""

    name: str
    count: int
    first: date
    last: date
    most: int


def overdue_among(by, keys: Iterable[int]) -> list[Overdue]:
    """Of some entries those in force whose review was due, with no review open. Two statements."""
    rows = visible_rows(by).filter(
        pk__in=list(keys), state=State.IN_FORCE, review_on__lt=today(), is_archived=False
    )
    found = [
        Overdue(*row)
        for row in rows.order_by().values_list("pk", "owner_id", "review_on", "reference")
    ]
    reviews = Review.objects.open().for_documents(row.key for row in found)
    open_now = set(reviews.values_list("document_id", flat=True))
    return [row for row in found if row.key not in open_now]


def new_dates(by, keys: Iterable[int], *, months: int, a_week: int) -> dict[str, str]:
    """The new review date of each overdue entry, as it is stored: keys and days in words of ISO 8601.

    Raises ValidationError, by field, where they do not fit.
    """
    entries = overdue_among(by, keys)
    try:
        found = spread(entries, day=today(), months=months, a_week=a_week)
    except TooMany as refused:
        span = "1 month holds" if months == 1 else f"{months} months hold"
        raise ValidationError(
            {
                "a_week": f"{len(entries):,} reviews do not fit: {span} "
                f"{refused.room:,} at {a_week} a week. Allow more a week, or more months."
            }
        ) from refused
    return {str(key): day.isoformat() for key, day in found.items()}


def day_of(dates: dict[str, str], key: int) -> date | None:
    """The new review date of an entry; None where it gets none."""
    said = dates.get(str(key))
    return date.fromisoformat(said) if said else None


def shares_of(dates: dict[str, str]) -> list[Share]:
    """How new dates fall to owners, the busiest first. One statement."""
    days: dict[str, list[date]] = {}
    rows = Row.objects.filter(pk__in=[int(key) for key in dates]).order_by()
    for key, name in rows.values_list("pk", "owner_name"):
        days.setdefault(name or NOBODY, []).append(date.fromisoformat(dates[str(key)]))
    shares = [
        Share(name, len(some), min(some), max(some), _most(some)) for name, some in days.items()
    ]
    return sorted(shares, key=lambda share: (-share.count, share.name))


def unreleased_among(keys: Iterable[int]) -> list[int]:
    """Of some entries those about which nothing is mailed before they are released."""
    rows = Document.objects.filter(
        pk__in=list(keys), released_at__isnull=True, provenance="imported"
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _most(days: list[date]) -> int:
    weeks: dict[tuple[int, int], int] = {}
    for day in days:
        week = day.isocalendar()[:2]
        weeks[week] = weeks.get(week, 0) + 1
    return max(weeks.values())
