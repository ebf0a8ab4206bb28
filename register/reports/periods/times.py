"""How long versions took from draft to signature: by step, by tier, by leading body, by signing body.

Counted for the versions that came into force in a period, from the moves between their states. A version
that was returned for changes has ended; the one that came after it has its own time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from math import ceil
from statistics import median

from django.db.models import Q
from django.db.models.functions import Coalesce

from register.documents.lifecycle import PREPARING, State
from register.documents.models import Transition
from register.reports.periods.figures import BY_CODE, PATH, rows_of
from register.reports.periods.period import Period
from register.reports.periods.scope import Scope
from register.signing.models import Signature, SignatureKind

CHUNK = 2_000
WHOLE = "whole"
STEPS = {
    State.DRAFT.value: "Draft",
    State.CONSULTATION.value: "Consultation",
    State.SIGNING.value: "Signing",
    WHOLE: "Draft to signature",
}
ASKED = (SignatureKind.SIGNED, SignatureKind.ON_PAPER, SignatureKind.ON_BEHALF)
DAY = 86_400


@dataclass(frozen=True)
class Spell:
    """How long something took: how many there were, the median, and what the slowest tenth took or more."""

    number: int
    median: float
    slowest: float


@dataclass(frozen=True)
class Times:
    """Spells by step: of all, by tier, by the body that leads; and how long each body took to sign."""

    every: dict[str, Spell]
    by_tier: dict[int, dict[str, Spell]]
    by_lead: dict[int, dict[str, Spell]]
    by_signer: dict[int, Spell]


def times_of(scope: Scope, period: Period) -> Times:
    """The times of a period; bodies only as far as the reader may have figures of bodies. Two statements."""
    every: dict = defaultdict(list)
    by_tier: dict = defaultdict(lambda: defaultdict(list))
    by_lead: dict = defaultdict(lambda: defaultdict(list))
    for told, days in _versions(scope, period):
        tier, partnership, lead = told
        named = lead and scope.may_name(partnership, lead)
        for step, taken in days.items():
            every[step].append(taken)
            by_tier[tier][step].append(taken)
            if named:
                by_lead[lead][step].append(taken)
    return Times(
        every=_spells(every),
        by_tier={tier: _spells(steps) for tier, steps in sorted(by_tier.items())},
        by_lead={body: _spells(steps) for body, steps in by_lead.items()},
        by_signer=_signers(scope, period),
    )


def spell_of(days: Iterable[float]) -> Spell:
    """The spell of some lengths in days; the slowest tenth by the nearest rank."""
    ranked = sorted(days)
    return Spell(len(ranked), median(ranked), ranked[ceil(len(ranked) * 0.9) - 1])


def _versions(scope: Scope, period: Period) -> Iterator[tuple[tuple, dict[str, float]]]:
    signed = rows_of(scope, BY_CODE["signed"], period)
    rows = (
        Transition.objects.filter(version_id__in=signed.values("version_id"))
        .order_by("version_id", "at", "pk")
        .values_list(
            "version_id", "to_state", "at", f"{PATH}__tier", f"{PATH}__partnership_id",
            f"{PATH}__lead_id",
        )
    )  # fmt: skip
    for _, group in groupby(rows.iterator(chunk_size=CHUNK), key=lambda row: row[0]):
        walked = list(group)
        yield walked[0][3:], _days_by_step([(row[1], row[2]) for row in walked])


def _days_by_step(walk: list[tuple[str, datetime]]) -> dict[str, float]:
    """Days spent in each step up to coming into force, and in all of them together."""
    days: dict[str, float] = {}
    for (state, began), (_, ended) in pairwise(walk):
        if state not in PREPARING:
            break
        days[state] = days.get(state, 0.0) + (ended - began).total_seconds() / DAY
    return days | {WHOLE: sum(days.values())} if days else {}


def _signers(scope: Scope, period: Period) -> dict[int, Spell]:
    rows = Signature.objects.filter(
        scope.bodies_told("slot__version__document", "slot__organisation_id"),
        scope.entries("slot__version__document"),
        Q(recorded_at__gte=period.begins, recorded_at__lt=period.ends),
        kind__in=ASKED,
    ).annotate(since=Coalesce("request__asked_at", "slot__version__issued_at"))
    found: dict[int, list[float]] = defaultdict(list)
    pairs = rows.filter(since__isnull=False).order_by()
    for body, since, at in pairs.values_list("slot__organisation_id", "since", "recorded_at"):
        found[body].append(max((at - since).total_seconds() / DAY, 0.0))
    return {body: spell_of(days) for body, days in found.items()}


def _spells(steps: dict[str, list[float]]) -> dict[str, Spell]:
    return {step: spell_of(steps[step]) for step in STEPS if steps.get(step)}
