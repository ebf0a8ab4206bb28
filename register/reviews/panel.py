"""What reviews add to the page of a document: when it is due, what the last one decided, what to do."""

from __future__ import annotations

from django.urls import reverse

from register.core.dates import add_months, today
from register.documents.models import Version
from register.documents.panels import NextStep, Panel
from register.documents.permissions import may_edit
from register.lists.labels import label
from register.reviews.cycles import cycle_of
from register.reviews.models import EndMove, PartyAsk, Review
from register.reviews.occasions import NOTICE_MONTHS
from register.reviews.permissions import may_open, may_read_review, may_renew
from register.reviews.publication import off_the_public_list


def review_panel(user, version: Version) -> Panel | None:
    """The reviews of what governs, or governed; nothing on a draft."""
    document = version.document
    reviews = list(Review.objects.filter(document=document).order_by("-pk")[:6])
    if not version.is_governing and not reviews:
        return None
    found = next((review for review in reviews if review.is_open), None)
    reads = bool(may_read_review(user, document))
    past = [review for review in reviews if not review.is_open]
    told = [(review, label("review_outcome", review.outcome)) for review in past[:5]]
    context = {"review": found, "past": told, "reads": reads, "version": version}
    if version.is_governing:
        context |= _for_keepers(user, version, found) if may_edit(user, document) else {}
        context["is_off"] = bool(off_the_public_list([document.pk]))
    step = _next_step(version, found) if context.get("may_renew") else None
    return Panel("Reviews", "reviews/_panel.html", context, next_step=step)


def _for_keepers(user, version: Version, review: Review | None) -> dict:
    document = version.document
    context = {
        "may_edit": True,
        "may_renew": may_renew(user, document),
        "may_open": may_open(user, document) if review is None else None,
        "cycle": cycle_of(document),
        "move": EndMove.objects.filter(
            version=version, done_at__isnull=True, withdrawn_at__isnull=True
        ).first(),
    }
    if review is not None:
        asks = list(PartyAsk.objects.filter(review=review).values_list("answered_at", "due_on"))
        context["asked"] = len(asks)
        context["answered"] = sum(answered is not None for answered, _ in asks)
        context["silent"] = sum(not answered and due < today() for answered, due in asks)
    return context


def _next_step(version: Version, review: Review | None) -> NextStep | None:
    document = version.document
    if not document.is_confirmed or document.in_preparation:
        return None
    if review is not None:
        address = reverse("reviews:review", args=[document.reference, review.pk])
        return NextStep("Go on with the review", address)
    due = document.review_on
    if due and add_months(due, -NOTICE_MONTHS) <= today():
        return NextStep("Begin a review", reverse("reviews:begin", args=[document.reference]))
    return None
