"""Recording what was signed, refused or withdrawn on paper."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.core import ripple
from register.core.codes import same_code
from register.core.dates import LONDON, today, words
from register.core.verdicts import require
from register.documents.models import Version
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_version
from register.documents.services.moving import commence_if_met
from register.ledger.acts import act
from register.signing import emails
from register.signing.causes import signature_ends
from register.signing.models import Signature, SignatureKind, Slot
from register.signing.permissions import may_record, may_withdraw
from register.signing.services.asking import ask_due
from register.signing.services.closing import answered
from register.signing.services.rows import lock_slot, new_row


def record_signature(
    *, by, slot: Slot, person, signed_on, scan: bytes | None = None, scan_name: str = "",
    on_behalf_of: str = "", text_sha256: str = "",
) -> Signature:  # fmt: skip
    """Record a signature made on paper; the last that is needed brings the version into force.

    `signed_on` is the date on the paper. The person must have held the slot's post on that day.
    `text_sha256` is the short code or the hash printed on the paper, where it was compared.
    """
    with act(by=by, verb="version.signed_on_paper", subject=slot):
        version = lock_version(slot.version)
        slot = lock_slot(slot, version)
        require(may_record(by, slot))
        _check_day(version, signed_on)
        capacity = _capacity(slot, person, signed_on)
        _check_hash(version, text_sha256)
        row = new_row(slot, SignatureKind.ON_PAPER, person.name, signed_on, scan, scan_name)
        row.person, row.capacity, row.on_behalf_of = person, capacity, on_behalf_of
        row.save()
        answered(slot, row.kind)
        if commence_if_met(version, by=by).state == version.state:
            ask_due(version)
        keep_up([version.document_id])
    return row


def record_refusal(
    *, by, slot: Slot, person_name: str, reason_class: str, reason: str, refused_on,
    scan: bytes | None = None, scan_name: str = "",
) -> Signature:  # fmt: skip
    """Record that a signature was refused: on legal, ethical or operational ground, and why."""
    if not reason.strip():
        raise ValidationError({"reason": "Enter the reason that was given."})
    with act(by=by, verb="version.refused", subject=slot, reason=reason):
        version = lock_version(slot.version)
        slot = lock_slot(slot, version)
        require(may_record(by, slot))
        _check_day(version, refused_on, name="refused_on")
        row = new_row(slot, SignatureKind.REFUSED, person_name, refused_on, scan, scan_name)
        row.reason_class, row.reason = reason_class, reason.strip()
        row.full_clean(exclude=["slot"])
        row.save()
        answered(slot, row.kind)
        emails.tell_signed(row)
        keep_up([version.document_id])
    return row


def record_withdrawal(
    *, by, slot: Slot, reason: str, withdrawn_on, scan: bytes | None = None, scan_name: str = ""
) -> Signature:
    """Record that a signature was withdrawn on paper: the row stays, and the slot is open again."""
    if not reason.strip():
        raise ValidationError({"reason": "Enter why it was withdrawn."})
    with act(by=by, verb="version.signature_withdrawn", subject=slot, reason=reason):
        version = lock_version(slot.version)
        slot = lock_slot(slot, version)
        require(may_withdraw(by, slot))
        signed = slot.newest_row
        if withdrawn_on < signed.signed_on:
            raise ValidationError(
                {"withdrawn_on": f"Enter a day that is not before {words(signed.signed_on)}, "
                 "when it was signed."}
            )  # fmt: skip
        _check_day(version, withdrawn_on, name="withdrawn_on")
        row = new_row(
            slot, SignatureKind.WITHDRAWN, signed.person_name, withdrawn_on, scan, scan_name
        )
        row.person, row.reason = signed.person, reason.strip()
        row.save()
        keep_up([version.document_id])
        for cause in signature_ends(slot):
            ripple.happened(cause, by=by)
    return row


def _check_day(version: Version, day, name: str = "signed_on") -> None:
    if day > today():
        raise ValidationError({name: "Enter a day that is not after today."})
    issued = version.issued_at and version.issued_at.astimezone(LONDON).date()
    if issued and day < issued:
        since = f"{words(issued)}, when this version was issued"
        raise ValidationError({name: f"Enter a day that is not before {since}."})


def _check_hash(version: Version, on_paper: str) -> None:
    if on_paper.strip() and same_code(on_paper, version.body_sha256):
        return
    digits = "".join(on_paper.split()).lower()
    if digits and len(digits) < 8:
        raise ValidationError(
            {"text_sha256": "Enter the whole code from the foot of a page, such as 7QK2M-0ZX4B."}
        )
    if not version.body_sha256.startswith(digits):
        raise ValidationError(
            {
                "text_sha256": "What is printed on the paper is not the code of this version: check which "
                "version was signed."
            }
        )


def _capacity(slot: Slot, person, day) -> str:
    if slot.post is None:
        raise ValidationError("Choose the post that signs here first.")
    held = slot.post.appointments.current(day).filter(person=person).first()
    if held is None:
        raise ValidationError(
            {"person": f"{person} did not hold the post {slot.post} on {words(day)}. "
             "Record the appointment first, or choose who held it."}
        )  # fmt: skip
    return held.capacity
