"""Pages for what went wrong: no blame, the reason where there is one, and where to go on."""

from __future__ import annotations

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from register.dashboard.outage import outage
from register.dashboard.typed_words import typed_in
from register.ledger.open_acts import request_id

log = logging.getLogger(__name__)
NO_REASON = "Your roles do not allow it."


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    """What the browser sent cannot be understood."""
    return render(request, "400.html", {"title": "That request was not understood"}, status=400)


def forbidden(request: HttpRequest, exception=None) -> HttpResponse:
    """What somebody may see but not do, with the reason that the refusal gave."""
    reason = str(exception).strip() if exception is not None else ""
    words = {"reason": reason or NO_REASON, "typed": typed_in(request)}
    return render(request, "403.html", words, status=403)


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    """No such page, or one that the reader may not know of: the two look the same."""
    return render(request, "404.html", {"title": "Page not found"}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours, or database or storage away: pages that ask nothing of database or session."""
    # Errors raised by middleware never reach `process_exception`; they are in hand here.
    if page := outage(sys.exc_info()[1], request):
        return page
    words = {"typed": typed_in(request), "number": request_id.get()}
    return render(None, "500.html", words, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was opened before signing in again, or sent from elsewhere: nothing was saved."""
    log.warning("A form was refused: %s", reason)
    words = "The page was opened too long ago, or before you signed in. Open it again and send it."
    return render(request, "403.html", {"reason": words, "typed": typed_in(request)}, status=403)
