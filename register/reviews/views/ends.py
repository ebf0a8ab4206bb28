"""Moving a fixed end date by the recorded consent of every party."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from register.core.dates import words
from register.documents.lifecycle import GOVERNING
from register.documents.models import Document
from register.documents.views.conversation import asks, edit_page, refused
from register.reviews import services
from register.reviews.forms import ConsentForm, EndDateForm
from register.reviews.models import EndMove
from register.reviews.views.finding import kept, words_of


@asks
def end_date(request: HttpRequest, ref: str) -> HttpResponse:
    """Propose another end date; while one is proposed, who has consented and who has not."""
    document = kept(request, ref)
    version = document.governing
    if version is None:
        return refused(request, "Only what is in force has an end date to move.", status=409)
    context = words_of(request, document)
    if (move := _open(document)) is not None:
        context |= {"move": move, "waited": services.waited_for(move),
                    "consents": list(move.consents.select_related("organisation"))}  # fmt: skip
    now_ends = (
        f"It ends on {words(version.ends_on)}." if version.ends_on else "It has no fixed end."
    )
    return edit_page(
        request, EndDateForm, initial={"to_on": version.ends_on},
        act=partial(services.propose_end, by=request.user, document=document),
        title="End date", button="Propose the end date",
        done="The end date is proposed. Record each party's consent as it comes.",
        to=reverse("reviews:end_date", args=[ref]), back=document.get_absolute_url(),
        template="reviews/end_date.html",
        context=context
        | {"intro": f"{now_ends} The day moves when every party has consented, or by a new version. "
           "A review without change does not move it."},
    )  # fmt: skip


@asks
def consent(request: HttpRequest, ref: str, body: int) -> HttpResponse:
    """Record the consent of a party."""
    document = kept(request, ref)
    move = _open(document)
    if move is None:
        return refused(request, "No other end date is proposed.", status=409)
    found = next((each for each in services.waited_for(move) if each.pk == body), None)
    if found is None:
        return refused(request, "The consent of that party is not waited for.", status=409)
    to = f"to end on {words(move.to_on)}" if move.to_on else "to have no fixed end"
    return edit_page(
        request, ConsentForm,
        act=partial(services.record_consent, by=request.user, move=move, organisation=found),
        title=f"Consent of {found.called}", button="Record the consent",
        done="The consent is recorded.", to=reverse("reviews:end_date", args=[ref]),
        back=reverse("reviews:end_date", args=[ref]),
        context=words_of(request, document) | {"intro": f"It is proposed {to}: {move.reason}"},
    )  # fmt: skip


@require_POST
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Withdraw the proposed end date."""
    document = kept(request, ref)
    move = _open(document)
    if move is None:
        return refused(request, "No other end date is proposed.", status=409)
    try:
        services.withdraw_end(by=request.user, move=move)
    except ValidationError as error:
        return refused(request, " ".join(error.messages), status=409)
    messages.success(request, "The proposal is withdrawn. The end date stays as it is.")
    return redirect(document.get_absolute_url())


def _open(document: Document) -> EndMove | None:
    # A proposal about a version that no longer governs moves nothing any more.
    rows = EndMove.objects.filter(version__document=document, version__state__in=GOVERNING)
    rows = rows.filter(done_at=None, withdrawn_at=None)
    return rows.select_related("version__document").first()
