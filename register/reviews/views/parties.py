"""The parties in a review, as the officer asks them and writes down what they say."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from register.core.dates import add_months, today
from register.documents.views.conversation import asks, edit_page, refused
from register.reviews import services
from register.reviews.forms import AgainForm, AskForm, HeardForm
from register.reviews.models import PartyAsk, Review
from register.reviews.permissions import may_answer
from register.reviews.views.finding import open_or_refusal, words_of


@asks
def ask(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask the parties by a mailed link."""
    found = open_or_refusal(request, ref, pk)
    parties = services.proposed(found)
    if not parties:
        return refused(request, "Every party is asked already.", status=409)

    def send(row_version: int, **cleaned) -> list[PartyAsk]:
        chosen = set(cleaned.pop("parties"))
        wanted = [each for each in parties if str(each.organisation.pk) in chosen]
        return services.ask_parties(by=request.user, review=found, parties=wanted, **cleaned)

    return edit_page(
        request, partial(AskForm, proposed=parties, lead_id=found.document.lead_id),
        initial={"row_version": found.row_version}, act=send,
        title="Ask the parties", button="Ask the parties",
        done="The parties are asked. Each gets a message with a link of its own.",
        to=_address(found), back=_address(found),
        context=words_of(request, found.document)
        | {"intro": "Each answers without an account: unchanged, something must change, or we no "
           "longer share under it. Who is silent is reminded each week."},
    )  # fmt: skip


@asks
def again(request: HttpRequest, ref: str, pk: int, ask_pk: int) -> HttpResponse:
    """Ask somebody else of a party, or at another address."""
    found, row = _row(request, ref, pk, ask_pk)
    if not (verdict := may_answer(row)):
        return refused(request, verdict.reason, status=409)
    address = getattr(row, "address", None)
    initial = {
        "row_version": row.row_version,
        "name": row.name,
        "email": address.email if address else "",
        "due_on": row.due_on if row.due_on > today() else add_months(today(), 1),
    }
    return edit_page(
        request, AgainForm, initial=initial,
        act=lambda row_version, **said: services.ask_again(by=request.user, ask=row, **said),
        title=f"Ask {row.organisation.called} again", button="Send the link",
        done="The link is on its way. Links sent before no longer work.",
        to=_address(found), back=_address(found), context=words_of(request, found.document),
    )  # fmt: skip


@asks
def heard(request: HttpRequest, ref: str, pk: int, ask_pk: int) -> HttpResponse:
    """Record what a party said by telephone, by letter or at a meeting."""
    found, row = _row(request, ref, pk, ask_pk)
    if not (verdict := may_answer(row)):
        return refused(request, verdict.reason, status=409)
    return edit_page(
        request, HeardForm, initial={"row_version": row.row_version, "name": row.name},
        act=lambda row_version, **said: services.record_answer(by=request.user, ask=row, **said),
        title=f"Record what {row.organisation.called} says", button="Record the answer",
        done="The answer is recorded.", to=_address(found), back=_address(found),
        context=words_of(request, found.document),
    )  # fmt: skip


def _row(request: HttpRequest, ref: str, pk: int, ask_pk: int) -> tuple[Review, PartyAsk]:
    found = open_or_refusal(request, ref, pk)
    rows = found.asks.select_related("organisation", "address")
    row = get_object_or_404(rows, pk=ask_pk)
    row.review = found
    return found, row


def _address(found: Review) -> str:
    return reverse("reviews:review", args=[found.document.reference, found.pk])
