"""The parties that a review asks, and whose consent a new end date needs: those that are bound today."""

from __future__ import annotations

from register.directory.models import Organisation
from register.directory.survivors import stand_ins
from register.documents.bound import bound_bodies
from register.documents.models import Version
from register.signing.models import SignatureKind, Slot


def parties_of(version: Version) -> list[Organisation]:
    """Every body that a version binds today: members of groups and those that joined later are among
    them, and who has left is not.
    """
    left = _left(version)
    return [body for body in bound_bodies(version) if body.pk not in left]


def _left(version: Version) -> set[int]:
    slots = Slot.objects.standing().with_last().filter(version=version)
    stays: set[int] = set()
    gone: set[int] = set()
    for body, kind in slots.values_list("organisation_id", "last_kind"):
        (gone if kind == SignatureKind.WITHDRAWN else stays).add(body)
    if not gone:
        return gone
    stands = stand_ins([version.document_id])
    return {stands.of(version.document_id, body) for body in gone} - {
        stands.of(version.document_id, body) for body in stays
    }
