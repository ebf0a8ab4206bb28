"""How the other places to sign stand, as somebody who is asked to sign may see it."""

from __future__ import annotations

from dataclasses import dataclass

from register.core.dates import words
from register.documents.models import Version
from register.signing.models import Signature, SignatureKind, Slot

WAITING = "Has not signed yet"


@dataclass(frozen=True)
class Place:
    """A place to sign with its newest row, if anything happened there."""

    slot: Slot
    newest: Signature | None

    @property
    def is_signed(self) -> bool:
        """Whether a signature stands there."""
        return self.newest is not None and self.newest.counts

    @property
    def said(self) -> str:
        """How the place stands: who did what, on which day."""
        row = self.newest
        if row is None:
            return WAITING
        did = {
            SignatureKind.REFUSED: "would not sign",
            SignatureKind.RETURNED: "sent it back",
            SignatureKind.WITHDRAWN: "took back the signature",
        }.get(SignatureKind(row.kind), "signed")
        return f"{row.person_name} {did} on {words(row.signed_on)}"

    @property
    def why(self) -> str:
        """Why somebody did not sign; nothing where they did."""
        return self.newest.reason if self.newest and not self.is_signed else ""


def places_of(version: Version) -> list[Place]:
    """The places to sign that stand, in their order; two statements however many there are."""
    slots = version.slots.standing().select_related("organisation", "post")
    rows = Signature.objects.filter(slot__version=version).order_by("pk")
    newest = {row.slot_id: row for row in rows}
    return [Place(slot, newest.get(slot.pk)) for slot in slots]


def still_to_sign(version: Version) -> int:
    """How many places that are needed are still to be signed."""
    return version.slots.open().filter(is_required=True).count()
