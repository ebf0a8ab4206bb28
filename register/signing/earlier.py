"""What a body signed before, so that it is told only what changed since."""

from __future__ import annotations

from register.documents.models import Version
from register.signing.models import COUNTS_AS_SIGNED, Signature, Slot


def last_signed(version: Version, organisation_id: int) -> Signature | None:
    """The newest signature of a body under an earlier version of the same document, if any stands."""
    slots = Slot.objects.with_last().filter(
        version__document=version.document_id,
        version__number__lt=version.number,
        organisation=organisation_id,
        last_kind__in=COUNTS_AS_SIGNED,
    )
    rows = Signature.objects.filter(slot__in=slots.values("pk"), kind__in=COUNTS_AS_SIGNED)
    return rows.select_related("slot__version").order_by("-slot__version__number", "-pk").first()
