"""Who holds reviews, answers for a party and sets cycles; every no carries its reason."""

from __future__ import annotations

from django.db.models import Q

from register.accounts.roles import EDIT_FOR
from register.core.verdicts import YES, Verdict, no
from register.directory.models import Partnership
from register.directory.reach import reach_of
from register.documents.models import Document
from register.documents.permissions import may_edit, may_read_notes
from register.reviews.models import PartyAsk, Review


def may_set_cycles(by, partnership: Partnership) -> Verdict:
    """Whether somebody may set the review cycles of a partnership: its register officers."""
    if reach_of(by).may_edit_all(partnership.pk):
        return YES
    return no(f"Only register officers of {partnership} set its review cycles.")


def may_open(by, document: Document) -> Verdict:
    """Whether somebody may open a review: who keeps the entry, while it is in force and none is open."""
    verdict = may_edit(by, document)
    if not verdict:
        return verdict
    if document.governing is None:
        return no("Only what is in force is reviewed.")
    if not document.is_confirmed:
        return no("Confirm the entry first: it came from an old register.")
    if Review.objects.open().filter(document=document).exists():
        return no("A review of it is open already.")
    return YES


def may_renew(by, document: Document) -> Verdict:
    """Whether somebody may renew an entry unchanged: who keeps it, while it is in force."""
    verdict = may_edit(by, document)
    if not verdict:
        return verdict
    if document.governing is None:
        return no("Only what is in force is renewed.")
    return (
        YES
        if document.is_confirmed
        else no("Confirm the entry first: it came from an old register.")
    )


def may_work_on(by, review: Review) -> Verdict:
    """Whether somebody may answer, ask and close in a review: who keeps the entry, while it is open."""
    verdict = may_edit(by, review.document)
    if verdict and not review.is_open:
        return no(f"{review.closed_by_name} has closed this review.")
    return verdict


def may_read_review(by, document: Document) -> Verdict:
    """Whether somebody may read what was found in reviews: who keeps the entry, and the office."""
    return may_read_notes(by, document=document)


def read_reviews(by) -> Q:
    """The condition on reviews that somebody may read: of entries of their lead bodies or partnership."""
    reach = reach_of(by)
    if reach.sees_everything:
        return Q()
    led = Q(document__lead_id__in=reach.bodies(EDIT_FOR))
    return led | Q(document__partnership_id__in=reach.whole)


def may_answer(ask: PartyAsk) -> Verdict:
    """Whether a party may still answer: the review is open and it has not."""
    if not ask.review.is_open:
        return no("The review is closed.")
    if ask.answered_at:
        return no(f"{ask.answered_by} has answered for {ask.organisation} already.")
    return YES
