"""The inventory of flows in force: counts that lead to their lists, for print and as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.core.dates import today
from register.directory.views.conversation import belongs
from register.reports.forms import SharingFilter
from register.reports.inventory import HEADER, Part, cells, inventory_of
from register.reports.question import choices
from register.reports.seen import bodies_that_share, governing_lines
from register.reports.sheets import sheet_answer


@require_safe
@belongs
def inventory(request: HttpRequest) -> HttpResponse:
    """How many flows there are by amount, kind of data, purpose, use and partner."""
    wanted = SharingFilter(request)
    is_understood = wanted.is_valid()
    offered = bodies_that_share(governing_lines(request.user))
    context = {
        "title": "Inventory",
        "wanted": wanted,
        "today": today(),
        "is_understood": is_understood,
        "filter": choices(wanted, offered),
        "chips": wanted.chips(),
        "base": wanted.kept(),
        "parts": [_linked(part, wanted) for part in inventory_of(wanted.lines())],
    }
    return render(request, "reports/inventory.html", context)


@require_safe
@belongs
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The whole inventory that the address asks for, as CSV or XLSX."""
    wanted = SharingFilter(request)
    wanted.is_valid()
    rows = cells(inventory_of(wanted.lines()))
    return sheet_answer(request, form, name="inventory", header=HEADER, rows=rows)


def _linked(part: Part, wanted: SharingFilter) -> dict:
    page = reverse("reports:flows")
    return {
        "part": part,
        "entries": [(one, f"{page}?{wanted.kept(**one.asks)}") for one in part.entries],
        "has_sides": part.code == "partner",
    }
