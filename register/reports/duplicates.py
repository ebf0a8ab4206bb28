"""Flows that are near-identical, and agreements that could be one; the rule stands in `likeness`.

Candidates are found in the database: lines whose giver, receiver and use another flow has too. Only flows
of one such group are compared with each other. Flows of two agreements that could be one are told with
the agreements, not once more by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from agreements.flows.models import Flow, FlowItem, FlowParty, Line, Side
from register.ledger.entries import in_batches
from register.reports.likeness import Facts, Summary, are_near_identical, could_be_one, score
from register.reports.models import DuplicateDismissal
from register.reports.seen import governing_lines
from register.search.models import Row

LARGEST_GROUP = 60  # flows of one pair and use; more than that are a catalogue, not slips
BATCH = 500
COLUMNS = ("provider_id", "recipient_id", "use_kind")
# A flow or agreement as settled answers name it: its document, and the lineage of a flow.
Name = tuple[int, UUID | None]


@dataclass
class Likeness:
    """Two flows, or two agreements, that look like one; keys ascending, agreements with their flows."""

    first: int
    second: int
    score: int = 0
    flows: list[Likeness] = field(default_factory=list)


@dataclass
class Duplicates:
    """What was found: agreements that could be one, and near-identical flows besides theirs."""

    agreements: list[Likeness]
    flows: list[Likeness]


def duplicates_for(user) -> Duplicates:
    """The duplicates among what a login may see, without those that were settled.

    Ten statements for up to 500 candidates, five more for each further 500.
    """
    lines = governing_lines(user)
    pairs = _candidates(lines)
    facts, names = facts_of({pk for pair in pairs for pk in pair})
    settled = settled_pairs()
    near = [
        Likeness(first, second, score(facts[first], facts[second]))
        for first, second in sorted(pairs)
        if {first, second} <= facts.keys()
        and are_near_identical(facts[first], facts[second])
        and frozenset((names[first], names[second])) not in settled
    ]
    meeting = {
        frozenset((facts[a].document, facts[b].document))
        for a, b in pairs
        if a in facts and b in facts
    }
    agreements = _agreements(lines, meeting, settled)
    return _told_once(agreements, near, facts)


def settled_pairs() -> set[frozenset[Name]]:
    """The pairs of flows and of agreements that somebody has settled."""
    rows = DuplicateDismissal.objects.values_list(
        "first_id", "first_flow", "second_id", "second_flow"
    )
    return {frozenset(((one, flow), (other, also))) for one, flow, other, also in rows}


def facts_of(flow_ids: Iterable[int]) -> tuple[dict[int, Facts], dict[int, Name]]:
    """What is compared of flows, and how settled answers name them; three statements for each 500."""
    facts: dict[int, Facts] = {}
    names: dict[int, Name] = {}
    for some in in_batches(sorted(flow_ids), BATCH):
        ends, items, categories = _parts_of(some)
        rows = Flow.objects.filter(pk__in=some).order_by()
        # A flow has a hundred columns; these are compared.
        for pk, document, lineage, title, use, purpose in rows.values_list(
            "pk", "version__document_id", "lineage", "title", "use_kind", "purpose_lineage"
        ):
            names[pk] = (document, lineage)
            facts[pk] = Facts(
                key=pk,
                document=document,
                title=title,
                use=use,
                purpose=str(purpose or ""),
                givers=frozenset(ends[pk, Side.PROVIDER]),
                takers=frozenset(ends[pk, Side.RECIPIENT]),
                categories=frozenset(categories[pk] - {""}),
                items=frozenset(items[pk]),
            )
    return facts, names


def _parts_of(flow_ids: list[int]) -> tuple[dict, dict, dict]:
    """Who stands at each end of some flows, the names of their items, and their categories."""
    ends: dict[tuple[int, str], set] = defaultdict(set)
    rows = FlowParty.objects.filter(flow_id__in=flow_ids).order_by()
    for flow, side, body, group in rows.values_list(
        "flow_id", "side", "organisation_id", "group__name"
    ):
        ends[flow, side].add(body or group)
    items: dict[int, set] = defaultdict(set)
    categories: dict[int, set] = defaultdict(set)
    named = FlowItem.objects.filter(flow_id__in=flow_ids).order_by()
    for flow, name, category in named.values_list("flow_id", "name", "category"):
        items[flow].add(" ".join(name.casefold().split()))
        categories[flow].add(category)
    return ends, items, categories


def _candidates(lines: QuerySet[Line]) -> set[tuple[int, int]]:
    """Pairs of flows that share a giver, a receiver and a use, and name no two purposes. One statement."""
    twin = Line.objects.filter(
        is_governing=True, **{name: OuterRef(name) for name in COLUMNS}
    ).exclude(flow_id=OuterRef("flow_id"))
    groups: dict[tuple, dict[int, UUID | None]] = defaultdict(dict)
    rows = lines.filter(Exists(twin)).order_by()
    for giver, taker, use, flow, purpose in rows.values_list(
        *COLUMNS, "flow_id", "purpose_lineage"
    ):
        groups[giver, taker, use][flow] = purpose
    return {
        (min(one, other), max(one, other))
        for flows in groups.values()
        if 1 < len(flows) <= LARGEST_GROUP
        for one, other in combinations(flows, 2)
        if flows[one] == flows[other] or None in (flows[one], flows[other])
    }


def _agreements(lines: QuerySet[Line], meeting: set[frozenset[int]], settled) -> list[Likeness]:
    meeting = {pair for pair in meeting if len(pair) == 2}
    summaries = _summaries(lines, {pk for pair in meeting for pk in pair})
    found = []
    for pair in meeting:
        first, second = sorted(pair)
        if frozenset(((first, None), (second, None))) in settled:
            continue
        if could_be_one(summaries[first], summaries[second]):
            found.append(Likeness(first, second))
    return sorted(found, key=lambda one: (one.first, one.second))


def _summaries(lines: QuerySet[Line], documents: set[int]) -> dict[int, Summary]:
    found: dict[int, Summary] = {}
    for some in in_batches(sorted(documents), BATCH):
        titles = Row.objects.filter(pk__in=some).values_list("pk", "title")
        found |= {pk: Summary(pk, title) for pk, title in titles}
        found |= {pk: Summary(pk, "") for pk in some if pk not in found}
        rows = lines.filter(document_id__in=some).order_by()
        for document, giver, taker, purpose, use in rows.values_list(
            "document_id", "provider_id", "recipient_id", "purpose_lineage", "use_kind"
        ):
            found[document].parties |= {giver, taker}
            found[document].purposes.add((purpose, use))
        for document, category in _categories(some):
            found[document].categories.add(category)
    return found


def _categories(documents: list[int]) -> Iterator[tuple[int, str]]:
    flows = Line.objects.filter(document_id__in=documents, is_governing=True).values("flow_id")
    items = FlowItem.objects.filter(flow_id__in=flows).exclude(category="").order_by()
    yield from items.values_list("version__document_id", "category").distinct()


def _told_once(agreements: list[Likeness], near: list[Likeness], facts) -> Duplicates:
    together = {frozenset((one.first, one.second)): one for one in agreements}
    alone = []
    for pair in near:
        documents = frozenset((facts[pair.first].document, facts[pair.second].document))
        if documents in together:
            together[documents].flows.append(pair)
        else:
            alone.append(pair)
    alone.sort(key=lambda one: (-one.score, one.first, one.second))
    return Duplicates(agreements, alone)
