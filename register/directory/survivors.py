"""Which record stands for a body today: records that were merged count as the one that survives."""

from __future__ import annotations

from register.directory.models import Organisation
from register.directory.models.organisations import LegalStatus


def survivors() -> dict[int, int]:
    """For every merged record, the key of the record that stands for it. One statement."""
    rows = Organisation.objects.filter(merged_into__isnull=False)
    into = dict(rows.values_list("pk", "merged_into_id"))
    return {pk: _last(pk, into) for pk in into}


def records_of(organisation_id: int, merged: dict[int, int] | None = None) -> set[int]:
    """Every record of a body: the surviving one and those merged into it. One statement at most."""
    merged = survivors() if merged is None else merged
    survivor = merged.get(organisation_id, organisation_id)
    return {survivor} | {pk for pk, last in merged.items() if last == survivor}


def answering() -> dict[int, int]:
    """For every unit the key of the body that it is a unit of; a unit signs nothing itself."""
    rows = Organisation.objects.filter(legal_status=LegalStatus.UNIT, unit_of__isnull=False)
    above = dict(rows.values_list("pk", "unit_of_id"))
    return {pk: _last(pk, above) for pk in above}


def _last(pk: int, into: dict[int, int]) -> int:
    seen: set[int] = set()
    while pk in into and pk not in seen:
        seen.add(pk)
        pk = into[pk]
    return pk
