"""Opening reviews and closing them with an outcome, which is carried out in the same act."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from register.core.confirmed_words import check_words
from register.core.conflicts import expect
from register.core.dates import now, today
from register.core.verdicts import require
from register.directory.models import Person
from register.documents.lifecycle import State
from register.documents.models import Document, Version
from register.documents.services import moving
from register.documents.services.locks import lock_document
from register.ledger.actors import actor_of
from register.ledger.acts import act
from register.reviews.cycles import suggested
from register.reviews.events import Event
from register.reviews.models import AskLink, Review, ReviewEvent
from register.reviews.permissions import may_open, may_renew, may_work_on
from register.reviews.services import outcomes
from register.reviews.services.planning import write_date
from register.tasks.models import Outcome, Task
from register.tasks.services import close_tasks

# How long an early review may take; a planned one is due on the entry's review date.
EARLY_DUE_IN = timedelta(days=28)


def open_review(
    *, by, document: Document, because: str = "", event: str = "", cause_key: str = ""
) -> Review:
    """Open a review of a document in force; its version goes on governing, under review.

    With an `event` (see `events.Event`) the review is an early one, due in four weeks; where a
    review is open already the event is noted on that one, which is answered. `cause_key` names what
    happened: the same is noted once. Raises PermissionDenied with the reason.
    """
    with act(by=by, verb="review.opened", subject=document, reason=because, quiet=True):
        document = lock_document(document)
        found = Review.objects.open().filter(document=document).first()
        if found is None or not event:
            require(may_open(by, document))
        if found is None:
            found = make_review(by=by, version=document.governing, because=because, event=event)
            if found.version.state == State.IN_FORCE:
                moving.begin_review(by=by, document=document, reason=because)
        if event:
            _note(found, event, because, cause_key)
    return found


def make_review(*, by, version: Version, because: str, event: str = "") -> Review:
    """The row of a review that begins now; call it inside the act, with the document locked."""
    planned = version.document.review_on
    due_on = today() + EARLY_DUE_IN if event or planned is None else planned
    person = getattr(by, "person", None)
    review = Review(
        document=version.document,
        version=version,
        event=event,
        because=because,
        due_on=due_on,
        opened_at=now(),
        opened_by=person if isinstance(person, Person) else None,
        opened_by_name=actor_of(by).name[:300],
    )
    review.full_clean(exclude=["document", "version", "opened_by"], validate_constraints=False)
    review.save()
    return review


def close_review(
    *, by, review: Review, row_version: int, outcome: str, findings: str = "", reason: str = "",
    next_on: date | None = None, merge_into: Document | None = None, on: date | None = None,
    is_confirmed: bool = False,
) -> Review:  # fmt: skip
    """Close a review with its outcome (a code of the list “Outcomes of a review”), and carry it out.

    `next_on` is the next review date, `on` the last day where it ends. Raises Conflict where it has
    moved on, and ValidationError naming what the outcome asks for.
    """
    detail = check_words({"findings": findings, "reason": reason}, is_confirmed)
    with act(by=by, verb="review.closed", subject=review.document, reason=reason, detail=detail):
        document = lock_document(review.document)
        review = _locked(review, document)
        expect(review, row_version)
        require(may_work_on(by, review))
        review.findings, review.outcome_reason = findings.strip(), reason.strip()
        # The page offers a date: what ends has no next review, whatever stands in the field.
        review.next_on = None if outcome in outcomes.ENDS else next_on
        review.merged_into = merge_into if outcome == outcomes.MERGE else None
        outcomes.check(by, review, outcome, on)
        finish(review, outcome, by=by)
        outcomes.carry_out(by, review, on)
    return review


def renew_unchanged(*, by, document: Document, row_version: int, next_on: date) -> Review:
    """Renew an entry as it stands: a review without change, and the next review date.

    A review that is open is closed by it. Only the review date moves. Raises Conflict where the
    entry has moved on.
    """
    with act(by=by, verb="review.renewed", subject=document):
        document = lock_document(document)
        expect(document, row_version)
        require(may_renew(by, document))
        review = Review.objects.open().filter(document=document).first()
        if review is None:
            review = make_review(by=by, version=document.governing, because="Renewed unchanged.")
        review = _locked(review, document)
        review.next_on = next_on
        outcomes.check(by, review, outcomes.NO_CHANGE, None)
        finish(review, outcomes.NO_CHANGE, by=by)
        outcomes.carry_out(by, review, None)
    return review


def set_review_date(
    *, by, document: Document, row_version: int, review_on: date, reason: str
) -> Document:
    """Set the review date of an entry, with the reason. Raises Conflict where it has moved on."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why the date is set."})
    outcomes.check_next(review_on, "review_on")
    with act(by=by, verb="review.date_set", subject=document, reason=reason, quiet=True):
        document = lock_document(document)
        expect(document, row_version)
        return write_date(by=by, document=document, day=review_on, reason=reason)


def finish(review: Review, outcome: str, *, by) -> None:
    """Mark a review as closed, let its links die and close the tasks that it looked at."""
    review.outcome, review.closed_at = outcome, now()
    review.closed_by_name = actor_of(by).name[:300]
    review.row_version += 1
    review.save()
    AskLink.objects.filter(ask__review=review).delete()
    keys = review.events.exclude(cause_key="").values_list("cause_key", flat=True)
    tasks = Task.objects.open().filter(document_id=review.document_id, cause_key__in=list(keys))
    came = Outcome.CONFIRMED if outcome == outcomes.NO_CHANGE else Outcome.CHANGED
    close_tasks(by="system:reviews", tasks=list(tasks), outcome=came, note="Looked at in a review.")


def next_offered(review: Review) -> date:
    """The next review date that the page offers."""
    return suggested(review)


def _note(review: Review, event: str, says: str, cause_key: str) -> None:
    if cause_key and ReviewEvent.objects.filter(review=review, cause_key=cause_key).exists():
        return
    ReviewEvent(
        review=review,
        document_id=review.document_id,
        event=event,
        says=says or Event(event).label,
        cause_key=cause_key[:120],
        noted_at=now(),
    ).save()


def _locked(review: Review, document: Document) -> Review:
    found = (
        Review.objects.select_for_update(of=("self",)).select_related("version").get(pk=review.pk)
    )
    found.document = found.version.document = document
    return found
