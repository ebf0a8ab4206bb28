"""Home: what waits for the reader, each with its one next step, and the register in numbers."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from register.dashboard.reading import visible_rows
from register.dashboard.register_list import dressed, uncounted
from register.directory.reach import reach_of
from register.notices.models import Notice
from register.search.models import Row
from register.worklist.announced import to_acknowledge
from register.worklist.services.visits import visit
from register.worklist.work import SHOWN, next_day, work_of

LAST_SHOWN = 8
# What rooms above say at the head of home: each answers a template and its words, or nothing.
NOTES: list[Callable[[object], tuple[str, dict] | None]] = []


def home(request: HttpRequest) -> HttpResponse:
    """What waits for the reader and for others, what changed, and the register in numbers."""
    user = request.user
    work = work_of(user, since=visit(user))
    announced, undelivered = to_acknowledge(user), _undelivered(user)
    nothing = work.needs_nothing and not (announced or undelivered)
    context = {
        "title": "Home",
        "cards": uncounted(),
        "announced": announced,
        "notes": [note for ask in NOTES if (note := ask(user))],
        "groups": [
            ("Waiting for you", work.waiting_on_me),
            ("Waiting for others", work.waiting_on_others),
            ("To know", work.to_know),
        ],
        "put_off": work.put_off,
        "undelivered": undelivered,
        "latest": _latest(user),
        "nothing": nothing,
        "next_day": next_day(user) if nothing else None,
    }
    return render(request, "dashboard/home.html", context)


def _latest(user) -> list[Row]:
    rows = visible_rows(user).filter(is_archived=False)
    return dressed(list(rows.order_by("-changed_at", "-reference")[:LAST_SHOWN]))


def _undelivered(user) -> list[Notice]:
    """Messages that could not be delivered, for those who keep the register."""
    if not reach_of(user).is_register_officer():
        return []
    rows = Notice.objects.filter(given_up_at__isnull=False).exclude(failure=Notice.NOT_NEEDED)
    return list(rows.order_by("-given_up_at")[:SHOWN])
