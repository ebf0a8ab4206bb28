"""The clean-up lists of each partnership, possible duplicates side by side, and the day of going live."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from register.cleanup.alike import pairs_for
from register.cleanup.going_live import WINDOWS, preview_of
from register.cleanup.pages import HELD, boards_for, list_address
from register.cleanup.permissions import kept_partnerships, may_clean_up
from register.core.verdicts import require
from register.dashboard.filters import RegisterFilter
from register.dashboard.narrowing import Asking
from register.dashboard.reading import visible_rows
from register.dashboard.tokens import token_for
from register.exchange.models import ImportState
from register.exchange.permissions import visible_imports
from register.search.models import Row
from register.ui.listing import COUNT_LIMIT, count_of, page_of, size_of

IMPORTS = 50  # that are offered to choose from


@require_safe
def cleanup(request: HttpRequest) -> HttpResponse:
    """What is left to see to, by partnership; `came` narrows it to one import."""
    require(may_clean_up(request.user))
    imports = visible_imports(request.user).exclude(state=ImportState.UNDONE)
    asked = request.GET.get("came", "")
    chosen = None
    if asked:
        key = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
        chosen = get_object_or_404(imports.select_related("partnership"), pk=key)
    places = [chosen.partnership] if chosen else list(kept_partnerships(request.user))
    done = imports.filter(state=ImportState.DONE).only("pk", "name", "requested_at")
    context = {
        "title": f"Clean up after {chosen.name}" if chosen else "Clean up after imports",
        "boards": boards_for(request.user, places, chosen),
        "chosen": chosen,
        "imports": list(done.order_by("-requested_at", "-pk")[:IMPORTS]),
    }
    return render(request, "cleanup/cleanup.html", context)


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs of entries that may be one and the same, the likeliest first."""
    require(may_clean_up(request.user))
    page = page_of(
        pairs_for(request.user), order=["-score", "pk"], asked=request.GET,
        size=size_of(request.GET),
    )  # fmt: skip
    rows = Row.objects.in_bulk(
        {key for pair in page.rows for key in (pair.entry_id, pair.other_id)}
    )
    context = {
        "title": "Possible duplicates",
        "page": page,
        "pairs": [(pair.score, rows[pair.entry_id], rows[pair.other_id]) for pair in page.rows],
        "every": list_address(lacks="duplicate"),
    }
    return render(request, "cleanup/duplicates.html", context)


@require_safe
def go_live(request: HttpRequest) -> HttpResponse:
    """What would be mailed about the entries of a filter if messages about them went from now on."""
    require(may_clean_up(request.user))
    wanted = RegisterFilter(Asking(request.user, _held(request.GET)))
    is_understood = wanted.is_valid()
    rows = wanted.apply(visible_rows(request.user))
    count, is_more = count_of(rows)
    keys = list(rows.order_by("reference").values_list("pk", flat=True)[:COUNT_LIMIT])
    context = {
        "title": "Go live",
        "is_understood": is_understood,
        "chips": [chip for chip in wanted.chips() if "messages=" in chip.query],
        "count": count,
        "is_more": is_more,
        "going": preview_of(request.user, keys),
        "windows": WINDOWS,
        "list_address": f"{list_address()}{wanted.canonical}",
        "every": "" if is_more or not count else token_for(request.user, wanted.canonical, count),
    }
    return render(request, "cleanup/go_live.html", context)


def _held(asked: QueryDict) -> QueryDict:
    """The filter of an address, of the entries alone about which nothing is mailed yet."""
    held = urlencode(HELD)
    return QueryDict(f"{asked.urlencode()}&{held}")
