"""Notes, for everybody signed in, what was refused to them, which restricted entries they read, which files
they took away.

A refusal is an answer of 403 or 404. A view that has noted its download itself, with what was asked
for, is not noted twice. An answer is never lost because it could not be noted.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponse

from register.accounts.access import note_request
from register.accounts.models import User
from register.ledger.access import noted

DENIED, DOWNLOADED, READ = "access_denied", "downloaded", "restricted_read"
REFUSALS = (403, 404)
# Browsers ask for these by themselves.
UNASKED = ("/favicon.ico", "/apple-touch-icon")
_FILES = ("application/pdf", "application/zip", "application/vnd.")
_NAME = re.compile(r'filename="([^"]*)"')
_RESTRICTED = "is_about_restricted"
log = logging.getLogger(__name__)


class NotingMiddleware:
    """Stands inside the one that says who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kinds: list[str] = []
        token = noted.set(kinds)
        try:
            response = self.get_response(request)
        finally:
            noted.reset(token)
        user = getattr(request, "user", None)
        if isinstance(user, User):
            _note(request, user, response, kinds)
        return response


def is_about_restricted(request: HttpRequest) -> None:
    """Say that a request is about a restricted entry: its page, once shown, is noted."""
    setattr(request, _RESTRICTED, True)


def _note(request: HttpRequest, user: User, response: HttpResponse, kinds: list[str]) -> None:
    kind, detail = "", ""
    if response.status_code in REFUSALS and not request.path.startswith(UNASKED):
        kind, detail = DENIED, f"{request.method}, {response.status_code}"
    elif response.status_code == 200 and not kinds and _is_file(response):
        kind, detail = DOWNLOADED, _name_of(response)
    elif response.status_code == 200 and not kinds and _is_read(request):
        kind = READ
    if not kind:
        return
    try:
        note_request(kind, request, user, detail)
    except Error:
        log.exception("An access event could not be noted.")


def _is_read(request: HttpRequest) -> bool:
    """Whether a whole page about a restricted entry was asked for; what is sent is an act of its own."""
    is_page = request.method == "GET" and "HX-Request" not in request.headers
    return is_page and getattr(request, _RESTRICTED, False)


def _is_file(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "")
    return "Content-Disposition" in response.headers or kind.startswith(_FILES)


def _name_of(response: HttpResponse) -> str:
    found = _NAME.search(response.headers.get("Content-Disposition", ""))
    return found.group(1)[:300] if found else ""
