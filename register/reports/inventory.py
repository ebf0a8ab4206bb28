"""The inventory: how many flows in force there are, by amount, kind of data, purpose, use and partner.

Each count is of different flows, so a flow of two categories counts under both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, QuerySet

from agreements.flows.models import Flow, FlowCategory, Line
from register.lists.labels import label, labels
from register.reports.flow_list import purpose_titles
from register.reports.forms import NOT_SAID
from register.reports.seen import every_body

HEADER = ("By", "What", "Flows", "Gives", "Receives")


@dataclass(frozen=True)
class Entry:
    """One line of the inventory: its words, how many flows, and what the list behind it asks for."""

    words: str
    flows: int
    asks: dict[str, object]
    gives: int | None = None
    receives: int | None = None


@dataclass
class Part:
    """One part of the inventory: what it counts by, and its lines."""

    code: str
    heading: str
    entries: list[Entry] = field(default_factory=list)


def inventory_of(lines: QuerySet[Line]) -> list[Part]:
    """The inventory of some lines in its five parts; seven statements for any number."""
    return [
        _by_volume(lines),
        _by_category(lines),
        _by_purpose(lines),
        _by_use(lines),
        _by_partner(lines),
    ]


def cells(parts: Iterable[Part]) -> Iterable[list]:
    """The whole inventory as cells under `HEADER`."""
    for part in parts:
        for one in part.entries:
            yield [part.heading, one.words, one.flows, one.gives, one.receives]


def _by_volume(lines: QuerySet[Line]) -> Part:
    flows = Flow.objects.filter(pk__in=lines.values("flow_id")).order_by()
    counts = dict(flows.values_list("volume").annotate(Count("pk")))
    return Part("volume", "Amount", _coded(counts, "volume", "volume"))


def _by_category(lines: QuerySet[Line]) -> Part:
    rows = FlowCategory.objects.filter(flow_id__in=lines.values("flow_id")).order_by()
    counts = dict(rows.values_list("category").annotate(Count("pk")))
    return Part("category", "Kind of data", _coded(counts, "data_category", "category"))


def _by_purpose(lines: QuerySet[Line]) -> Part:
    rows = lines.order_by().values_list("purpose_lineage")
    counts = dict(rows.annotate(Count("flow_id", distinct=True)))
    titles = purpose_titles(counts)
    # Protocols may name a purpose in the same words: each has a list of its own.
    found = [
        Entry(titles.get(str(pk), "Not named"), flows, _each("purpose", str(pk or NOT_SAID)))
        for pk, flows in counts.items()
    ]
    return Part("purpose", "General purpose", sorted(found, key=lambda one: one.words.casefold()))


def _by_use(lines: QuerySet[Line]) -> Part:
    rows = lines.order_by().values_list("use_kind")
    counts = dict(rows.annotate(Count("flow_id", distinct=True)))
    return Part("use", "Used for", _coded(counts, "use_kind", "use"))


def _by_partner(lines: QuerySet[Line]) -> Part:
    rows = lines.order_by()
    distinct = Count("flow_id", distinct=True)
    gives = dict(rows.values_list("provider_id").annotate(distinct))
    receives = dict(rows.values_list("recipient_id").annotate(distinct))
    both = _mutual(lines)
    bodies = every_body() if gives else {}
    found = [
        Entry(
            bodies[pk].name,
            gives.get(pk, 0) + receives.get(pk, 0) - both.get(pk, 0),
            _each("body", pk),
            gives.get(pk, 0),
            receives.get(pk, 0),
        )
        for pk in gives.keys() | receives.keys()
    ]
    return Part("partner", "Partner", sorted(found, key=lambda one: one.words.casefold()))


def _mutual(lines: QuerySet[Line]) -> dict[int, int]:
    """How many flows each body both gives and receives by: two-way ones, counted once in the sum."""
    back = Line.objects.filter(flow_id=OuterRef("flow_id"), recipient_id=OuterRef("provider_id"))
    rows = lines.filter(Exists(back)).order_by().values_list("provider_id")
    return dict(rows.annotate(Count("flow_id", distinct=True)))


def _coded(counts: dict[str, int], list_code: str, name: str) -> list[Entry]:
    order = {code: place for place, code in enumerate(labels(list_code))}
    ranked = sorted(counts, key=lambda code: (order.get(code, len(order)), not code))
    return [
        Entry(
            label(list_code, code) if code else "Not said",
            counts[code],
            _each(name, code or NOT_SAID),
        )
        for code in ranked
    ]


def _each(name: str, value) -> dict[str, object]:
    return {name: value, "each": "flow"}
