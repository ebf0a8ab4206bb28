"""The flows between two bodies with what decides whether they hold on a day; bounded statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from agreements.flows.body import purposes_of
from agreements.flows.facts import FlowFacts, flows_of
from agreements.flows.models import Flow, FlowParty, GroupMember, PartyGroup, Side
from register.core.dates import LONDON, today
from register.directory.models import Organisation
from register.directory.survivors import StandIns, records_of, survivors, taken_around
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Document, Suspension, Version
from register.documents.tiers import TIERS
from register.signing.models import COUNTS_AS_SIGNED, Signature, Slot


@dataclass(frozen=True)
class Bodies:
    """The records that stand for one body: itself, what was merged into it, its units, its whole.

    `took` are bodies whose place it has in single entries, `gave` its own places that others have
    there: both as pairs of entry and body.
    """

    body: Organisation
    ids: frozenset[int]
    took: frozenset[tuple[int, int]] = frozenset()
    gave: frozenset[tuple[int, int]] = frozenset()

    def within(self, document_id: int) -> set[int]:
        """The records that stand for the body in one entry."""
        gone = {body for document, body in self.gave if document == document_id}
        return (set(self.ids) - gone) | {
            body for document, body in self.took if document == document_id
        }


@dataclass
class Evidence:
    """A flow between two bodies, and what the register holds of its agreement on the day asked."""

    facts: FlowFacts
    purpose_title: str
    unsigned: list[Organisation]
    suspensions: list[Suspension]
    parents_out_of_force: list[str]

    @property
    def version(self) -> Version:
        """The version that the flow belongs to."""
        return self.facts.flow.version


def bodies_of(body: Organisation, on: date | None = None) -> Bodies:
    """The records that stand for a body in old and new texts, on a day (today where none is given)."""
    merged = survivors()
    same = records_of(body.pk, merged)
    units = Organisation.objects.filter(unit_of_id__in=same).values_list("pk", flat=True)
    whole = records_of(body.unit_of_id, merged) if body.unit_of_id else set()
    ids = frozenset(same | whole | set(units))
    taken = taken_around(ids, merged, on or today()) if merged.split else {}
    stands = StandIns(merged, taken)
    last = {key: stands.of(*key) for key in taken}
    return Bodies(
        body,
        ids,
        frozenset(key for key, taker in last.items() if taker in ids and key[1] not in ids),
        frozenset(key for key, taker in last.items() if key[1] in ids and taker not in ids),
    )


def evidence_between(user, giver: Bodies, taker: Bodies, on: date) -> list[Evidence]:
    """What lets one body give to another, in every version that ever held or is being signed.

    Drafts count for nothing, and entries that the reader may not know of are left out.
    """
    flows = _flows(user, giver, taker, on)
    version_ids = {flow.version_id for flow in flows}
    if not version_ids:
        return []
    wanted = {flow.pk: flow for flow in flows}
    found = [
        facts
        for rows in flows_of(version_ids, on).values()
        for facts in rows
        if facts.flow.pk in wanted
    ]
    for facts in found:
        facts.flow.version = wanted[facts.flow.pk].version
    purposes = purposes_of(found)
    signed = _signed(version_ids, on)
    suspended = _suspensions(version_ids, (giver, taker), on)
    above = _parents_out_of_force({f.flow.version.document_id for f in found})
    return [
        Evidence(
            facts,
            _title(facts, purposes),
            []
            if facts.flow.version.is_vouched_for
            else _unsigned(facts, (giver, taker), signed[facts.flow.version_id]),
            suspended.get(facts.flow.version.document_id, []),
            above.get(facts.flow.version.document_id, []),
        )
        for facts in found
    ]


def _flows(user, giver: Bodies, taker: Bodies, on: date) -> QuerySet[Flow]:
    gives, takes = _ends(giver, on), _ends(taker, on)
    one_way = Q(pk__in=gives[Side.PROVIDER] & takes[Side.RECIPIENT])
    back = Q(pk__in=gives[Side.RECIPIENT] & takes[Side.PROVIDER])
    mutual = back & Q(direction__in=["two_way", "shared_system"])
    rows = Flow.objects.filter(one_way | mutual)
    rows = rows.filter(version__document__in=Document.objects.visible_to(user).values("pk"))
    held = Q(version__state__in=[*GOVERNING, State.SIGNING]) | Q(version__in_force_on__isnull=False)
    # What an old register held may have no first day.
    held |= Q(version__is_admitted=True, version__state__in=[State.ENDED, State.SUPERSEDED])
    return rows.filter(held).select_related("version__document__partnership")


def _ends(bodies: Bodies, on: date) -> dict[str, set[int]]:
    joined = GroupMember.objects.current(on).filter(organisation_id__in=bodies.ids)
    lineages = set(joined.values_list("document_id", "group"))
    groups = PartyGroup.objects.filter(lineage__in=[group for _, group in lineages])
    mine = [
        pk
        for pk, document, group in groups.values_list("pk", "version__document_id", "lineage")
        if (document, group) in lineages
    ]
    named = bodies.ids | {body for _, body in bodies.took}
    rows = FlowParty.objects.filter(Q(organisation_id__in=named) | Q(group_id__in=mine))
    ends: dict[str, set[int]] = defaultdict(set)
    columns = ("side", "flow_id", "organisation_id", "version__document_id")
    for side, flow, body, document in rows.values_list(*columns):
        if body is None or body in bodies.within(document):
            ends[side].add(flow)
    return ends


def _signed(version_ids: Iterable[int], on: date) -> dict[int, set[int]]:
    """By version the bodies whose every needed place was signed by the end of a day."""
    day_over = datetime.combine(on + timedelta(days=1), time.min, LONDON)
    stood = Q(voided_at__isnull=True) | Q(voided_at__gte=day_over)
    slots = Slot.objects.filter(stood, version_id__in=list(version_ids))
    places = list(slots.values_list("pk", "version_id", "organisation_id", "is_required"))
    rows = Signature.objects.filter(slot__version_id__in=list(version_ids), signed_on__lte=on)
    last = dict(rows.order_by("pk").values_list("slot_id", "kind"))
    signed: dict[int, set[int]] = defaultdict(set)
    open_: dict[int, set[int]] = defaultdict(set)
    for pk, version, body, required in places:
        if last.get(pk) in COUNTS_AS_SIGNED:
            signed[version].add(body)
        elif required:
            open_[version].add(body)
    return defaultdict(set, {pk: bodies - open_[pk] for pk, bodies in signed.items()})


def _unsigned(facts: FlowFacts, pair: tuple[Bodies, ...], signed: set[int]) -> list[Organisation]:
    """Who of the two has not signed; who joined a group has, by its joining form."""
    in_groups = {body.pk for end in facts.ends for group in end.groups for body in group.members}
    named = {body.pk for end in facts.ends for body in end.bodies}
    document = facts.flow.version.document_id
    return [
        bodies.body
        for bodies in pair
        if (ids := bodies.within(document)) & named
        and not ids & signed
        and not (ids & in_groups and not ids & named)
    ]


def _suspensions(
    version_ids, bodies: tuple[Bodies, Bodies], on: date
) -> dict[int, list[Suspension]]:
    rows = Suspension.objects.current(on).filter(document__versions__in=list(version_ids))
    found: dict[int, list[Suspension]] = defaultdict(list)
    for row in rows.select_related("party").distinct():
        if row.party_id is None or any(row.party_id in b.within(row.document_id) for b in bodies):
            found[row.document_id].append(row)
    return found


def _parents_out_of_force(document_ids: set[int]) -> dict[int, list[str]]:
    parents = TIERS[3].parents_of(list(document_ids))
    above = {parent.pk for rows in parents.values() for parent, _ in rows}
    governing = set(
        Version.objects.filter(document_id__in=above, state__in=GOVERNING).values_list(
            "document_id", flat=True
        )
    )
    return {
        pk: [parent.reference for parent, _ in rows if parent.pk not in governing]
        for pk, rows in parents.items()
    }


def _title(facts: FlowFacts, purposes: dict) -> str:
    row = purposes.get((facts.flow.purpose_document_id, facts.flow.purpose_lineage))
    return row.title if row else ""
