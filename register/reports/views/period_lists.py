"""The entries behind a number of the report of a period, a page at a time and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from register.directory.views.conversation import belongs
from register.reports.periods.forms import PeriodForm
from register.reports.periods.lists import HEADER, Behind, behind
from register.reports.periods.scope import Scope
from register.reports.sheets import sheet_answer
from register.reports.views.periods import refused
from register.ui.listing import SIZES, page_of, size_of

CHUNK = 500


@require_safe
@belongs
def entries(request: HttpRequest, figure: str) -> HttpResponse:
    """The entries behind a figure of the period that the address asks for."""
    form = PeriodForm(request)
    if not form.is_valid():
        return refused(request, form)
    found = _behind(request, form, figure)
    asked = request.GET.dict()
    page = page_of(found.rows, order=found.order, asked=asked, size=size_of(asked))
    context = {
        "title": found.words,
        "found": found,
        "figure": figure,
        "period": form.chosen,
        "about": form.about,
        "page": page,
        "sizes": SIZES,
        "lines": found.tell(page.rows),
        "kept": form.kept,
    }
    return render(request, "reports/periods/list.html", context)


@require_safe
@belongs
def export(request: HttpRequest, figure: str, form: str) -> HttpResponseBase:
    """All entries behind a figure, as CSV or XLSX."""
    asked = PeriodForm(request)
    if not asked.is_valid():
        return refused(request, asked)
    rows = _cells(_behind(request, asked, figure))
    return sheet_answer(request, form, name=f"{figure}-entries", header=HEADER, rows=rows)


def _behind(request: HttpRequest, form: PeriodForm, figure: str) -> Behind:
    found = behind(figure, Scope(request.user, form.chosen_partnership), form.chosen)
    if found is None:
        raise Http404
    return found


def _cells(found: Behind) -> Iterator[list]:
    stream = found.rows.order_by(*found.order).iterator(chunk_size=CHUNK)
    while chunk := list(islice(stream, CHUNK)):
        for line in found.tell(chunk):
            yield line.cells
