"""Information flows with everything that hangs on them, read for many versions at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from agreements.flows.models import (
    Flow,
    FlowItem,
    FlowParty,
    FlowSide,
    GroupMember,
    PartyGroup,
    Side,
)
from register.core.dates import today
from register.directory.models import Organisation
from register.documents.models import Version
from register.lists.labels import items as list_items

# Kinds of body that are no part of the health and adult social care system.
OUTSIDE_HEALTH_AND_CARE = frozenset(
    [
        "district_council",
        "parish_council",
        "fire_and_rescue",
        "police_force",
        "police_commissioner",
        "school",
        "college",
        "university",
        "probation",
        "custody",
        "housing_provider",
        "central_government",
        "business_body",
    ]
)


@dataclass
class GroupFacts:
    """A named group of parties with the bodies that belong to it on a day."""

    group: PartyGroup
    members: list[Organisation] = field(default_factory=list)


@dataclass
class End:
    """One end of a flow: its law, its bodies and its groups."""

    side: Side
    law: FlowSide | None = None
    bodies: list[Organisation] = field(default_factory=list)
    groups: list[GroupFacts] = field(default_factory=list)

    @property
    def every_body(self) -> list[Organisation]:
        """The bodies at this end, members of groups included, each once."""
        found = {body.pk: body for body in self.bodies}
        found.update((body.pk, body) for group in self.groups for body in group.members)
        return list(found.values())

    @property
    def names(self) -> list[str]:
        """The names of the bodies and of the groups, as a schedule shows them."""
        return [body.called for body in self.bodies] + [g.group.name for g in self.groups]

    @property
    def is_part3(self) -> bool:
        """Whether this end works under Part 3 of the Data Protection Act 2018."""
        return self.law is not None and self.law.regime == "part3"


@dataclass
class FlowFacts:
    """A flow with its two ends and its items; `number` is its place in the schedule, from 1."""

    flow: Flow
    number: int
    provider: End
    recipient: End
    items: list[FlowItem] = field(default_factory=list)

    @property
    def words(self) -> str:
        """How sentences name the flow."""
        return f"Flow {self.number}, {self.flow.title}"

    @property
    def ends(self) -> tuple[End, End]:
        """The provider's end, then the recipient's."""
        return (self.provider, self.recipient)

    def end(self, side: str) -> End:
        """The end of a side."""
        return self.provider if side == Side.PROVIDER else self.recipient

    @property
    def categories(self) -> tuple[str, ...]:
        """The codes of the categories of its items, each once."""
        return tuple(dict.fromkeys(item.category for item in self.items if item.category))

    @property
    def special(self) -> tuple[str, ...]:
        """The special categories of data that it moves: ticked on an item or meant by its category."""
        known = list_items("data_category")
        found: list[str] = []
        for item in self.items:
            found += item.special
            if row := known.get(item.category):
                found += row.fact("special") or ()
        return tuple(dict.fromkeys(found))

    @property
    def has_offences(self) -> bool:
        """Whether it moves criminal offence data (UK GDPR, Article 10)."""
        return self._any("is_offence")

    @property
    def has_health(self) -> bool:
        """Whether it moves information about health or care."""
        return self._any("is_health") or "health" in self.special

    @property
    def may_hold_patient_data(self) -> bool:
        """Whether it may move what the health and adult social care services know of people.

        The national data opt-out asks it of those services alone: what a landlord, a school or the
        police know of somebody's health is no patient information.
        """
        givers = self.provider.every_body + (
            self.recipient.every_body if self.flow.is_mutual else []
        )
        return self.has_health and not (
            givers and all(body.kind in OUTSIDE_HEALTH_AND_CARE for body in givers)
        )

    def _any(self, fact: str) -> bool:
        known = list_items("data_category")
        rows = (known.get(code) for code in self.categories)
        return any(row is not None and bool(row.fact(fact)) for row in rows)


def flows_of(version_ids: Iterable[int], on: date | None = None) -> dict[int, list[FlowFacts]]:
    """The flows of versions with their ends and items, in order; seven statements for any number.

    Groups have the members that belong to them on a day (today where none is given).
    """
    ids = list(version_ids)
    rows = Flow.objects.filter(version_id__in=ids).select_related("asset__organisation")
    flows: dict[int, FlowFacts] = {}
    by_version: dict[int, list[FlowFacts]] = defaultdict(list)
    for flow in rows.order_by("version_id", "position", "pk"):
        number = len(by_version[flow.version_id]) + 1
        facts = FlowFacts(flow, number, End(Side.PROVIDER), End(Side.RECIPIENT))
        flows[flow.pk] = facts
        by_version[flow.version_id].append(facts)
    if flows:
        _add_laws(flows, ids)
        _add_ends(flows, ids, on or today())
        _add_items(flows, ids)
    return dict(by_version)


def groups_of(version_ids: Iterable[int], on: date | None = None) -> dict[int, list[GroupFacts]]:
    """The groups of versions with their members on a day; three statements for any number."""
    groups = PartyGroup.objects.filter(version_id__in=list(version_ids)).select_related("version")
    by_version: dict[int, list[GroupFacts]] = defaultdict(list)
    by_key: dict[tuple, list[GroupFacts]] = defaultdict(list)
    for group in groups.order_by("version_id", "position", "pk"):
        facts = GroupFacts(group)
        by_version[group.version_id].append(facts)
        by_key[group.version.document_id, group.lineage].append(facts)
    documents = {document for document, _ in by_key}
    members = GroupMember.objects.current(on or today()).filter(document_id__in=documents)
    for member in members.select_related("organisation").order_by("organisation__legal_name"):
        for facts in by_key.get((member.document_id, member.group), ()):
            facts.members.append(member.organisation)
    return dict(by_version)


def group_bodies(version_ids: list[int]) -> dict[int, set[int]]:
    """The bodies that belong to groups of versions today, as who may read them asks."""
    return {
        pk: {body.pk for facts in groups for body in facts.members}
        for pk, groups in groups_of(version_ids).items()
    }


def members_by_group(version: Version) -> dict[str, set[str]]:
    """The names of the bodies that belong to each group of a version today, for comparing versions."""
    groups = groups_of([version.pk]).get(version.pk, [])
    return {each.group.name: {body.legal_name for body in each.members} for each in groups}


def load_flows(versions: list[Version]) -> dict[int, object]:
    """The flows of versions, as rules ask for them in a case."""
    return dict(flows_of([v.pk for v in versions if v.document.tier == 3]))


def load_groups(versions: list[Version]) -> dict[int, object]:
    """The groups of versions, as rules ask for them in a case."""
    return dict(groups_of([v.pk for v in versions if v.document.tier == 3]))


def _add_laws(flows: dict[int, FlowFacts], version_ids: list[int]) -> None:
    for law in FlowSide.objects.filter(version_id__in=version_ids):
        flows[law.flow_id].end(law.side).law = law


def _add_ends(flows: dict[int, FlowFacts], version_ids: list[int], day: date) -> None:
    groups = groups_of(version_ids, day)
    by_pk = {facts.group.pk: facts for rows in groups.values() for facts in rows}
    ends = FlowParty.objects.filter(version_id__in=version_ids).select_related("organisation")
    for row in ends.order_by("flow_id", "position", "pk"):
        end = flows[row.flow_id].end(row.side)
        if row.group_id:
            end.groups.append(by_pk[row.group_id])
        elif row.organisation:
            end.bodies.append(row.organisation)


def _add_items(flows: dict[int, FlowFacts], version_ids: list[int]) -> None:
    items = FlowItem.objects.filter(version_id__in=version_ids)
    for item in items.order_by("flow_id", "position", "pk"):
        flows[item.flow_id].items.append(item)
