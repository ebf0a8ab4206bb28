"""What reviews do when a version moves: a date is set, a review opens and closes with its state."""

from __future__ import annotations

from register.core.dates import today
from register.core.ripple import Cause, Touch
from register.documents.lifecycle import State
from register.documents.models import Document, Version
from register.ledger.open_acts import current_act
from register.reviews.events import OF_CAUSES, Event
from register.reviews.models import Review
from register.reviews.services import outcomes
from register.reviews.services.planning import plan
from register.reviews.services.reviewing import finish, make_review, open_review

CONCERN = "concern"


def come_into_force(version: Version, older: Version | None, *, by) -> None:
    """Set the review date of what comes into force, unless an officer set one."""
    plan(version)


def moved(version: Version, was: str, *, by) -> None:
    """Keep reviews in line with the state: under review is one open, what no longer governs has none."""
    if version.state == State.UNDER_REVIEW:
        _begun(version, by)
    elif was in (State.IN_FORCE, State.UNDER_REVIEW):
        _over(version, by)


def taken_out(versions: list[Version], *, by) -> None:
    """Close the reviews that are open of entries which are taken back with their import."""
    documents = [version.document_id for version in versions]
    rows = Review.objects.open().filter(document__in=documents)
    open_for = set(rows.values_list("document_id", flat=True))
    for version in versions:
        if version.document_id in open_for:
            _over(version, by)


def concern_recorded(cause: Cause, touches: list[Touch], *, by) -> None:
    """Open an early review of what a breach or concern touches, inside the act that records it."""
    if cause.kind != CONCERN:
        return
    ids = [touch.pk for touch in touches if touch.subject == "document"]
    for document in Document.objects.filter(pk__in=ids).select_related("partnership", "lead"):
        if document.is_confirmed and document.governing:
            open_review(
                by="system:reviews", document=document, because=cause.says,
                event=OF_CAUSES.get(cause.kind, Event.OTHER), cause_key=cause.key,
            )  # fmt: skip


def _begun(version: Version, by) -> None:
    if not Review.objects.open().filter(document=version.document_id).exists():
        this = current_act()
        make_review(by=by, version=version, because=this.reason if this else "")


def _over(version: Version, by) -> None:
    review = Review.objects.open().filter(document=version.document_id).first()
    if review is None:
        return
    came = {
        State.SUPERSEDED: outcomes.MATERIAL,
        State.ENDED: outcomes.END,
        State.IN_FORCE: outcomes.NO_CHANGE,
    }[State(version.state)]
    this = current_act()
    review.outcome_reason = this.reason if this else ""
    if came == outcomes.NO_CHANGE and version.document.review_on:
        review.next_on = max(version.document.review_on, today())
    finish(review, came, by=by)
