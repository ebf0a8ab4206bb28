"""The page on which a party answers, without an account, by the link that was mailed to it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from register.accounts.access import note_link
from register.consultation import limits
from register.ledger.actors import LINK, Actor
from register.reviews import services
from register.reviews.forms import PartyAnswerForm
from register.reviews.models import PartyAsk
from register.reviews.sections import SECTIONS, words_by_section
from register.reviews.services.links import ask_of
from register.ui.pages import form_page

GONE, TOO_MANY = 410, 429


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: HttpRequest, token: str) -> HttpResponse:
    """Ask a party whether the entry still says what it does. Opening the page changes nothing."""
    if limits.is_shut(request):
        return _plain(request, "consultation/too_much.html", TOO_MANY)
    ask = ask_of(token)
    if ask is None:
        is_over = limits.unknown_link(request)
        return _plain(request, *_dead(is_over))
    if ask.answered_at:
        status = 409 if request.method == "POST" else 200
        return _plain(request, "reviews/answered.html", status, {"ask": ask})
    try:
        answer = _form(request, ask)
    except PermissionDenied:
        return _plain(request, *_dead(False))
    note_link(request, f"{ask.organisation.called}, review of {ask.review.document.reference}")
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _form(request: HttpRequest, ask: PartyAsk) -> HttpResponse:
    excerpts = words_by_section(ask.review.version)
    context = {
        "ask": ask,
        "review": ask.review,
        "document": ask.review.document,
        "version": ask.review.version,
        "sections": [(section.heading, excerpts[section.code]) for section in SECTIONS],
    }

    def give(answer: str, said: str, name: str, is_confirmed: bool = False) -> PartyAsk:
        who = " ".join(name.split()) or ask.organisation.called
        actor = Actor(LINK, f"review-ask-{ask.pk}", who[:300])
        return services.answer(
            by=actor, ask=ask, answer=answer, said=said, name=name, is_confirmed=is_confirmed
        )

    return form_page(
        request, PartyAnswerForm, act=give, title=ask.review.version.title,
        initial={"name": ask.name}, button="Send the answer", to=request.path,
        template="reviews/guest.html", context=context,
    )  # fmt: skip


def _dead(is_over: bool) -> tuple[str, int]:
    return ("consultation/too_much.html", TOO_MANY) if is_over else ("reviews/gone.html", GONE)


def _plain(request: HttpRequest, template: str, status: int, context=None) -> HttpResponse:
    typed = [
        (name.capitalize(), value)
        for name, value in request.POST.items()
        if name in {"said", "name"} and value
    ]
    answer = render(request, template, {"typed": typed, **(context or {})}, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
