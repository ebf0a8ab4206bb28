"""The duty-to-share ledger in figures: asked, shared, refused and on which ground, days taken.

Counts only, so that everybody in the partnership may read them; figures of one body are asked for by
the bodies that may read them (`permissions`). A fixed number of statements, whatever the years hold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Q

from agreements.requests.choices import DECIDED, KEEPS_BACK, Decision
from agreements.requests.models import EmergencyShare, SharingRequest
from register.core.dates import LONDON, today
from register.directory.models import Organisation, Partnership
from register.lists.labels import label
from register.signing.models import RefusalClass

QUARTERS = ("January to March", "April to June", "July to September", "October to December")
HEADER = (
    "Period", "Body", "Asked", "Shared", "Shared in part", "Refused: legal", "Refused: ethical",
    "Refused: operational", "Withdrawn", "Waiting", "Median days", "Longest days",
)  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """What became of the requests of a period: counts, and days from receipt to decision."""

    name: str
    asked: int
    shared: int
    part: int
    legal: int
    ethical: int
    operational: int
    withdrawn: int
    waiting: int
    median_days: float | None
    longest_days: int | None

    @property
    def median_words(self) -> str:
        """The median as people write it: 3 or 3.5; nothing where none was decided."""
        return "" if self.median_days is None else f"{self.median_days:g}"

    @property
    def refused(self) -> int:
        """How many were refused on any ground."""
        return self.legal + self.ethical + self.operational


@dataclass(frozen=True)
class Ledger:
    """The figures of a partnership or of one body, by quarter and in all, with the grounds named."""

    quarters: list[Figures]
    total: Figures
    reasons: list[tuple[str, str, int]]  # ground, reason, how many were kept back in whole or part
    emergencies: int
    emergencies_reviewed: int
    emergencies_overdue: int


Fact = tuple  # deciding, received_on, decided_on, decision, refusal_class, refusal_reason


def ledger(
    partnership: Partnership, *, year: int | None = None, body_id: int | None = None
) -> Ledger:
    """The ledger of a partnership, of one year or of all; of one deciding body where it is named."""
    facts = _facts(partnership, year, body_id)
    by_quarter: dict[tuple[int, int], list[Fact]] = defaultdict(list)
    for fact in facts:
        by_quarter[fact[1].year, (fact[1].month - 1) // 3].append(fact)
    given, reviewed, overdue = _emergencies(partnership, year, body_id)
    return Ledger(
        quarters=[
            _figures(f"{QUARTERS[quarter]} {of_year}", by_quarter[of_year, quarter])
            for of_year, quarter in sorted(by_quarter, reverse=True)
        ],
        total=_figures("In all", facts),
        reasons=_reasons(facts),
        emergencies=given,
        emergencies_reviewed=reviewed,
        emergencies_overdue=overdue,
    )


def by_body(
    partnership: Partnership, *, year: int | None = None, only: Iterable[int] | None = None
) -> list[Figures]:
    """The figures of each deciding body, by name; of some bodies where they are given.

    Records that were merged are counted with the surviving one.
    """
    facts = _facts(partnership, year, None)
    bodies = Organisation.objects.select_related("merged_into").in_bulk({fact[0] for fact in facts})
    wanted = None if only is None else set(only)
    grouped: dict[Organisation, list[Fact]] = defaultdict(list)
    for fact in facts:
        body = bodies[fact[0]].surviving
        if wanted is None or body.pk in wanted:
            grouped[body].append(fact)
    return [
        _figures(body.legal_name, grouped[body])
        for body in sorted(grouped, key=lambda body: (body.legal_name, body.pk))
    ]


def years_of(partnership: Partnership) -> list[int]:
    """The years in which a request came, the newest first."""
    rows = SharingRequest.objects.filter(partnership=partnership)
    return [day.year for day in rows.dates("received_on", "year", order="DESC")]


def cells(figures: Figures, body: str) -> list:
    """A row of the exported ledger, under `HEADER`."""
    return [
        figures.name, body, figures.asked, figures.shared, figures.part, figures.legal,
        figures.ethical, figures.operational, figures.withdrawn, figures.waiting,
        figures.median_days, figures.longest_days,
    ]  # fmt: skip


def _facts(partnership: Partnership, year: int | None, body_id: int | None) -> list[Fact]:
    rows = SharingRequest.objects.filter(partnership=partnership)
    if year:
        rows = rows.filter(received_on__year=year)
    if body_id:
        rows = rows.filter(Q(deciding=body_id) | Q(deciding__merged_into=body_id))
    return list(
        rows.order_by("pk").values_list(
            "deciding_id",
            "received_on",
            "decided_on",
            "decision",
            "refusal_class",
            "refusal_reason",
        )
    )


def _figures(name: str, facts: list[Fact]) -> Figures:
    decisions = Counter(fact[3] for fact in facts)
    refused = Counter(fact[4] for fact in facts if fact[3] == Decision.REFUSE)
    days = [_days(fact[1], fact[2]) for fact in facts if fact[3] in DECIDED]
    return Figures(
        name=name,
        asked=len(facts),
        shared=decisions[Decision.SHARE_ALL],
        part=decisions[Decision.SHARE_PART],
        legal=refused[RefusalClass.LEGAL],
        ethical=refused[RefusalClass.ETHICAL],
        operational=refused[RefusalClass.OPERATIONAL],
        withdrawn=decisions[Decision.WITHDRAWN],
        waiting=decisions[""],
        median_days=median(days) if days else None,
        longest_days=max(days, default=None),
    )


def _reasons(facts: list[Fact]) -> list[tuple[str, str, int]]:
    counted = Counter((fact[4], fact[5]) for fact in facts if fact[3] in KEEPS_BACK)
    grounds = list(RefusalClass.values)
    said = [
        (grounds.index(ground), label("refusal_reason", reason) or "No reason named", count)
        for (ground, reason), count in counted.items()
    ]
    return [(RefusalClass(grounds[at]).label, words, count) for at, words, count in sorted(said)]


def _emergencies(partnership: Partnership, year: int | None, body_id: int | None) -> tuple:
    rows = EmergencyShare.objects.filter(partnership=partnership)
    if body_id:
        rows = rows.filter(Q(giver=body_id) | Q(giver__merged_into=body_id))
    facts = rows.values_list("shared_at", "review_due_on", "review__pk")
    found = [
        (due, review) for at, due, review in facts if not year or at.astimezone(LONDON).year == year
    ]
    overdue = sum(review is None and due < today() for due, review in found)
    return len(found), sum(review is not None for _, review in found), overdue


def _days(received_on: date, decided_on: date) -> int:
    return (decided_on - received_on).days
