"""Which bodies a version binds today: its parties, and who stands behind a party, each by its record today."""

from __future__ import annotations

from register.directory.models import Organisation
from register.documents import steps
from register.documents.models import Part, Party, Version


def bound_bodies(version: Version) -> list[Organisation]:
    """The bodies that a version binds, the members of its groups among them, by their names."""
    rows = Party.objects.filter(version=version, part=Part.PARTY).order_by()
    found = set(rows.values_list("organisation_id", flat=True))
    for ask in steps.MORE_BODIES[version.document.tier]:
        found |= ask([version.pk]).get(version.pk, set())
    bodies = Organisation.objects.filter(pk__in=found).select_related("merged_into")
    surviving = {body.surviving.pk: body.surviving for body in bodies}
    return sorted(surviving.values(), key=lambda body: (body.called.casefold(), body.pk))
