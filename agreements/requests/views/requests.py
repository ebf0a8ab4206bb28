"""Pages of requests: the list, a record, and each thing that is done to it."""

from __future__ import annotations

from functools import partial

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agreements.requests import permissions, reading
from agreements.requests.forms import (
    DecisionEditForm,
    DecisionForm,
    LawForm,
    ListFilter,
    RequestAddForm,
    RequestEditForm,
    SharedForm,
    WeighForm,
    WithdrawForm,
)
from agreements.requests.models import DECIDED, Decision, SharingRequest
from agreements.requests.services import requests as services
from agreements.requests.views.places import AgainForm, bodies_in, name_and_post, place_of
from register.core.dates import today
from register.core.verdicts import Verdict, require
from register.directory.permissions import visible_partnerships
from register.directory.views.conversation import asks, belongs, facts_of, history_page
from register.ledger.models import Entry
from register.ui.listing import page_of, size_of
from register.ui.pages import form_page

ORDER = ["-received_on", "-pk"]
RELATED = ("asking", "deciding", "partnership")


@require_safe
@belongs
def listing(request: HttpRequest) -> HttpResponse:
    """The requests that the reader may know of, the newest first."""
    mine = SharingRequest.objects.visible_to(request.user)
    form = ListFilter(request.GET)
    is_understood = form.is_valid()
    rows = _chosen(mine, form.cleaned_data).select_related(*RELATED)
    asked = request.GET.dict()
    page = page_of(rows, order=ORDER, asked=asked, size=size_of(asked))
    for row in page.rows:
        row.colour = reading.colour_of(row)
    context = {
        "title": "Requests",
        "page": page,
        "asked": form.cleaned_data,
        "is_understood": is_understood,
        "decisions": Decision.choices,
        "asking": bodies_in(mine, "asking"),
        "deciding": bodies_in(mine, "deciding"),
        "years": [day.year for day in mine.dates("received_on", "year", order="DESC")],
        "partnerships": list(visible_partnerships(request.user).order_by("name", "pk")),
        "may_record": permissions.may_record_anything(request.user),
    }
    return render(request, "requests/requests.html", context)


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """A request, as far as the reader may read it, with what may be done to it."""
    found, user = request_or_404(request, pk), request.user
    weighing = permissions.may_read_weighing(user, found)
    context = {
        "title": f"Request {found.reference}",
        "row": found,
        "colour": reading.colour_of(found),
        "sections": [
            ("What is asked", reading.asked_of(found)),
            ("Law and handling", reading.law_of(found)),
            ("Weighing", reading.weighing_of(found) if weighing else []),
        ],
        "decision": reading.decision_of(found),
        "agreement": reading.readable_agreement(user, found.agreement_id),
        "reads_weighing": weighing,
        "may_correct": permissions.may_correct(user, found),
        "may_weigh": permissions.may_weigh(user, found),
        "may_decide": permissions.may_decide(user, found),
        "may_correct_decision": permissions.may_correct_decision(user, found),
        "may_withdraw": permissions.may_withdraw(user, found),
        "may_show": permissions.may_show(user, found),
        "waits_for_sharing": found.decision in DECIDED[:2] and not found.shared_on,
    }
    return render(request, "requests/request.html", context)


@asks
def add(request: HttpRequest) -> HttpResponse:
    """Record a request, as the body that asks or as the body that decides."""
    place = place_of(request)
    name, post = name_and_post(request.user)
    return form_page(
        request,
        partial(RequestAddForm, user=request.user),
        act=partial(services.record_request, by=request.user, partnership=place.partnership),
        title="Record a request",
        button="Record the request",
        done="The request is recorded.",
        to=lambda made: made.get_absolute_url(),
        back=reverse("requests:requests"),
        template="requests/add.html",
        initial={
            "asking": place.own_body,
            "requester_name": name,
            "requester_post": post,
            "received_on": today(),
        },
        context={"place": place},
    )


@asks
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was asked."""
    found = request_or_404(request, pk)
    return _page(
        request, found, RequestEditForm, services.correct_request,
        permissions.may_correct(request.user, found),
        title=f"Correct request {found.reference}", button="Save the request",
        done="The request is saved.", initial=facts_of(found, services.ASKED),
    )  # fmt: skip


@asks
def law(request: HttpRequest, pk: int) -> HttpResponse:
    """The law named for a request, and how the data would be handled."""
    found = request_or_404(request, pk)
    return _page(
        request, found, partial(LawForm, user=request.user), services.correct_request,
        permissions.may_correct(request.user, found),
        title="Law and handling", button="Save law and handling",
        done="Law and handling are saved.",
        initial={
            **facts_of(found, [name for name in services.LAW if name != "agreement"]),
            "agreement": reading.readable_agreement(request.user, found.agreement_id),
        },
    )  # fmt: skip


@asks
def weigh(request: HttpRequest, pk: int) -> HttpResponse:
    """What the deciding body weighs."""
    found = request_or_404(request, pk)
    return _page(
        request, found, WeighForm, services.weigh_request,
        permissions.may_weigh(request.user, found),
        title="What you weighed", button="Save what you weighed",
        done="What you weighed is saved.", initial=facts_of(found, services.WEIGHED),
        context={"intro": "Your body alone reads this, unless it shows the request to partners."},
    )  # fmt: skip


@asks
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide a request."""
    found, user = request_or_404(request, pk), request.user
    # Whoever comes second with a decision is shown the first one, not a closed door.
    ask = permissions.may_weigh if request.method == "POST" else permissions.may_decide
    name, post = name_and_post(user)
    return _page(
        request, found, DecisionForm, services.decide, ask(user, found),
        title=f"Decide request {found.reference}", button="Record the decision",
        done="The decision is recorded.",
        initial={
            "row_version": found.row_version, "decider_name": name, "decider_post": post,
            "decided_on": today(),
        },
        context={
            "intro": "The duty to share is as important as the duty to protect. The charter "
            "knows two grounds for keeping data back: a legal one and an ethical one."
        },
    )  # fmt: skip


@asks
def correct_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a decision, with the reason."""
    found = request_or_404(request, pk)
    return _page(
        request, found, DecisionEditForm, services.correct_decision,
        permissions.may_correct_decision(request.user, found),
        title=f"Correct the decision on {found.reference}", button="Save the decision",
        done="The decision is saved.", initial=facts_of(found, services.DECISION),
    )  # fmt: skip


@asks
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a request."""
    found = request_or_404(request, pk)
    return _page(
        request, found, WithdrawForm, services.withdraw,
        permissions.may_withdraw(request.user, found),
        title=f"Withdraw request {found.reference}", button="Withdraw the request",
        done="The request is withdrawn.", context={"danger": True},
    )  # fmt: skip


@asks
def shared(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the day on which the data went."""
    found = request_or_404(request, pk)
    return _page(
        request, found, SharedForm, services.record_sharing,
        permissions.may_correct_decision(request.user, found),
        title="When were the data shared?", button="Save the day",
        done="The day is saved.",
        initial={"row_version": found.row_version, "shared_on": today()},
    )  # fmt: skip


@asks
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a decided request to the partners, or no longer."""
    found = request_or_404(request, pk)
    is_shown = not found.is_shown_to_partners
    intro = (
        "Everybody in the partnership will read the whole record: what was asked, what you "
        "weighed, the decision and its history."
        if is_shown
        else "Partners will again read counts only."
    )
    return _page(
        request, found, AgainForm, partial(services.show_to_partners, is_shown=is_shown),
        permissions.may_show(request.user, found),
        title=f"Show {found.reference} to the partners" if is_shown else "Show it no longer",
        button="Show the request" if is_shown else "Show it no longer",
        done="Partners can read the request." if is_shown else "Partners read counts only.",
        context={"intro": intro},
    )  # fmt: skip


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who did what to a request; for those who read how it was weighed."""
    found = request_or_404(request, pk)
    return history_page(
        request,
        Entry.objects.about(found),
        title=f"History of {found.reference}",
        back=found.get_absolute_url(),
        verdict=permissions.may_read_weighing(request.user, found),
    )


def request_or_404(request: HttpRequest, pk: int) -> SharingRequest:
    """A request that the reader may know of."""
    rows = SharingRequest.objects.visible_to(request.user).select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def _page(
    request, found, form_class, act, verdict: Verdict, *, initial=None, **words
) -> HttpResponse:
    require(verdict)
    return form_page(
        request,
        form_class,
        act=partial(act, by=request.user, request=found),
        initial=initial or {"row_version": found.row_version},
        to=found.get_absolute_url(),
        back=found.get_absolute_url(),
        **words,
    )


def _chosen(rows: QuerySet, asked: dict) -> QuerySet:
    if asked.get("state"):
        waits = asked["state"] == "waiting"
        rows = rows.filter(decision="") if waits else rows.exclude(decision="")
    for name in ("decision", "asking", "deciding"):
        if asked.get(name):
            rows = rows.filter(**{name: asked[name]})
    return rows.filter(received_on__year=asked["year"]) if asked.get("year") else rows
