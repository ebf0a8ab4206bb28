"""Slots under their lock, and the rows that are written into them."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.core.dates import now
from register.directory.models import Person
from register.documents import files
from register.documents.models import Version
from register.documents.services.locks import lock_version
from register.signing.models import (
    STRENGTHS,
    DesignatedOfficer,
    Method,
    Signature,
    SigningRequest,
    Slot,
)
from register.signing.signers import authority_of


def lock_slot(slot: Slot, version: Version) -> Slot:
    """The slot read again under a lock; its version is locked before it."""
    slot = (
        Slot.objects.select_for_update(of=("self",))
        .select_related("organisation", "post")
        .get(pk=slot.pk)
    )
    slot.version = version
    return slot


def lock_request(request: SigningRequest) -> tuple[Version, Slot, SigningRequest]:
    """A request read again under a lock, with its slot and its version locked before it."""
    version = lock_version(request.slot.version)
    slot = lock_slot(request.slot, version)
    row = SigningRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    row.slot = slot
    return version, slot, row


def new_row(
    slot: Slot, kind: str, name: str, day, scan: bytes | None = None, scan_name: str = ""
) -> Signature:
    """A row for a slot, not yet saved: names of person, post and body as they stand today."""
    if not name.strip():
        raise ValidationError({"person_name": "Enter the name."})
    return Signature(
        slot=slot,
        kind=kind,
        person_name=name.strip(),
        post_title=slot.post_called,
        body_name=slot.organisation.legal_name,
        method=Method.PAPER,
        strength=STRENGTHS[Method.PAPER],
        signed_on=day,
        recorded_at=now(),
        body_sha256=slot.version.body_sha256,
        scan=files.store(scan, scan_name) if scan else None,
        scan_name=files.safe_name(scan_name) if scan else "",
    )


def request_for(slot: Slot, person: Person, held: bool = False) -> SigningRequest:
    """A request to a person in a slot, not yet saved; `held` goes to the body's officer first."""
    check_may_sign(slot, person)
    return SigningRequest(slot=slot, person=person, held_for_body=held)


def check_may_sign(slot: Slot, person: Person) -> None:
    """Refuse somebody who neither holds the slot's post today nor signs for its holder."""
    if authority_of(person, slot) is None:
        raise ValidationError(
            {"person": f"{person} does not hold the post {slot.post_called} of "
             f"{slot.organisation}, and does not sign for its holder."}
        )  # fmt: skip


def goes_first_to_officer(slot: Slot) -> bool:
    """Whether the slot's body wants requests to go to its designated officer first."""
    rows = DesignatedOfficer.objects.filter(organisation=slot.organisation_id, post__isnull=False)
    return rows.exists()
