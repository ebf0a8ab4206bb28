"""Who may stand at the ends of a flow: parties of the version, units of parties, and its groups."""

from __future__ import annotations

from agreements.flows.models import PartyGroup
from register.core.dates import today
from register.directory.models import Organisation
from register.documents.models import Part, Party, Version

End = Organisation | PartyGroup


def ends_offered(version: Version, also: list[Organisation] | None = None) -> dict[str, End]:
    """Whom the ends of a flow of a draft may name, by the key that forms carry.

    `also` are bodies that an end names already, though they are no party any more.
    """
    rows = Party.objects.filter(version=version, part=Part.PARTY).select_related("organisation")
    parties = [row.organisation for row in rows]
    units = Organisation.objects.current(today()).filter(
        unit_of__in=[body.pk for body in parties], merged_into__isnull=True
    )
    groups = PartyGroup.objects.filter(version=version)
    found: dict[str, End] = {key_of(group): group for group in groups}
    for body in parties:
        found[key_of(body)] = body
        own = (unit for unit in units if unit.unit_of_id == body.pk)
        found.update((key_of(unit), unit) for unit in own)
    found.update((key_of(body), body) for body in also or () if key_of(body) not in found)
    return found


def key_of(end: End) -> str:
    """A body or a group as a form carries it."""
    return f"{'g' if isinstance(end, PartyGroup) else 'b'}{end.pk}"


def words_of(end: End) -> str:
    """A body or a group as a form shows it."""
    if isinstance(end, PartyGroup):
        return f"{end.name} (group)"
    return f"{end.legal_name} (unit of {end.unit_of})" if end.unit_of_id else end.legal_name
