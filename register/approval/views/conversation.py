"""How these pages find who is here and what is asked, and how they say no."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from register.approval import here as presence
from register.approval import sittings
from register.approval.forms import LostForm
from register.approval.here import Here
from register.core.conflicts import Conflict
from register.documents.comparing import compare
from register.signing.emails import about
from register.signing.models import SigningRequest
from register.signing.permissions import may_answer

UNKNOWN, REFUSED, MOVED = 403, 403, 409
_UNTOLD = {"csrfmiddlewaretoken", "text_sha256", "statement_sha256", "code"}


def open_page(*methods: str) -> Callable[[Callable], Callable]:
    """A page for everybody, which no browser and no proxy keeps."""

    def dress(view: Callable) -> Callable:
        return login_not_required(never_cache(require_http_methods(methods)(view)))

    return dress


def page(*methods: str) -> Callable[[Callable], Callable]:
    """A page for whoever is here: the view gets them after the request."""

    def dress(view: Callable) -> Callable:
        @open_page(*methods)
        @wraps(view)
        def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            here = presence.anybody(request)
            if here is None or not _has_cause(here):
                return nobody(request)
            try:
                return view(request, here, *args, **kwargs)
            except PermissionDenied as no:
                return refused(request, str(no), REFUSED)

        return answered

    return dress


def asked_page(*methods: str) -> Callable[[Callable], Callable]:
    """A page about one request, for the person who is asked: the view gets both."""

    def dress(view: Callable) -> Callable:
        @open_page(*methods)
        @wraps(view)
        def answered(request: HttpRequest, pk: int, **kwargs) -> HttpResponse:
            if not presence.everybody(request):
                return nobody(request)
            asked = find(pk)
            here = presence.for_request(request, asked)
            if here is None:
                raise Http404("Somebody else is asked.")
            try:
                return view(request, here, asked, **kwargs)
            except PermissionDenied as no:
                return refusal(request, here, asked, str(no))
            except Conflict as conflict:
                return moved_on(request, here, asked, conflict.sentence)

        return answered

    return dress


def find(pk: int) -> SigningRequest:
    """A request with all that its pages say of it; Http404 where there is none."""
    rows = SigningRequest.objects.select_related(
        "person__contact", "slot__organisation", "slot__post", "slot__version__body",
        "slot__version__round__officer__contact", "slot__version__document__partnership",
    )  # fmt: skip
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404("No such request.")
    return found


def nobody(request: HttpRequest) -> HttpResponse:
    """Nobody is here: open the link again, sign in, or ask for a new link."""
    words = {"title": "Open your link again", "form": LostForm(), "typed": _typed(request)}
    return render(request, "approval/nobody.html", words, status=UNKNOWN)


def refused(request: HttpRequest, reason: str, status: int, **words) -> HttpResponse:
    """A no with its reason, and with what was typed, to copy."""
    words = {"title": "You cannot do this now", "reason": reason, "typed": _typed(request), **words}
    return render(request, "approval/refused.html", words, status=status)


def refusal(
    request: HttpRequest, here: Here, asked: SigningRequest, reason: str
) -> HttpResponse:  # fmt: skip
    """A no about one request: 409 where it has moved on, 403 where the person may not."""
    fresh = find(asked.pk)
    newest = fresh.slot.newest_row
    has_moved = not may_answer(here.signer, fresh) or (newest is not None and newest.counts)
    if has_moved:
        return moved_on(request, here, fresh, reason)
    return refused(request, reason, REFUSED, **about(fresh.slot.version))


def moved_on(request: HttpRequest, here: Here, asked: SigningRequest, reason: str) -> HttpResponse:
    """What was opened stands no longer: what is different in the text that now waits, and the way to it."""
    version = asked.slot.version
    later = _later(asked, here)
    words = {
        "title": "This has changed",
        "reason": reason,
        "typed": _typed(request),
        "later": later,
        "asked": asked,
        **about(version),
    }
    if later is not None and later.slot.version_id != version.pk:
        words["difference"] = compare(version, later.slot.version)
    return render(request, "approval/moved_on.html", words, status=MOVED)


def _later(asked: SigningRequest, here: Here) -> SigningRequest | None:
    """What waits for the person in the same document now, if anything does."""
    rows = SigningRequest.objects.of(here.person).select_related("slot__version__body")
    document = asked.slot.version.document_id
    return rows.filter(slot__version__document=document).order_by("-slot__version__number").first()


def _has_cause(here: Here) -> bool:
    return here.sitting is None or sittings.has_cause(here.sitting)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name.replace("_", " ").capitalize(), str(text))
        for name, text in request.POST.items()
        if text and name not in _UNTOLD and not name.startswith("is_")
    ]
