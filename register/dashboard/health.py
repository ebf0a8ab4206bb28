"""Whether the register is well: database, worker and triggers, for whoever watches over it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.models import Max
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from register.core.dates import now
from register.evidence.keys import why_nothing_is_sealed
from register.jobs.models import Heartbeat
from register.ledger import triggers

WORKER_SILENT_SECONDS = 60


@login_not_required
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while database, worker and triggers are there; 503, naming what is away, otherwise."""
    try:
        state = {"database": "ok", "worker": _worker(), "triggers": _triggers()}
    except Error:
        state = {"database": "away", "worker": "unknown", "triggers": "unknown"}
    is_well = all(part == "ok" for part in state.values())
    body = {
        "status": "ok" if is_well else "away",
        **state,
        "worker_heard_seconds": _silence(state),
        # Words, not a state: without a key the register answers, and calls nothing sealed.
        "seals": why_nothing_is_sealed() or "ok",
    }
    return JsonResponse(body, status=200 if is_well else 503)


def _worker() -> str:
    heard = _heard_seconds()
    return "ok" if heard is not None and heard <= WORKER_SILENT_SECONDS else "away"


def _triggers() -> str:
    return "missing" if triggers.missing(connection) else "ok"


def _silence(state: dict[str, str]) -> int | None:
    return _heard_seconds() if state["database"] == "ok" else None


def _heard_seconds() -> int | None:
    newest = Heartbeat.objects.aggregate(at=Max("at"))["at"]
    return max(0, int((now() - newest).total_seconds())) if newest else None
