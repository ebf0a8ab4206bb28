"""What an officer does with one request, or with several: ask again, replace, cancel, let go, remind."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.core.dates import now, today
from register.core.verdicts import require
from register.directory.models import Person
from register.documents.models import Version
from register.documents.permissions import may_edit
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_version
from register.ledger.acts import act
from register.signing import emails
from register.signing.models import (
    Closed,
    MailKind,
    Signature,
    SignatureKind,
    SigningRequest,
    Slot,
)
from register.signing.permissions import may_ask, may_release
from register.signing.services.asking import ask_due
from register.signing.services.closing import close_requests
from register.signing.services.rows import (
    check_may_sign,
    goes_first_to_officer,
    new_row,
    request_for,
)
from register.signing.signers import Signer


def ask_again(*, by, slot: Slot, person: Person) -> SigningRequest:
    """Ask a person in a slot: again after a refusal or an expiry, or as one more who may sign there."""
    with act(by=by, verb="signature.asked_again", subject=slot):
        version = lock_version(slot.version)
        require(may_ask(by, version))
        slot = version.slots.select_related("organisation", "post").get(pk=slot.pk)
        if not version.slots.open().filter(pk=slot.pk).exists():
            raise ValidationError("A signature stands here, or the place to sign was voided.")
        row = request_for(slot, person, goes_first_to_officer(slot))
        row.full_clean(exclude=["slot", "person"])
        row.save()
        if row.held_for_body:
            emails.to_release(row)
        ask_due(version)
    return row


def replace(*, by, request: SigningRequest, person: Person, reason: str) -> SigningRequest:
    """Ask somebody else in the place of a person: the old link dies at once, history keeps both names."""
    _need(reason, "Say why somebody else is asked.")
    with act(by=by, verb="signatory.replaced", subject=request, reason=reason):
        version, request = _lock(request)
        require(may_edit(by, version.document))
        _still_open(request)
        close_requests([request], Closed.REPLACED, reason)
        still_held = request.held_for_body and request.released_at is None
        row = request_for(request.slot, person, still_held)
        row.full_clean(exclude=["slot", "person"])
        row.save()
        if still_held:
            emails.to_release(row)
        ask_due(version)
    return row


def cancel(*, by, request: SigningRequest, reason: str) -> SigningRequest:
    """Cancel a request: its link dies, and the slot stays open for somebody else."""
    _need(reason, "Say why the request is cancelled.")
    with act(by=by, verb="signature.request_cancelled", subject=request, reason=reason):
        version, request = _lock(request)
        require(may_edit(by, version.document))
        _still_open(request)
        close_requests([request], Closed.CANCELLED, reason)
    return request


def release(*, by, request: SigningRequest, person: Person | None = None) -> SigningRequest:
    """Let a request go to the person named, or to another of the body: its designated officer's act."""
    with act(by=by, verb="signature.released", subject=request):
        version, request = _lock(request)
        require(may_release(by, request))
        if person is not None and person.pk != request.person_id:
            check_may_sign(request.slot, person)
            request.person = person
        request.released_at = now()
        request.row_version += 1
        request.full_clean(exclude=["slot", "person"])
        request.save()
        ask_due(version)
    return request


def send_back(*, by: Signer, request: SigningRequest, comments: str) -> Signature:
    """Send a held request back with comments instead of letting it go: its designated officer's act."""
    if not comments.strip():
        raise ValidationError({"comments": "Say what should change."})
    verb = "version.returned_with_comments"
    with act(by=by, verb=verb, subject=request.slot, reason=comments):
        version, request = _lock(request)
        require(may_release(by, request))
        row = new_row(request.slot, SignatureKind.RETURNED, by.person.name, today())
        row.person, row.method, row.strength = by.person, by.method, by.strength
        row.request, row.reason, row.time_zone = request, comments.strip(), by.time_zone[:40]
        row.save()
        close_requests([request], Closed.RETURNED, comments)
        emails.tell_officer(
            version, says=f"{by.person} sent it back with comments for {request.slot.organisation}.",
            more=row.reason, key=f"sign-returned:{row.pk}",
        )  # fmt: skip
        keep_up([version.document_id])
    return row


def remind(*, by, requests: list[SigningRequest]) -> int:
    """Remind people now, one message each however much waits for them; how many messages.

    Nobody gets two reminders on one day, whoever asks for them, and none of an imported entry that
    no officer has released.
    """
    rows = [row for row in requests if row.is_open and row.asked_at]
    if not rows:
        raise ValidationError("Select somebody who is asked and has not answered.")
    people = {row.person_id: row.person for row in rows}
    subject = rows[0].slot.version if len({r.slot.version_id for r in rows}) == 1 else None
    with act(by=by, verb="signatures.reminded", subject=subject) as this:
        for row in {row.slot.version_id: row for row in rows}.values():
            require(may_edit(by, row.slot.version.document))
        sent = [
            emails.everything(person, kind=MailKind.REMINDER, key=reminder_key(person))
            for person in people.values()
        ]
        this.detail["messages"] = sum(notice is not None for notice in sent)
    return this.detail["messages"]


def reminder_key(person: Person) -> str:
    """What keeps the reminders of a person to one a day."""
    return f"remind:{person.pk}:{today():%Y-%m-%d}"


def _lock(request: SigningRequest) -> tuple[Version, SigningRequest]:
    version = lock_version(request.slot.version)
    row = (
        SigningRequest.objects.select_for_update(of=("self",))
        .select_related("slot__organisation", "slot__post", "person")
        .get(pk=request.pk)
    )
    row.slot.version = version
    return version, row


def _still_open(request: SigningRequest) -> None:
    if not request.is_open:
        raise ValidationError(
            f"The request to {request.person} is closed: {request.get_closed_as_display().lower()}."
        )


def _need(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": sentence})
