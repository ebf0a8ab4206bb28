"""Coming in by a link: what it is about, a code, and the way to the text. A GET changes nothing."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from register.approval import here as presence
from register.approval import services, sittings
from register.approval.codes import why_not
from register.approval.forms import CodeForm, LostForm
from register.approval.views.conversation import open_page
from register.signing import services as signing
from register.signing.emails import about
from register.signing.models import Method, SigningRequest, SignLink
from register.signing.permissions import is_shut_out

GONE, TOO_MANY, UNPROCESSABLE = 410, 429, 422
DEVICE = "__Host-device" if settings.SECURE else "device"
DEVICES = 5


@open_page("GET", "HEAD", "POST")
def landing(request: HttpRequest, token: str) -> HttpResponse:
    """What a link is about; on a known device straight to the text; a POST sends a code."""
    link, no = _opened(request, token)
    if link is None:
        return no
    if request.method == "POST":
        return _send_code(request, link, token)
    if _is_in(request, link):
        return redirect(_target(link))
    if request.method == "GET" and _knows_device(request, link):
        _begin(request, link, Method.LINK_DEVICE)
        return redirect(_target(link))
    return render(request, "approval/link.html", _words(link, token))


@open_page("GET", "HEAD", "POST")
def code(request: HttpRequest, token: str) -> HttpResponse:
    """The one field: the code that was mailed. The page outlives the wait for it."""
    link, no = _opened(request, token)
    if link is None:
        return no
    if request.method != "POST" and _is_in(request, link):
        return redirect(_target(link))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if signing.check_code(link, form.cleaned_data["code"]):
            return _come_in(request, link, form.cleaned_data["is_own"])
        services.note_wrong_code(link.person, **_from(request))
        form.add_error("code", why_not(link))
    status = UNPROCESSABLE if form.is_bound else 200
    words = {**_words(link, token), "title": "Enter your code", "form": form}
    return render(request, "approval/code.html", words, status=status)


@open_page("POST")
def new_link(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link in the place of a dead one; says the same whether it ever lived."""
    if not services.may_try(presence.address_of(request)):
        return _too_many(request)
    services.count_guess(presence.address_of(request))
    signing.ask_new_link(token)
    return render(request, "approval/on_its_way.html", {"title": "Look at your messages"})


@open_page("GET", "HEAD", "POST")
def lost(request: HttpRequest) -> HttpResponse:
    """Send a new link to an address, where something waits; says the same for every address."""
    form = LostForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if not services.may_try(presence.address_of(request)):
            return _too_many(request)
        services.count_guess(presence.address_of(request))
        signing.ask_new_link_at(form.cleaned_data["email"])
        return render(request, "approval/on_its_way.html", {"title": "Look at your messages"})
    words = {"title": "Get a new link", "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "approval/lost.html", words, status=status)


def _opened(request: HttpRequest, token: str) -> tuple[SignLink | None, HttpResponse]:
    address = presence.address_of(request)
    if not services.may_try(address):
        return None, _too_many(request)
    link = signing.open_link(token)
    if link is not None and not is_shut_out(link.person):
        return link, HttpResponse()
    if not SignLink.objects.filter(token_sha256=signing.hashed(token)).exists():
        services.count_guess(address)
    words = {"title": "This link does not work any more", "token": token}
    return None, render(request, "approval/dead.html", words, status=GONE)


def _send_code(request: HttpRequest, link: SignLink, token: str) -> HttpResponse:
    if signing.send_code(link):
        messages.success(request, "A code is on its way to you by e-mail.")
        return redirect("approval:code", token)
    form = CodeForm()
    says = "You asked for many codes in the last hour. Use the newest, or wait for an hour."
    words = {**_words(link, token), "title": "Enter your code", "form": form, "too_many": says}
    return render(request, "approval/code.html", words, status=TOO_MANY)


def _come_in(request: HttpRequest, link: SignLink, is_own: bool) -> HttpResponse:
    _begin(request, link, Method.LINK_CODE)
    response = redirect(_target(link))
    if is_own:
        _remember(request, response, link)
    return response


def _begin(request: HttpRequest, link: SignLink, method: str) -> None:
    sittings.begin(request, link.person, method)
    services.note_sitting(link.person, method, **_from(request))


def _is_in(request: HttpRequest, link: SignLink) -> bool:
    return any(here.person.pk == link.person_id for here in presence.everybody(request))


def _knows_device(request: HttpRequest, link: SignLink) -> bool:
    return any(signing.is_known_device(link.person, each) for each in _devices(request))


def _devices(request: HttpRequest) -> list[str]:
    """A browser may be the own device of several people, such as a chief's and a deputy's."""
    return [each for each in request.COOKIES.get(DEVICE, "").split(".")[:DEVICES] if each]


def _remember(request: HttpRequest, response: HttpResponse, link: SignLink) -> None:
    token = signing.remember_device(link.person, presence.browser_of(request))
    kept = ".".join([token, *_devices(request)][:DEVICES])
    response.set_cookie(
        DEVICE, kept, max_age=signing.DEVICE_DAYS * 24 * 60 * 60, secure=settings.SECURE,
        httponly=True, samesite="Lax", path="/",
    )  # fmt: skip


def _target(link: SignLink) -> str:
    waiting = signing.waiting_for(link)
    if link.request_id or len(waiting) == 1:
        return reverse("approval:review", args=[waiting[0].pk])
    return reverse("approval:tray")


def _words(link: SignLink, token: str) -> dict:
    waiting: list[SigningRequest] = signing.waiting_for(link)
    first = waiting[0]
    # A link to one document names no other: whoever reads the mailbox learns no more than the message.
    shown = waiting[:1] if link.request_id else waiting
    return {
        "title": first.slot.version.title if len(shown) == 1 else f"{len(shown)} wait for you",
        "token": token,
        "asked": first,
        "shown": shown,
        "more": len(waiting) - len(shown),
        **about(first.slot.version),
    }


def _from(request: HttpRequest) -> dict[str, str]:
    return {"ip": presence.address_of(request), "browser": presence.browser_of(request)}


def _too_many(request: HttpRequest) -> HttpResponse:
    says = "Too many links were tried from where you are. Wait for an hour, and try again."
    words = {"title": "Wait for an hour", "reason": says}
    return render(request, "approval/refused.html", words, status=TOO_MANY)
