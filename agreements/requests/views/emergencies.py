"""Pages of emergency shares: the list with the reviews that are due, one page to record, the review."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agreements.requests import permissions, reading
from agreements.requests.emergency_forms import EmergencyEditForm, EmergencyForm, ReviewForm
from agreements.requests.models import AgreementNeed, EmergencyShare
from agreements.requests.services import emergencies as services
from agreements.requests.views.places import name_and_post, place_of
from register.core.dates import LONDON, now, today
from register.core.verdicts import require
from register.directory.views.conversation import asks, belongs, facts_of, history_page
from register.ledger.models import Entry
from register.ui.listing import count_of, page_of, size_of
from register.ui.pages import form_page

RELATED = ("giver", "receiver", "partnership", "review")
SHOWN = 25


@require_safe
@belongs
def listing(request: HttpRequest) -> HttpResponse:
    """The reviews that are due, then the emergency shares of the reader's bodies."""
    mine = EmergencyShare.objects.visible_to(request.user).select_related(*RELATED)
    asked = request.GET.dict()
    due = mine.to_be_reviewed()
    context = {
        "title": "Emergency shares",
        "due": list(due.order_by("review_due_on", "pk")[:SHOWN]),
        "due_count": count_of(due)[0],
        "overdue_count": count_of(mine.overdue(today()))[0],
        "page": page_of(mine, order=["-shared_at", "-pk"], asked=asked, size=size_of(asked)),
        "may_record": permissions.may_record_anything(request.user),
    }
    return render(request, "requests/emergencies.html", context)


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """An emergency share with its review, and what is to be done."""
    found, user = share_or_404(request, pk), request.user
    review = found.reviewed
    context = {
        "title": f"Emergency share {found.reference}",
        "row": found,
        "share": reading.share_of(found),
        "review": reading.review_of(found),
        "agreement": reading.readable_agreement(user, review.agreement_id) if review else None,
        "needs_agreement": bool(review) and review.agreement_need == AgreementNeed.NEEDED,
        "may_keep": permissions.may_keep_share(user, found),
        "may_review": permissions.may_review(user, found),
        "start": _start_address(found),
    }
    return render(request, "requests/emergency.html", context)


@asks
def add(request: HttpRequest) -> HttpResponse:
    """Record an emergency share, on one page."""
    place = place_of(request)
    name, post = name_and_post(request.user)
    return form_page(
        request,
        partial(EmergencyForm, user=request.user),
        act=partial(services.record_share, by=request.user, partnership=place.partnership),
        title="Record an emergency share",
        button="Record the share",
        done="The share is recorded. Its review is due in five working days.",
        to=lambda made: made.get_absolute_url(),
        back=reverse("requests:emergencies"),
        template="requests/add.html",
        initial={
            "giver": place.own_body,
            "decider_name": name,
            "decider_post": post,
            "shared_on": today(),
            "shared_time": f"{now().astimezone(LONDON):%H:%M}",
        },
        context={"place": place, "is_emergency": True},
    )


@asks
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an emergency share."""
    found = share_or_404(request, pk)
    require(permissions.may_keep_share(request.user, found))
    at = found.shared_at.astimezone(LONDON)
    return _page(
        request,
        found,
        partial(EmergencyEditForm, user=request.user),
        services.correct_share,
        title=f"Correct {found.reference}",
        button="Save the share",
        done="The share is saved.",
        initial={
            **facts_of(found, services.FACTS),
            "shared_on": at.date(),
            "shared_time": f"{at:%H:%M}",
        },
    )


@asks
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Look back at an emergency share."""
    found, user = share_or_404(request, pk), request.user
    # Whoever comes second is shown what the first wrote.
    ask = permissions.may_keep_share if request.method == "POST" else permissions.may_review
    require(ask(user, found))
    name, post = name_and_post(user)
    return _page(
        request,
        found,
        partial(ReviewForm, user=user),
        services.review_share,
        title=f"Review {found.reference}",
        button="Record the review",
        done="The review is recorded.",
        initial={
            "row_version": found.row_version,
            "reviewer_name": name,
            "reviewer_post": post,
        },
        context={"intro": "Look back without blame: what is learnt helps the next time."},
    )


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who did what to an emergency share."""
    found = share_or_404(request, pk)
    title = f"History of {found.reference}"
    entries = Entry.objects.about(found)
    return history_page(request, entries, title=title, back=found.get_absolute_url())


def share_or_404(request: HttpRequest, pk: int) -> EmergencyShare:
    """An emergency share that the reader may know of."""
    rows = EmergencyShare.objects.visible_to(request.user).select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def _page(request, found, form_class, act, **words) -> HttpResponse:
    return form_page(
        request,
        form_class,
        act=partial(act, by=request.user, share=found),
        to=found.get_absolute_url(),
        back=found.get_absolute_url(),
        **words,
    )


def _start_address(share: EmergencyShare) -> str:
    query = f"partnership={share.partnership.slug}&lead={share.giver_id}&party={share.receiver_id}"
    return f"{reverse('documents:start', args=[3])}?{query}"
