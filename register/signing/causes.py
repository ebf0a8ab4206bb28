"""Signatures that end, said to what stands below the document that was signed."""

from __future__ import annotations

from register.core.ripple import Cause
from register.directory.models import Organisation
from register.documents.models import Version
from register.signing.models import Signature, Slot

SIGNATURE = "signature"
PARTY_LEFT = "party_left"
AGREEMENT = 3


def signature_ends(slot: Slot) -> list[Cause]:
    """A body's signature of a charter or protocol in force is withdrawn or ends.

    Nothing for an agreement, under which nothing stands, and nothing before it governs.
    """
    document = slot.version.document
    if document.tier > 2 or not slot.version.is_governing:
        return []
    says = f"{slot.organisation} no longer stands as a signatory of {document.reference}."
    key = f"signature:{document.pk}:{slot.organisation_id}"
    return [Cause(SIGNATURE, key, says, slot.pk, document.pk)]


def party_left(version: Version, organisation: Organisation, row: Signature) -> list[Cause]:
    """A body leaves an agreement in force, which may have to say something else without it."""
    document = version.document
    if document.tier != AGREEMENT:
        return []
    says = f"{organisation} has left {document.reference}."
    return [Cause(PARTY_LEFT, f"left:{row.pk}", says, document.pk, document.pk)]
