"""Giving advice and deciding: each answer is a new row, the earlier ones stay as they were."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from register.advice import emails
from register.advice.answers import Answer
from register.advice.kinds import kind_of
from register.advice.models import Advice, ChecklistAnswer, Closed, Outcome, ReviewRequest
from register.advice.permissions import may_answer, may_record, standing_of
from register.advice.rules import OFFICE
from register.advice.services.rows import close, lock_request
from register.advice.standing import whose
from register.advice.weighing import check_answer
from register.advice.wording import wording_sha256
from register.core.conflicts import expect
from register.core.dates import LONDON, now, today
from register.core.ripple import Cause, Touch
from register.core.verdicts import require
from register.documents import files
from register.documents.lifecycle import State
from register.documents.models import Version
from register.documents.permissions import may_edit
from register.documents.services.checking import mark_stale
from register.documents.services.moving import return_for_changes
from register.ledger.acts import act, bulk_create
from register.tasks.services import open_tasks


def answer(*, by, request: ReviewRequest, row_version: int, said: Answer) -> Advice:
    """Advise or decide in one's own name and post. Raises Conflict where somebody answered meanwhile.

    To approve against advice or without it takes a reason. What is returned for changes goes back to
    its drafters: a draft with a task, a version out for signature at once where the adviser may do that.
    """
    with act(by=by, verb=_verb(request, said), subject=request):
        request = lock_request(request)
        require(may_answer(by, request))
        expect(request, row_version)
        check_answer(request, said)
        person = getattr(by, "person", None)
        row = _row(request, said)
        row.given_by = person
        row.person_name = person.name if person else "The register"
        row.post_title = _post_title(by, request)
        row.given_on = today()
        row.wording_sha256 = wording_sha256(request.version)
        row.is_late = request.version.frozen_at is not None
        return _keep(row, said, by=by)


def record_answer(
    *, by, request: ReviewRequest, row_version: int, said: Answer, person_name: str,
    post_title: str, given_on: date, content: bytes | None, name: str,
) -> Advice:  # fmt: skip
    """Record what an adviser or decider said on paper or by mail, with the paper. Raises Conflict."""
    wrong = {}
    if not person_name.strip():
        wrong["person_name"] = "Enter who gave it."
    if given_on > today():
        wrong["given_on"] = "Enter a day that is not after today."
    if not content:
        wrong["file"] = "Choose the letter or the mail as a file."
    if wrong:
        raise ValidationError(wrong)
    with act(by=by, verb="advice.recorded", subject=request):
        request = lock_request(request)
        require(may_record(by, request))
        expect(request, row_version)
        check_answer(request, said)
        row = _row(request, said)
        row.is_on_paper, row.person_name = True, " ".join(person_name.split())
        row.post_title, row.given_on = " ".join(post_title.split()), given_on
        row.file, row.file_name = files.store(content or b"", name), files.safe_name(name)
        row.is_late = _is_after_issue(request.version, given_on)
        return _keep(row, said, by=by)


def _row(request: ReviewRequest, said: Answer) -> Advice:
    has_conditions = said.outcome in (Outcome.CONDITIONS, Outcome.APPROVED)
    return Advice(
        request=request,
        outcome=said.outcome,
        text=said.text.strip(),
        conditions=said.conditions.strip() if has_conditions else "",
        reason=said.reason.strip() if said.outcome == Outcome.APPROVED else "",
        reference=said.reference.strip(),
        body_name=request.organisation.legal_name if request.organisation else OFFICE,
        recorded_at=now(),
    )


def _keep(row: Advice, said: Answer, *, by) -> Advice:
    request, version = row.request, row.request.version
    row.full_clean(exclude=["request", "given_by", "file"])
    row.save()
    bulk_create(
        ChecklistAnswer(advice=row, check_code=code, is_met=is_met, note=note.strip()[:500])
        for code, (is_met, note) in said.checklist.items()
    )
    is_returned = row.outcome == Outcome.RETURNED
    close(request, Closed.RETURNED if is_returned else Closed.ANSWERED)
    mark_stale([version.document_id])
    emails.given(row)
    if is_returned:
        _return(row, by=by)
    return row


def _return(row: Advice, *, by) -> None:
    """Send a version back: at once from signature where the adviser may, else by a task for its drafters."""
    version = row.request.version
    document = version.document
    if version.state == State.SIGNING and may_edit(by, document):
        return_for_changes(by=by, version=version, reason=row.text)
        return
    kind = kind_of(row.request.kind)
    who = f"{kind.label} of {row.body_name}" if row.request.organisation_id else row.body_name
    asks = "asks to take it back from signature" if version.frozen_at else "returned it"
    says = f"{who} {asks} for changes. Their comments stand on its page of advice."
    touch = Touch(
        "document", document.pk, f"{document.reference} {version.title}"[:350],
        document.get_absolute_url(), f"{version}, {whose(row.request)}.", document.tier,
        document.partnership_id,
    )  # fmt: skip
    cause = Cause("other", f"advice:{row.pk}", says, row.pk, document.pk)
    open_tasks(by=by, cause=cause, touches=[touch])


def _verb(request: ReviewRequest, said: Answer) -> str:
    if said.outcome == Outcome.RETURNED:
        return "advice.returned"
    return "advice.decided" if kind_of(request.kind).is_decision else "advice.given"


def _post_title(by, request: ReviewRequest) -> str:
    if request.organisation_id is None:
        return "Register officer"
    return standing_of(by).title_for(request)


def _is_after_issue(version: Version, given_on: date) -> bool:
    issued = version.frozen_at
    return issued is not None and given_on > issued.astimezone(LONDON).date()
