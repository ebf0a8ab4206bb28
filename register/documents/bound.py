"""Which bodies a version binds today: its parties, and who stands behind a party, each by its record today."""

from __future__ import annotations

from register.directory.models import Organisation
from register.directory.survivors import stand_ins
from register.documents import steps
from register.documents.models import Part, Party, Version


def records_bound(version: Version) -> set[int]:
    """The records by which a version names bodies, in whatever part, and those that stand for them."""
    named = {
        row.organisation_id: row.organisation
        for row in version.party_rows.select_related("organisation")
    }
    stands = stand_ins([version.document_id], named.values())
    return set(named) | {stands.of(version.document_id, pk) for pk in named}


def parties_today(version: Version) -> dict[int, Organisation]:
    """By key the bodies that stand today for those that a version names as parties, in its order. One
    statement, and up to three more where one of them was merged or succeeded.
    """
    rows = version.party_rows.filter(part=Part.PARTY).select_related("organisation")
    named = {row.organisation_id: row.organisation for row in rows.order_by("position", "pk")}
    stands = stand_ins([version.document_id], named.values())
    today = list(dict.fromkeys(stands.of(version.document_id, pk) for pk in named))
    if missing := [pk for pk in today if pk not in named]:
        named |= Organisation.objects.in_bulk(missing)
    return {pk: named[pk] for pk in today}


def bound_bodies(version: Version) -> list[Organisation]:
    """The bodies that a version binds, the members of its groups among them, by their names."""
    rows = Party.objects.filter(version=version, part=Part.PARTY).order_by()
    found = set(rows.values_list("organisation_id", flat=True))
    for ask in steps.MORE_BODIES[version.document.tier]:
        found |= ask([version.pk]).get(version.pk, set())
    bodies = Organisation.objects.in_bulk(found)
    stands = stand_ins([version.document_id], bodies.values())
    today = {stands.of(version.document_id, pk) for pk in bodies}
    bodies |= Organisation.objects.in_bulk(today - set(bodies))
    return sorted((bodies[pk] for pk in today), key=lambda b: (b.called.casefold(), b.pk))
