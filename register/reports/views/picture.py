"""The flow picture of one body or one community, with the table of the same figures."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.core.dates import today
from register.directory.views.conversation import belongs
from register.reports.forms import SharingFilter
from register.reports.picture import OTHERS, Picture, picture_of
from register.reports.question import choices, ways
from register.reports.seen import bodies_named, bodies_that_share, governing_lines
from register.reports.who_shares import FEW, Pair, pairs_of, total_of


@require_safe
@belongs
def picture(request: HttpRequest) -> HttpResponse:
    """Who sends to whom, for one body or one community; asks for one where many bodies share."""
    wanted = SharingFilter(request)
    is_understood = wanted.is_valid()
    offered = bodies_that_share(governing_lines(request.user))
    is_asked = any(wanted.asked.get(name) for name in ("body", "community", "giver", "taker"))
    context = {
        "title": "Who shares what with whom",
        "wanted": wanted,
        "today": today(),
        "is_understood": is_understood,
        "filter": choices(wanted, offered),
        "chips": wanted.chips(),
        "links": ways(wanted),
        "base": wanted.kept(),
        # Few bodies fit into one picture as they are.
        "is_asked": is_asked or len(offered) <= FEW,
    }
    if context["is_asked"]:
        pairs = pairs_of(wanted.lines())
        context["total"] = total_of(pairs)
        context["picture"] = _drawn(wanted, pairs, offered) if pairs else None
    return render(request, "reports/picture.html", context)


def _drawn(wanted: SharingFilter, pairs: list[Pair], offered: dict[int, str]) -> Picture:
    bodies = bodies_named(pk for pair in pairs for pk in (pair.giver, pair.taker))
    page, pairs_page = reverse("reports:flows"), reverse("reports:who_shares")
    kept = wanted.kept(giver=None, taker=None)
    as_list = wanted.kept(form="list")

    def address_of(giver: int, taker: int) -> str:
        if OTHERS in (giver, taker):
            return f"{pairs_page}?{as_list}"
        return f"{page}?{kept}&{urlencode({'giver': giver, 'taker': taker})}"

    asked = wanted.asked
    of = offered.get(asked.get("body", 0)) or wanted.names["community"].get(asked.get("community"))
    title = f"Who sends information to whom: {of}" if of else "Who sends information to whom"
    return picture_of(pairs, bodies, title=title, address_of=address_of)
