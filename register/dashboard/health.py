"""Whether the register is well, for whoever watches over it: `/healthz`, and more with `?deep=1`."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from register.dashboard import wellbeing
from register.dashboard.by_itself import may_see_what_runs
from register.evidence.keys import why_nothing_is_sealed

UNWELL = 503
# Whoever asks may be anybody: what takes many statements is answered for them from the cache.
STRANGERS_SECONDS = 10
STRANGERS_KEY = "healthz:deep"


@login_not_required
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while database, worker and triggers are there; 503, naming what is away, otherwise.

    With `?deep=1` also the tables of this release and work that failed three times; disk and queues
    are said and change nothing of the answer. Figures and names of work are for officers who are
    signed in, and for whoever sends METRICS_TOKEN; others get a word for each part, and the deep
    answer as it was within the last ten seconds.
    """
    is_deep = request.GET.get("deep") == "1"
    try:
        body = _for_strangers() if is_deep and _is_stranger(request) else _body(request, is_deep)
    except Error:
        state = {"database": "away", "worker": "unknown", "triggers": "unknown"}
        body = {"status": "away", **state, "worker_heard_seconds": None, **_seals()}
    return JsonResponse(body, status=200 if body["status"] == "ok" else UNWELL)


def holds_token(request: HttpRequest) -> bool:
    """Whether a request carries METRICS_TOKEN; never where none is set."""
    sent = request.headers.get("Authorization", "")
    token = settings.METRICS_TOKEN
    return bool(token) and hmac.compare_digest(sent.encode(), f"Bearer {token}".encode())


def _state(is_deep: bool) -> dict[str, str]:
    state = {
        "database": "ok",
        "worker": wellbeing.worker_state(),
        "triggers": wellbeing.triggers_state(),
    }
    if is_deep:
        state |= {"jobs": wellbeing.jobs_state(), "migrations": wellbeing.migrations_state()}
    return state


def _is_stranger(request: HttpRequest) -> bool:
    return not (holds_token(request) or request.user.is_authenticated)


def _for_strangers() -> dict:
    body = cache.get(STRANGERS_KEY)
    if body is None:
        body = _body(None, is_deep=True)
        cache.set(STRANGERS_KEY, body, STRANGERS_SECONDS)
    return body


def _body(request: HttpRequest | None, is_deep: bool) -> dict:
    state = _state(is_deep)
    is_well = all(part == "ok" for part in state.values())
    body: dict = {
        "status": "ok" if is_well else "away",
        **state,
        "worker_heard_seconds": wellbeing.heard_seconds(),
        **_seals(),
    }
    if is_deep:
        # Words, not states: what they warn of stops nothing yet.
        body |= {"disk": wellbeing.disk_state(), "queues": wellbeing.queues_state()}
        if request is not None and _may_see_more(request):
            body["details"] = wellbeing.details()
    return body


def _seals() -> dict[str, str]:
    """Words, not a state: without a key the register answers, and calls nothing sealed."""
    return {"seals": why_nothing_is_sealed() or "ok"}


def _may_see_more(request: HttpRequest) -> bool:
    return holds_token(request) or bool(may_see_what_runs(request.user))
