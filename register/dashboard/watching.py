"""Watches every request: one line in the log, and one more in the counts that `/metrics` tells.

Of a request it keeps the name of the page, never the address that was asked for: addresses carry
links that let somebody in, references of restricted entries, and what people searched for.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from django.db import connection
from django.http import HttpRequest, HttpResponse

from register.dashboard.counting import COUNTS
from register.ledger.actors import Actor
from register.ledger.counted import Statements
from register.ledger.logs import write_line
from register.ledger.open_acts import acted

NO_PAGE = "none"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
LOGIN, NOBODY = "login", "nobody"


class WatchingMiddleware:
    """Stands inside the one that gives the request its identifier."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actors: list[Actor] = []
        token, began, statements = acted.set(actors), perf_counter(), Statements()
        try:
            with connection.execute_wrapper(statements):
                response = self.get_response(request)
        finally:
            acted.reset(token)
        _tell(request, response, actors, perf_counter() - began, statements.count)
        return response


def page_of(request: HttpRequest) -> str:
    """The name of the page that a request asked for, such as "dashboard:register"."""
    match = getattr(request, "resolver_match", None)
    return (match.view_name or NO_PAGE) if match else NO_PAGE


def _tell(
    request: HttpRequest, response: HttpResponse, actors: list[Actor], seconds: float, count: int
) -> None:
    page = page_of(request)
    method = request.method if request.method in METHODS else "other"
    kind, key = _who(request, actors)
    COUNTS.note_request(page, str(method), response.status_code, seconds)
    write_line(
        event="request", method=method, route=page, status=response.status_code,
        ms=round(seconds * 1000), statements=count, actor_kind=kind, actor_id=key,
    )  # fmt: skip


def _who(request: HttpRequest, actors: list[Actor]) -> tuple[str, str]:
    """Who acted; else whose login read; nobody is asked for who did not sign in."""
    if actors:
        return actors[-1].kind, actors[-1].id
    user = getattr(request, "_cached_user", None)
    return (LOGIN, str(user.pk)) if user is not None and user.pk else (NOBODY, "")
