"""What the person who is asked does online: sign, refuse, return, object, withdraw, ask."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.core import ripple
from register.core.conflicts import Conflict
from register.core.dates import now, today, words
from register.core.verdicts import require
from register.documents.models import Version
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_version
from register.documents.services.moving import commence_if_met
from register.ledger.access import leave_trace, trace_sha256
from register.ledger.acts import act
from register.signing import emails
from register.signing.causes import signature_ends
from register.signing.models import (
    Closed,
    RefusalClass,
    RequestTrace,
    Signature,
    SignatureKind,
    SigningRequest,
    Slot,
)
from register.signing.permissions import may_answer, may_sign, may_withdraw_own
from register.signing.services.asking import ask_due
from register.signing.services.closing import answered, close_requests
from register.signing.services.rows import lock_request, lock_slot, new_row
from register.signing.signers import Authority, Signer, authority_of
from register.signing.statements import statement_for, statement_hash


def sign(
    *, by: Signer, request: SigningRequest, text_sha256: str, confirmed: bool = False,
    on_behalf_of: str = "", evidence: bytes | None = None, evidence_name: str = "",
    statement_sha256: str = "",
) -> Signature:  # fmt: skip
    """Sign for a party; when the commencement condition is met, the version comes into force at once.

    `text_sha256` is the hash of the text that was shown: any other text than that of the version
    raises Conflict. The same person signing twice gets the signature that stands. `on_behalf_of`
    names the senior officer for whom somebody else signs, with a file as evidence. Where
    `statement_sha256` is given, it is the hash of the statement that was shown beside the tick.
    """
    if not confirmed:
        raise ValidationError({"confirmed": "Tick the box to confirm that you have authority."})
    with act(by=by, verb="version.signed", subject=request.slot, quiet=True) as this:
        version, slot, request = lock_request(request)
        if (stands := _already(slot, request, by)) is not None:
            return stands
        require(may_sign(by, request))
        _check_shown(version, text_sha256)
        authority = authority_of(by.person, slot) or Authority("")
        senior = _senior(authority, on_behalf_of, evidence)
        row = _signed_row(by, slot, request, senior, evidence, evidence_name)
        if statement_sha256 not in ("", row.statement_sha256):
            raise Conflict(version, "The words that you agree to changed. Read them again.")
        row.capacity = authority.capacity
        this.detail.update(method=row.method, text_opened=_was_opened(request))
        row.trace_sha256 = trace_sha256(leave_trace(ip=by.ip, browser=by.browser[:500]))
        row.save()
        answered(slot, row.kind, request=request)
        emails.receipt(row)
        if commence_if_met(version, by=by).state == version.state:
            ask_due(version)
        keep_up([version.document_id])
    return row


def refuse(*, by: Signer, request: SigningRequest, reason_class: str, reason: str) -> Signature:
    """Refuse to sign: on legal, ethical or operational ground, and why; everyone who signed is told."""
    if reason_class not in RefusalClass.values:
        raise ValidationError({"reason_class": "Choose why you will not sign."})
    _need(reason, "Say why you will not sign.")
    return _answer(by, request, SignatureKind.REFUSED, "version.refused", reason, reason_class)


def return_with_comments(*, by: Signer, request: SigningRequest, comments: str) -> Signature:
    """Send a version back with comments: not signed, not refused; the officer decides what follows."""
    _need(comments, "Say what should change.", field="comments")
    return _answer(by, request, SignatureKind.RETURNED, "version.returned_with_comments", comments)


def object_to(*, by: Signer, request: SigningRequest, reason: str) -> SigningRequest:
    """Object to a signature that was carried over: it is withdrawn, and the party is asked to sign."""
    _need(reason, "Say why you object.")
    with act(by=by, verb="version.objected", subject=request.slot, reason=reason):
        version, slot, request = lock_request(request)
        require(may_answer(by, request))
        if not request.is_notice:
            raise ValidationError("You are asked to sign here: refuse instead.")
        if request.object_by and today() > request.object_by:
            raise ValidationError(f"You could object until {words(request.object_by)}.")
        _withdraw(by, slot, reason)
        close_requests([request], Closed.OBJECTED, reason)
        fresh = SigningRequest(slot=slot, person=request.person)
        fresh.save()
        ask_due(version)
        emails.tell_officer(
            version, says=f"{by.person} objects for {slot.organisation}: its signature was carried "
            "over, and is withdrawn.", more=reason, key=f"sign-objected:{request.pk}",
        )  # fmt: skip
        keep_up([version.document_id])
    return fresh


def withdraw(*, by: Signer, slot: Slot, reason: str) -> Signature:
    """Withdraw one's own signature: the row stays, the slot is open again, the officer is told."""
    _need(reason, "Say why you withdraw your signature.")
    with act(by=by, verb="version.signature_withdrawn", subject=slot, reason=reason):
        version = lock_version(slot.version)
        slot = lock_slot(slot, version)
        require(may_withdraw_own(by, slot))
        row = _withdraw(by, slot, reason)
        emails.tell_officer(
            version, says=f"{by.person} withdrew the signature of {slot.organisation}.",
            more=reason, key=f"sign-withdrawn:{row.pk}",
        )  # fmt: skip
        keep_up([version.document_id])
    return row


def ask_question(*, by: Signer, request: SigningRequest, question: str) -> None:
    """Ask whoever sent the request; the question goes by mail, and stands in the history."""
    _need(question, "Type your question.", field="question")
    with act(by=by, verb="signature.question_asked", subject=request, reason=question):
        require(may_answer(by, request))
        emails.tell_officer(
            request.slot.version, says=f"{by.person} asks before signing for "
            f"{request.slot.organisation}.", more=question,
            key=f"sign-question:{request.pk}:{now():%Y%m%d%H%M%S%f}",
        )  # fmt: skip


def note_opened(request: SigningRequest) -> None:
    """Note that the person who is asked has opened the text; a link that a machine follows opens nothing."""
    trace, _ = RequestTrace.objects.get_or_create(request=request)
    if trace.opened_at is None:
        trace.opened_at = now()
        trace.save(update_fields=["opened_at"])


def _answer(
    by: Signer, request: SigningRequest, kind: str, verb: str, reason: str, reason_class: str = ""
) -> Signature:
    with act(by=by, verb=verb, subject=request.slot, reason=reason):
        version, slot, request = lock_request(request)
        require(may_answer(by, request))
        row = _row_of(by, slot, kind)
        row.request, row.reason, row.reason_class = request, reason.strip(), reason_class
        row.save()
        answered(slot, kind, request=request)
        said = {"refused": "refused to sign", "returned": "sent it back with comments"}[kind]
        emails.tell_officer(
            version, says=f"{by.person} {said} for {slot.organisation}.", more=row.reason,
            key=f"sign-{kind}:{row.pk}",
        )  # fmt: skip
        if kind == SignatureKind.REFUSED:
            emails.tell_signed(row)
        keep_up([version.document_id])
    return row


def _withdraw(by: Signer, slot: Slot, reason: str) -> Signature:
    row = _row_of(by, slot, SignatureKind.WITHDRAWN)
    row.reason = reason.strip()
    row.save()
    for cause in signature_ends(slot):
        ripple.happened(cause, by=by)
    return row


def _already(slot: Slot, request: SigningRequest, by: Signer) -> Signature | None:
    newest = slot.newest_row
    is_same = newest and newest.counts and newest.request_id == request.pk
    return newest if is_same and newest.person_id == by.person.pk else None


def _check_shown(version: Version, text_sha256: str) -> None:
    if text_sha256 != version.body_sha256:
        says = f"{version} changed since you opened it. Read it again before you sign."
        raise Conflict(version, says)


def _senior(authority: Authority, on_behalf_of: str, evidence: bytes | None) -> str:
    senior = on_behalf_of.strip()
    if not senior:
        return authority.on_behalf_of
    if evidence is None and senior != authority.on_behalf_of:
        raise ValidationError(
            {"evidence": f"Add the file that shows that {senior} lets you sign, such as a letter."}
        )
    return senior


def _signed_row(
    by: Signer, slot: Slot, request: SigningRequest, senior: str, evidence, evidence_name: str
) -> Signature:
    kind = SignatureKind.ON_BEHALF if senior else SignatureKind.SIGNED
    row = _row_of(by, slot, kind, evidence, evidence_name)
    row.request, row.on_behalf_of = request, senior
    row.statement = statement_for(slot, on_behalf_of=senior)
    row.statement_sha256 = statement_hash(row.statement)
    return row


def _row_of(by: Signer, slot: Slot, kind: str, scan=None, scan_name: str = "") -> Signature:
    row = new_row(slot, kind, by.person.name, today(), scan, scan_name)
    row.person, row.method, row.strength = by.person, by.method, by.strength
    row.time_zone = by.time_zone[:40]
    return row


def _was_opened(request: SigningRequest) -> bool:
    return RequestTrace.objects.filter(request=request, opened_at__isnull=False).exists()


def _need(words: str, sentence: str, field: str = "reason") -> None:
    if not words.strip():
        raise ValidationError({field: sentence})
