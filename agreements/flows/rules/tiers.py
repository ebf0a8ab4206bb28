"""Whether the three tiers agree. These rules warn; a partnership may make any of them a bar."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.flows.rules.above import Above, Scope
from agreements.flows.rules.examined import TASK, ExaminedFlow, flows, joined
from register.documents.case import Case
from register.documents.models import Part
from register.documents.rulebook import Where, rule
from register.lists.labels import label

PRACTICE = "The partnership's own framework"


@rule("T1", bar=False, task="parties", source=PRACTICE)
def every_party_has_signed_the_protocol(case: Case) -> Iterator[Where]:
    """Have every party sign the protocol above."""
    return _gaps(case, tier=2)


@rule("T2", bar=False, task="parties", source=PRACTICE)
def every_party_has_signed_the_charter(case: Case) -> Iterator[Where]:
    """Have every party sign the charter above."""
    return _gaps(case, tier=1)


@rule("T3", bar=False, task="place", source=PRACTICE)
def the_charter_is_in_force(case: Case) -> Iterator[Where]:
    """Bring the charter above the protocol into force."""
    above = _above(case)
    for charter in above.chain if case.document.tier == 3 else ():
        if charter.tier == 1 and charter.pk not in above.in_force:
            yield Where(charter.reference, "", "place")


@rule("T4", bar=False, task=TASK, source=PRACTICE)
def each_purpose_is_one_of_the_protocols(case: Case) -> Iterator[Where]:
    """Choose for each flow a purpose that the protocol above names."""
    above = _above(case)
    allowed = {p.document.pk: above.purposes[p.document.pk] for p in case.parents if p.governing}
    for flow in flows(case) if any(allowed.values()) else ():
        if said := _purpose_gap(flow, allowed):
            yield flow.at(said)


@rule("T5", bar=False, task=TASK, source=PRACTICE)
def the_data_lies_within_the_protocol(case: Case) -> Iterator[Where]:
    """Keep to the kinds of data that the protocol above names."""
    for flow in flows(case):
        limits = _limits(flow, case)
        if not limits or not all(scope.categories for scope in limits):
            continue
        allowed = frozenset[str]().union(*(scope.categories for scope in limits))
        beyond = [code for code in flow.facts.categories if code not in allowed]
        if beyond:
            yield flow.at(_beyond("data_category", beyond))


@rule("T6", bar=False, task=TASK, source=PRACTICE)
def the_people_lie_within_the_protocol(case: Case) -> Iterator[Where]:
    """Keep to the people that the protocol above names."""
    for flow in flows(case):
        limits = _limits(flow, case)
        if not limits or not all(scope.subjects for scope in limits):
            continue
        allowed = frozenset[str]().union(*(scope.subjects for scope in limits))
        beyond = [code for code in flow.flow.data_subjects if code not in allowed]
        if beyond:
            yield flow.at(_beyond("data_subject", beyond))


@rule("T7", bar=False, task="parties", source=PRACTICE)
def every_party_belongs_to_the_community(case: Case) -> Iterator[Where]:
    """Bring every party into the information community."""
    above = _above(case)
    if above.members is None:
        return
    for pk, name in above.bodies.items():
        if pk not in above.members:
            yield Where(name, f"It is no member of {above.community} today.", "parties")


@rule("T8", bar=False, task="parties", source=PRACTICE)
def every_member_of_the_community_is_named(case: Case) -> Iterator[Where]:
    """Name every member of the information community, as party or as observer."""
    above = _above(case)
    observers = {p.organisation_id for p in case.parties if p.part == Part.OBSERVER}
    only_here = {p.organisation_id for p in case.bound if p.only_this_reason}
    named = above.bodies.keys() | observers | only_here
    for pk, name in (above.members or {}).items():
        if pk not in named:
            yield Where(name, f"It belongs to {above.community}.", "parties")


RULES = (
    every_party_has_signed_the_protocol,
    every_party_has_signed_the_charter,
    the_charter_is_in_force,
    each_purpose_is_one_of_the_protocols,
    the_data_lies_within_the_protocol,
    the_people_lie_within_the_protocol,
    every_party_belongs_to_the_community,
    every_member_of_the_community_is_named,
)
ONLY_PROTOCOLS = (every_member_of_the_community_is_named,)
PROTOCOL_RULES = (
    every_party_has_signed_the_charter,
    every_party_belongs_to_the_community,
    *ONLY_PROTOCOLS,
)


def _above(case: Case) -> Above:
    return case.more.get("above") or Above()


def _gaps(case: Case, *, tier: int) -> Iterator[Where]:
    gaps = (gap for gap in _above(case).gaps if gap.tier == tier)
    return (Where(gap.name, gap.sentence, "parties") for gap in gaps)


def _purpose_gap(flow: ExaminedFlow, allowed: dict) -> str:
    """What is wrong with the purpose of a flow; nothing where a protocol above names it today."""
    row = flow.flow
    if row.purpose_lineage is None:
        return "None is chosen."
    if row.purpose_document_id not in allowed:
        return "The purpose chosen belongs to a protocol that is not above this agreement."
    if row.purpose_lineage not in allowed[row.purpose_document_id]:
        return "The purpose chosen is no longer among those of the protocol."
    return ""


def _limits(flow: ExaminedFlow, case: Case) -> list[Scope]:
    """The limits on a flow: of the protocol that names its purpose, else of every one above."""
    above = _above(case)
    protocols = [p.document.pk for p in case.parents if p.governing]
    if flow.flow.purpose_document_id in protocols:
        protocols = [flow.flow.purpose_document_id]
    return [above.scopes.get(pk, Scope()) for pk in protocols]


def _beyond(list_code: str, beyond: list[str]) -> str:
    names = joined([label(list_code, code).lower() for code in beyond])
    return f"Not in the protocol: {names}."
