"""What is done with one request or many: remind now, give more time, cancel."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from register.chasing import services
from register.chasing.forms import CancelForm, ExtendForm
from register.chasing.reading import chosen
from register.chasing.services.chasing import NOBODY
from register.core.verdicts import require
from register.documents.permissions import may_edit
from register.documents.views.conversation import asks, edit_page
from register.signing import services as signing
from register.signing.models import SigningRequest

AT_ONCE = 200


@require_POST
def chase(request: HttpRequest) -> HttpResponse:
    """What the buttons under a list do with the ticked people: remind now, or ask what else is needed."""
    only = request.POST.get("only", "")
    keys = [only] if only else request.POST.getlist("request")[:AT_ONCE]
    rows = chosen(request.user, keys)
    back = _back(request, request.POST.get("next", ""))
    act = request.POST.get("act", "")
    if not rows:
        return _problem(request, NOBODY, back)
    if act in ("extend", "cancel"):
        query = urlencode({"request": ",".join(str(row.pk) for row in rows), "next": back})
        return redirect(f"{reverse(f'chasing:{act}')}?{query}")
    return _remind(request, rows, back)


@asks
def extend(request: HttpRequest) -> HttpResponse:
    """Give more time to sign in the versions of some requests."""
    rows, back = _asked_for(request)
    if not rows:
        return _problem(request, NOBODY, back)
    entries = sorted({row.slot.version.document.reference for row in rows})
    return edit_page(
        request, ExtendForm,
        act=partial(services.extend_many, by=request.user, requests=rows),
        title="Give more time to sign", button="Give more time", to=back, back=back,
        done="The new day to sign by is set. Reminders go by it.",
        context={
            "rows": rows,
            "intro": f"The new day holds for everybody who is still to sign {_and(entries)}.",
        },
        template="chasing/act.html",
    )  # fmt: skip


@asks
def cancel(request: HttpRequest) -> HttpResponse:
    """Cancel some requests: their links die, and the places to sign stay open."""
    rows, back = _asked_for(request)
    if not rows:
        return _problem(request, NOBODY, back)
    count = f"{len(rows)} {'request' if len(rows) == 1 else 'requests'}"
    return edit_page(
        request, CancelForm,
        act=partial(services.cancel_many, by=request.user, requests=rows),
        title=f"Cancel {count} to sign?", button=f"Cancel {count}", to=back, back=back,
        done=f"{count.capitalize()} cancelled.",
        context={
            "rows": rows,
            "danger": True,
            "intro": "The links stop working at once. The places to sign stay open for somebody else.",
        },
        template="chasing/act.html",
    )  # fmt: skip


def _remind(request: HttpRequest, rows: list[SigningRequest], back: str) -> HttpResponse:
    people = len({row.person_id for row in rows if row.asked_at})
    try:
        sent = signing.remind(by=request.user, requests=rows)
    except ValidationError as error:
        return _problem(request, " ".join(error.messages), back)
    if sent:
        messages.success(request, f"{sent} {'reminder is' if sent == 1 else 'reminders are'} sent.")
    if sent < people:
        left = people - sent
        who = "One person was" if left == 1 else f"{left} people were"
        messages.info(
            request,
            f"{who} not reminded: they had a reminder today, or have no e-mail address on record.",
        )
    return redirect(back)


def _asked_for(request: HttpRequest) -> tuple[list[SigningRequest], str]:
    rows = chosen(request.user, [request.GET.get("request", "")])
    for row in {row.slot.version_id: row for row in rows}.values():
        require(may_edit(request.user, row.slot.version.document))
    return rows, _back(request, request.GET.get("next", ""))


def _problem(request: HttpRequest, sentence: str, back: str) -> HttpResponse:
    context = {"title": "There is a problem", "sentence": sentence, "back": back}
    return render(request, "chasing/problem.html", context, status=422)


def _back(request: HttpRequest, wanted: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and is_ours else reverse("chasing:waiting")


def _and(words: list[str]) -> str:
    return (
        words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
    )
