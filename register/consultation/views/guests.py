"""The pages of a consultation for people without an account, by the link that was mailed to them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from register.accounts.access import note_link
from register.consultation import limits
from register.consultation.services.links import holder_of
from register.consultation.views import reading
from register.consultation.views.desk import Desk, guests_desk


def _by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find who holds a link; a dead one and an unknown one get the same answer. Reading changes nothing."""

    @wraps(view)
    def found(request: HttpRequest, token: str, **more) -> HttpResponse:
        if limits.is_shut(request):
            return reading.too_much(request)
        consultee = holder_of(token)
        if consultee is None:
            is_over = limits.unknown_link(request)
            return reading.too_much(request) if is_over else reading.gone_page(request)
        if request.method == "POST" and limits.written(consultee.pk):
            return reading.too_much(request)
        try:
            answer = view(request, guests_desk(consultee, token), **more)
        except PermissionDenied:
            return reading.gone_page(request)
        note_link(request, f"{consultee.name}, draft of {consultee.version.document.reference}")
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return login_not_required(never_cache(found))


@_by_link
@require_safe
def read(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The draft with what was said about it."""
    return reading.read_page(request, desk)


@_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, desk: Desk, part: str) -> HttpResponse:
    """Comment on a part."""
    return reading.comment_page(request, desk, part)


@_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Say what one thinks of the whole draft."""
    return reading.respond_page(request, desk)


@_by_link
@require_safe
def word(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The draft as a Word file."""
    return reading.word_answer(desk)


@_by_link
@require_safe
def file(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The governing file of the draft, where its text is one."""
    return reading.governing_answer(desk)
