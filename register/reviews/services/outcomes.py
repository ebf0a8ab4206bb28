"""What each outcome of a review asks for, and what the register does about it."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from register.core.dates import add_months, today, words
from register.core.verdicts import require
from register.documents.lifecycle import EDITABLE, State
from register.documents.models import Document
from register.documents.permissions import may_edit
from register.documents.services import drafting, facts, moving
from register.lists.labels import choices
from register.reviews.models import PartyAnswer, Review
from register.reviews.services.planning import write_date

NO_CHANGE, MINOR, MATERIAL = "no_change", "minor_change", "material_change"
MERGE, END, SUSPEND, DEFERRED = "merge", "end", "suspend", "deferred"
NEEDS_DATE = (NO_CHANGE, DEFERRED)
NEEDS_REASON = (MERGE, END, SUSPEND, DEFERRED)
BEGINS_DRAFT = (MINOR, MATERIAL)
ENDS = (MERGE, END)
LONGEST_YEARS = 10


def check(by, review: Review, outcome: str, on: date | None) -> None:
    """Raise ValidationError naming everything that an outcome asks for and was not given."""
    if outcome not in dict(choices("review_outcome")):
        raise ValidationError({"outcome": "Choose what was decided."})
    if outcome in NEEDS_DATE or review.next_on:
        check_next(review.next_on, "next_on")
    wrong = {}
    if outcome in NEEDS_REASON and not review.outcome_reason:
        wrong["reason"] = "Say why."
    if outcome in BEGINS_DRAFT and not review.findings:
        wrong["findings"] = "Say what is to change."
    if outcome == NO_CHANGE and not review.findings and _asked_for_change(review):
        wrong["findings"] = "A party asks for a change: say why nothing changes."
    if outcome == MERGE:
        wrong |= _check_merge(by, review)
    if outcome in ENDS and on and on > today():
        wrong["on"] = "Enter a day that is not after today."
    if wrong:
        raise ValidationError(wrong)


def check_next(day: date | None, field: str) -> None:
    """Raise ValidationError unless a next review date lies after today and within ten years."""
    last = add_months(today(), LONGEST_YEARS * 12)
    if day is None:
        raise ValidationError({field: "Enter the next review date."})
    if day <= today():
        raise ValidationError({field: f"Enter a review date after {words(today())}."})
    if day > last:
        raise ValidationError({field: f"Enter a review date that is not after {words(last)}."})


def carry_out(by, review: Review, on: date | None) -> None:
    """Do what was decided, through the services of documents, inside the act that closes the review."""
    document, outcome, reason = review.document, review.outcome, review.outcome_reason
    if outcome in ENDS:
        moving.end(by=by, document=document, reason=_why_ended(review), on=on)
        return
    if _governing_state(document) == State.UNDER_REVIEW:
        moving.finish_review(by=by, document=document, reason=reason or review.findings)
    if outcome == SUSPEND:
        facts.suspend(by=by, document=document, reason=reason)
    if review.next_on:
        write_date(by=by, document=document, day=review.next_on, reason="Set at the review.")
    if outcome in BEGINS_DRAFT:
        _begin_draft(by, review)


def _begin_draft(by, review: Review) -> None:
    preparing = review.document.in_preparation
    if preparing is not None and preparing.state not in EDITABLE:
        raise ValidationError(f"{preparing} is out for signature: wait for it, or return it first.")
    review.led_to = preparing or drafting.revise(
        by=by, document=review.document, changes=review.findings
    )
    review.row_version += 1
    review.save()


def _check_merge(by, review: Review) -> dict[str, str]:
    other = review.merged_into
    if other is None:
        return {"merge_into": "Enter the reference of the entry that takes it over."}
    require(may_edit(by, other))
    if other.pk == review.document_id or other.tier != review.document.tier:
        return {"merge_into": "Enter another entry of the same tier."}
    if other.partnership_id != review.document.partnership_id:
        return {"merge_into": "Enter an entry of the same partnership."}
    if other.governing is None:
        return {"merge_into": f"{other} is not in force, so it cannot take this one over."}
    return {}


def _why_ended(review: Review) -> str:
    if review.merged_into is None:
        return review.outcome_reason
    return f"Merged into {review.merged_into.reference}: {review.outcome_reason}"


def _asked_for_change(review: Review) -> bool:
    wanted = (PartyAnswer.CHANGE, PartyAnswer.LEAVING)
    return review.pk is not None and review.asks.filter(answer__in=wanted).exists()


def _governing_state(document: Document) -> str:
    version = document.governing
    return version.state if version else ""
