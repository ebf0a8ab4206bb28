"""What people see while the database is away or files cannot be kept: one calm page, nothing of the inside."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from register.core.whole_files import why_not_kept
from register.dashboard.typed_words import typed_in
from register.ledger.open_acts import request_id

log = logging.getLogger(__name__)
AWAY = (OperationalError, InterfaceError)
# What PostgreSQL says while it is a copy of another server that is away, and of a connection it ended.
NOT_HERE_NOW = {"25006", "25P03"}
RETRY_AFTER_SECONDS = 30


class DatabaseAwayMiddleware:
    """Answers 503 when a page could not reach the database, or keep a file; the next request tries anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an error of a view that means that database or storage is away."""
        return outage(error, request)


def outage(error: BaseException | None, request: HttpRequest | None = None) -> HttpResponse | None:
    """The page for an error that means that database or storage is away; None for any other."""
    if error is not None and is_away(error):
        return away(error, request)
    if why := why_not_kept(error):
        log.error("A file could not be kept: %s", why)
        return _page("503_files.html", request, why=why)
    return None


def is_away(error: BaseException) -> bool:
    """Whether an error says that the database cannot be reached, or takes nothing in just now."""
    return isinstance(error, AWAY) or getattr(error.__cause__, "pgcode", "") in NOT_HERE_NOW


def away(error: BaseException, request: HttpRequest | None = None) -> HttpResponse:
    """The page that says that the register is away for a moment."""
    log.error("The database is away: %s", error)
    return _page("503.html", request)


def _page(template: str, request: HttpRequest | None, **words: str) -> HttpResponse:
    # Without the request: neither session nor database is asked for anything.
    words |= {"number": request_id.get()}
    response = render(None, template, {"typed": typed_in(request), **words}, status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
