"""Pages for what went wrong: no blame, the reason where there is one, and where to go on."""

from __future__ import annotations

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from register.accounts.middleware import KEPT
from register.dashboard.outage import AWAY, away

log = logging.getLogger(__name__)
NO_REASON = "Your roles do not allow it."


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    """What the browser sent cannot be understood."""
    return render(request, "400.html", {"title": "That request was not understood"}, status=400)


def forbidden(request: HttpRequest, exception=None) -> HttpResponse:
    """What somebody may see but not do, with the reason that the refusal gave."""
    reason = str(exception).strip() if exception is not None else ""
    words = {"reason": reason or NO_REASON, "typed": _typed(request)}
    return render(request, "403.html", words, status=403)


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    """No such page, or one that the reader may not know of: the two look the same."""
    return render(request, "404.html", {"title": "Page not found"}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours, or the database away: pages that ask nothing of database or session."""
    # Errors raised by middleware never reach `process_exception`; they are in hand here.
    error = sys.exc_info()[1]
    if isinstance(error, AWAY):
        return away(error)
    return render(None, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was opened before signing in again, or sent from elsewhere: nothing was saved."""
    log.warning("A form was refused: %s", reason)
    words = "The page was opened too long ago, or before you signed in. Open it again and send it."
    return render(request, "403.html", {"reason": words, "typed": _typed(request)}, status=403)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed into a form that was refused, to be copied; never a password or a code."""
    hidden = {"csrfmiddlewaretoken", "code", "row_version", "next", KEPT}
    return [
        (name, str(text))
        for name, text in request.POST.items()
        if text and "password" not in name and name not in hidden
    ]
