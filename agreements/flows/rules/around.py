"""What rules ask of the bodies at the ends of flows: whose unit, which assurance, which policy document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from agreements.flows.models import FlowParty, GroupMember
from register.core.dates import today
from register.directory.assurance import StoredLevel, stored_levels
from register.directory.models import AssuranceFact, Organisation
from register.directory.models.assurance import FactKind
from register.directory.models.organisations import LegalStatus
from register.directory.survivors import survivors
from register.documents.models import Part, Party, Version


@dataclass
class Around:
    """What is known of the bodies round some versions, read once for all of them."""

    # For every unit at an end of a flow, the body that answers for it.
    answering: dict[int, Organisation] = field(default_factory=dict)
    # For every merged record, the key of the one that stands for the body.
    merged: dict[int, int] = field(default_factory=dict)
    # The level of assurance as kept for lists; a body that never submitted its facts has none.
    levels: dict[int, StoredLevel] = field(default_factory=dict)
    # Bodies that recorded an appropriate policy document among their assurance facts.
    with_policy: frozenset[int] = frozenset()

    def standing_for(self, pk: int) -> int:
        """The key of the record that stands for a body: of a unit its body's, of a merged one the last."""
        if pk in self.answering:
            pk = self.answering[pk].pk
        return self.merged.get(pk, pk)


def load_around(versions: list[Version]) -> dict[int, object]:
    """What is known of the bodies of versions; six statements for any number of them."""
    ids = [version.pk for version in versions if version.document.tier == 3]
    if not ids:
        return {version.pk: Around() for version in versions}
    units = Organisation.objects.filter(units__flow_ends__version_id__in=ids).distinct()
    by_unit = dict(
        Organisation.objects.filter(
            flow_ends__version_id__in=ids, legal_status=LegalStatus.UNIT, unit_of__isnull=False
        )
        .order_by()
        .values_list("pk", "unit_of_id")
    )
    bodies = {body.pk: body for body in units}
    merged = survivors()
    around = Around({unit: bodies[pk] for unit, pk in by_unit.items()}, merged)
    everybody = {around.standing_for(pk) for pk in _bodies(ids)}
    around.levels = stored_levels(everybody)
    around.with_policy = _with_policy(everybody)
    return {version.pk: around for version in versions}


def _bodies(version_ids: list[int]) -> Iterable[int]:
    ends = FlowParty.objects.filter(version_id__in=version_ids, organisation__isnull=False)
    parties = Party.objects.filter(version_id__in=version_ids, part=Part.PARTY)
    members = GroupMember.objects.current(today()).filter(document__versions__in=version_ids)
    rows = (ends.order_by(), parties.order_by(), members.order_by())
    return {pk for each in rows for pk in each.values_list("organisation_id", flat=True)}


def _with_policy(bodies: set[int]) -> frozenset[int]:
    facts = AssuranceFact.objects.standing().filter(kind=FactKind.POLICY, organisation__in=bodies)
    return frozenset(facts.order_by().values_list("organisation_id", flat=True))
