"""Asking for advice and decisions, reminding, asking somebody else, asking no more."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from register.advice import emails
from register.advice.kinds import kind_of, kinds
from register.advice.models import Closed, ReviewRequest
from register.advice.permissions import may_ask
from register.advice.progress import lines_of
from register.advice.proposals import Whom, offer_of
from register.advice.services.rows import close, lock_request
from register.core.conflicts import expect
from register.core.dates import LONDON, now, today
from register.core.verdicts import require
from register.directory.models import Organisation
from register.documents.models import Party, Version
from register.documents.services.checking import mark_stale
from register.documents.services.locks import lock_version
from register.ledger.acts import act, bulk_update


def ask(
    *, by, version: Version, kind: str, organisation: Organisation | None = None,
    whom: Whom | None = None, due_on: date | None = None, question: str = "",
) -> ReviewRequest:  # fmt: skip
    """Ask a body's adviser or decider, or the partnership office (no body), about a version.

    The asked person gets a mail with a link to the page. Raises ValidationError where the kind, the
    body or the person does not fit, or where the same is asked already.
    """
    with act(by=by, verb="advice.asked", subject=version) as this:
        version = lock_version(version)
        require(may_ask(by, version))
        request = _made(by, version, kind, organisation, whom, due_on, question)
        _check(request, version)
        request.save()
        this.subject = request
        emails.asked(request)
        mark_stale([version.document_id])
    return request


def ask_all(*, by, version: Version, due_on: date | None = None) -> list[ReviewRequest]:
    """Ask everybody whose advice or decision is needed, missing and not asked for yet.

    Where nobody is found who could be asked, nothing is asked.
    """
    with act(by=by, verb="advice.asked_many", subject=version, quiet=True) as this:
        version = lock_version(version)
        require(may_ask(by, version))
        asked = [
            ask(by=by, version=version, kind=line.kind.code, organisation=line.organisation,
                whom=line.proposed, due_on=due_on)
            for line in lines_of(version)
            if line.may_be_asked_at_once
        ]  # fmt: skip
        this.detail["count"] = len(asked)
    return asked


def remind(*, by, request: ReviewRequest) -> ReviewRequest:
    """Remind whoever is asked; once a day at most."""
    with act(by=by, verb="advice.reminded", subject=request):
        request = lock_request(request)
        require(may_ask(by, request.version))
        _still_open(request)
        at = request.reminded_at
        if at is not None and at.astimezone(LONDON).date() == today():
            raise ValidationError("A reminder was sent today already.")
        request.reminded_at, request.reminders = now(), request.reminders + 1
        request.row_version += 1
        request.save()
        if emails.reminder(request) is None:
            raise ValidationError(
                "No message can be sent: no e-mail address is known. Remind them yourself."
            )
    return request


def replace(
    *, by, request: ReviewRequest, row_version: int, whom: Whom, due_on: date | None = None,
    question: str = "",
) -> ReviewRequest:  # fmt: skip
    """Ask somebody else instead; the first question is closed and stays in the record. Raises Conflict."""
    with act(by=by, verb="advice.replaced", subject=request):
        request = lock_request(request)
        require(may_ask(by, request.version))
        expect(request, row_version)
        _still_open(request)
        close(request, Closed.REPLACED, f"{whom.words} is asked instead.")
        return ask(
            by=by, version=request.version, kind=request.kind, whom=whom, due_on=due_on,
            organisation=request.organisation, question=question,
        )  # fmt: skip


def cancel(*, by, request: ReviewRequest, row_version: int, reason: str) -> ReviewRequest:
    """Ask no more, with the reason. Raises Conflict."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is not asked any more."})
    with act(by=by, verb="advice.cancelled", subject=request, reason=reason):
        request = lock_request(request)
        require(may_ask(by, request.version))
        expect(request, row_version)
        _still_open(request)
        close(request, Closed.CANCELLED, reason.strip()[:500])
        mark_stale([request.version.document_id])
    return request


def lapse(version: Version, *, by) -> None:
    """Close what is still open on a version that has ended or was superseded."""
    rows = list(ReviewRequest.objects.open().select_for_update().filter(version=version))
    if not rows:
        return
    with act(by=by, verb="advice.lapsed", subject=version, quiet=True):
        for row in rows:
            row.closed_at, row.closed_as = now(), Closed.LAPSED
            row.closed_reason = f"{version} {version.get_state_display().lower()}."
            row.row_version += 1
        bulk_update(rows, ["closed_at", "closed_as", "closed_reason", "row_version"])


def _made(by, version, kind, organisation, whom, due_on, question) -> ReviewRequest:
    return ReviewRequest(
        version=version,
        kind=kind,
        organisation=None if kind_of(kind).is_of_office else organisation,
        post=whom.post if whom else None,
        person=whom.person if whom else None,
        question=question.strip(),
        due_on=due_on,
        asked_by=getattr(by, "person", None),
        asked_at=now(),
    )


def _check(request: ReviewRequest, version: Version) -> None:
    if request.kind not in {kind.code for kind in kinds()}:
        raise ValidationError({"kind": "Choose what is asked for."})
    if request.due_on is not None and request.due_on < today():
        raise ValidationError({"due_on": "Enter a day that is not before today."})
    _check_body(request, version)
    same = ReviewRequest.objects.open().filter(version=version, kind=request.kind)
    if same.filter(organisation=request.organisation).exists():
        whom = request.organisation or "The partnership office"
        raise ValidationError(f"{whom} is asked for this already.")
    if request.organisation is not None:
        _check_whom(request, version)


def _check_body(request: ReviewRequest, version: Version) -> None:
    body, kind = request.organisation, kind_of(request.kind)
    if kind.is_of_office:
        return
    if body is None:
        raise ValidationError({"organisation": "Choose the body that is asked."})
    named = Party.objects.filter(version=version, organisation=body).exists()
    if not named and body.pk != version.document.lead_id:
        raise ValidationError({"organisation": f"{body} is not named in {version.document}."})


def _check_whom(request: ReviewRequest, version: Version) -> None:
    if request.post is None and request.person is None:
        raise ValidationError({"whom": "Choose who is asked."})
    key = (request.kind, request.organisation_id)
    offered = offer_of(version.document, [request.organisation_id]).choices(key)
    asked = Whom(request.person, request.post)
    if asked.code not in {whom.code for whom in offered}:
        kind = kind_of(request.kind)
        raise ValidationError(
            {"whom": f"{asked.words} does not answer as {kind.name} of {request.organisation}."}
        )


def _still_open(request: ReviewRequest) -> None:
    if not request.is_open:
        raise ValidationError(f"It is closed: {request.get_closed_as_display().lower()}.")
