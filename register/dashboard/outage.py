"""What people see while the database is away: one calm page, and nothing of the inside."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger(__name__)
AWAY = (OperationalError, InterfaceError)
RETRY_AFTER_SECONDS = 30


class DatabaseAwayMiddleware:
    """Answers 503 when a page could not reach the database; the next request tries anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an error of a view that means that the database is away."""
        return away(error) if isinstance(error, AWAY) else None


def away(error: BaseException) -> HttpResponse:
    """The page that says that the register is away for a moment."""
    log.error("The database is away: %s", error)
    response = render(None, "503.html", status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
