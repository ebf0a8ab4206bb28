"""How long a sign-in lasts, and staying signed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from register.core.dates import now

RENEWED = "renewed_at"


def ends_at(request: HttpRequest) -> datetime | None:
    """When the reader will be signed out, or None for somebody who is not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    signed_in = [step.get("at", 0) for step in request.session.get(_METHODS, [])]
    began = max([request.session.get(RENEWED, 0), *signed_in])
    if not began:
        return None
    return datetime.fromtimestamp(began, UTC) + timedelta(seconds=settings.SESSION_COOKIE_AGE)


@require_POST
def stay(request: HttpRequest) -> JsonResponse:
    """Stay signed in for as long again; answers with the new end."""
    request.session[RENEWED] = now().timestamp()
    ends = ends_at(request)
    return JsonResponse({"ends": ends.isoformat() if ends else None})


# Where allauth keeps how and when somebody signed in.
_METHODS = "account_authentication_methods"
