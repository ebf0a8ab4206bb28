"""The pages of a consultation for people who sign in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from register.consultation.views import reading
from register.consultation.views.desk import Closed, Desk, desk_of
from register.documents.views.conversation import asks


def _at_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def found(request: HttpRequest, ref: str, **more) -> HttpResponse:
        try:
            desk = desk_of(request, ref)
        except Closed:
            return reading.gone_page(request)
        return view(request, desk, **more)

    return found


@require_safe
@_at_desk
def read(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The draft with what was said about it."""
    return reading.read_page(request, desk)


@asks
@_at_desk
def comment(request: HttpRequest, desk: Desk, part: str) -> HttpResponse:
    """Comment on a part."""
    return reading.comment_page(request, desk, part)


@asks
@_at_desk
def respond(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Say what one thinks of the whole draft."""
    return reading.respond_page(request, desk)


@require_safe
@_at_desk
def word(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The draft as a Word file."""
    return reading.word_answer(desk)


@require_safe
@_at_desk
def file(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The governing file of the draft, where its text is one."""
    return reading.governing_answer(desk)
