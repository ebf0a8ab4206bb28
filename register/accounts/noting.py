"""Notes, for everybody signed in, what was refused to them and which files they took away.

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
from register.ledger.access import noted

DENIED, DOWNLOADED = "access_denied", "downloaded"
REFUSALS = (403, 404)
# Browsers ask for these by themselves.
UNASKED = ("/favicon.ico", "/apple-touch-icon")
_FILES = ("application/pdf", "application/zip", "application/vnd.")
_NAME = re.compile(r'filename="([^"]*)"')
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
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            _note(request, response, kinds)
        return response


def _note(request: HttpRequest, response: HttpResponse, kinds: list[str]) -> None:
    kind, detail = "", ""
    if response.status_code in REFUSALS and not request.path.startswith(UNASKED):
        kind, detail = DENIED, f"{request.method}, {response.status_code}"
    elif response.status_code == 200 and not kinds and _is_file(response):
        kind, detail = DOWNLOADED, _name_of(response)
    if not kind:
        return
    try:
        note_request(kind, request, request.user, detail)
    except Error:
        log.exception("An access event could not be noted.")


def _is_file(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "")
    return "Content-Disposition" in response.headers or kind.startswith(_FILES)


def _name_of(response: HttpResponse) -> str:
    found = _NAME.search(response.headers.get("Content-Disposition", ""))
    return found.group(1)[:300] if found else ""
