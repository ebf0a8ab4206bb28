"""Refusals to sign by ground: each body's for that body and the office, the others as totals that name nobody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from register.reports.periods.period import Period
from register.reports.periods.scope import Scope
from register.signing.models import RefusalClass, Signature, SignatureKind

FEW = 5  # fewer refusals than this are told to no other body
FEW_BODIES = 3  # nor those of fewer bodies than this
PATH = "slot__version__document"
BODY = "slot__organisation_id"
GROUNDS = [ground.value for ground in RefusalClass]


@dataclass
class Refusals:
    """Refusals of a period: by body and ground where bodies may be named, and those of all others.

    `others` is None where there are too few to be told: somebody could tell whose they were.
    """

    by_body: dict[int, dict[str, int]] = field(default_factory=dict)
    others: dict[str, int | None] | None = field(default_factory=dict)
    others_total: int | None = 0

    @property
    def named(self) -> dict[str, int]:
        """Refusals of the bodies that are named, by ground."""
        return {g: sum(each.get(g, 0) for each in self.by_body.values()) for g in GROUNDS}

    @property
    def total(self) -> int | None:
        """All refusals; None where those of others are too few to be told."""
        if self.others_total is None:
            return None
        return sum(self.named.values()) + self.others_total


def refusals_of(scope: Scope, period: Period) -> Refusals:
    """The refusals of a period in two statements, however many there are."""
    told = scope.bodies_told(PATH, BODY)
    found = Refusals()
    rows = _refused(scope, period)
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    for body, ground, number in _by(rows.filter(told), BODY, "reason_class"):
        counted[body][ground] = number
    found.by_body = dict(counted)
    if told:
        _tell_others(found, rows.exclude(told))
    else:
        found.others = dict.fromkeys(GROUNDS, 0)
    return found


def refusals_told(scope: Scope, period: Period) -> QuerySet[Signature]:
    """The refusals themselves, as far as their bodies may be named to the reader."""
    return _refused(scope, period).filter(scope.bodies_told(PATH, BODY))


def _tell_others(found: Refusals, rows: QuerySet[Signature]) -> None:
    whose = {f"by_{g}": Count(BODY, filter=Q(reason_class=g), distinct=True) for g in GROUNDS}
    number = {f"of_{g}": Count("pk", filter=Q(reason_class=g)) for g in GROUNDS}
    asked = rows.aggregate(all=Count("pk"), bodies=Count(BODY, distinct=True), **whose, **number)
    total = asked["all"]
    if not may_tell(total, asked["bodies"]):
        found.others, found.others_total = None, None
        return
    found.others_total = total
    others = {
        g: asked[f"of_{g}"] if may_tell(asked[f"of_{g}"], asked[f"by_{g}"]) else None
        for g in GROUNDS
    }
    # What is left out could be worked out from the total and the rest, were it too few together.
    while (hidden := [g for g in GROUNDS if others[g] is None]) and not may_tell(
        sum(asked[f"of_{g}"] for g in hidden), max(asked[f"by_{g}"] for g in hidden)
    ):
        shown = [g for g in GROUNDS if others[g] is not None]
        if not shown:
            break
        others[min(shown, key=lambda g: asked[f"of_{g}"])] = None
    found.others = others


def may_tell(number: int, bodies: int) -> bool:
    """Whether a number of refusals by so many bodies says nothing of any one of them."""
    return number == 0 or (number >= FEW and bodies >= FEW_BODIES)


def _refused(scope: Scope, period: Period) -> QuerySet[Signature]:
    return Signature.objects.filter(
        scope.entries(PATH),
        kind=SignatureKind.REFUSED,
        recorded_at__gte=period.begins,
        recorded_at__lt=period.ends,
    )


def _by(rows: QuerySet[Signature], *columns: str) -> QuerySet:
    return rows.order_by().values_list(*columns).annotate(Count("pk"))
