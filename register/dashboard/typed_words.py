"""What somebody typed into a form that could not be saved, to be given back to them."""

from __future__ import annotations

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError

from register.accounts.middleware import KEPT

_HIDDEN = {"csrfmiddlewaretoken", "code", "row_version", "next", KEPT}


def typed_in(request: HttpRequest | None) -> list[tuple[str, str]]:
    """The fields of a form with their words; never a password or a code."""
    if request is None or request.method != "POST":
        return []
    try:
        fields = request.POST.items()
    except (BadRequest, SuspiciousOperation, UnreadablePostError, OSError):
        return []
    return [
        (name, str(text))
        for name, text in fields
        if text and "password" not in name and name not in _HIDDEN
    ]
