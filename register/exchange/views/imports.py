"""The imports of an office, and one of them: its report by row, how far it has come, what became of it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from register.core.verdicts import require
from register.exchange import kinds, reports, row_reports, services
from register.exchange.coming import progress_of
from register.exchange.models import Import, ImportState
from register.exchange.permissions import may_import, visible_imports
from register.exchange.undoing import may_undo
from register.ui.listing import page_of, size_of

LOOK_AGAIN_SECONDS = 3


@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """The imports of the reader's partnerships, newest first."""
    require(may_import(request.user))
    rows = visible_imports(request.user).defer("report_text").select_related(
        "partnership", "requested_by__person"
    )  # fmt: skip
    page = page_of(
        rows, order=["-requested_at", "-pk"], asked=request.GET, size=size_of(request.GET)
    )
    return render(
        request, "exchange/imports.html", {"title": "Imports", "page": page, "rows": page.rows}
    )


@require_safe
def show_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: its dry run, how far it has come, or what became of it."""
    row = import_or_404(request, pk)
    report, shown = row.report, request.GET.get("show", "")
    rows = row_reports.narrowed(row, shown)
    words = {
        "title": row.name,
        "row": row,
        "kind": kinds.of(row.kind),
        "report": report,
        "said": reports.alike(report.get("rows", [])),
        "is_planned": row.state == ImportState.PLANNED,
        "is_open": row.state in (ImportState.PLANNED, ImportState.MAPPING),
        "may_discard": row.state in (
            ImportState.PLANNED, ImportState.UPLOADED, ImportState.MAPPING,
        ),
        "may_undo": may_undo(request.user, row),
        "progress": progress_of(row),
        "shown": shown,
        "filters": row_reports.filters(row, shown),
        "outcomes": row_reports.OUTCOME_WORDS,
        "page": page_of(rows, order=["number"], asked=request.GET, size=size_of(request.GET)),
    }  # fmt: skip
    response = render(request, "exchange/import.html", words)
    if row.is_moving:
        # The page looks again by itself, without any script.
        response["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return response


@require_POST
def confirm_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a planned import come in."""
    confirm = partial(services.confirm, seen=request.POST.get("seen", ""))
    return do(request, pk, confirm, "The import is confirmed and is about to start.")


@require_POST
def discard_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a planned import out."""
    return do(request, pk, services.discard, "The import is left out. Nothing of it came in.")


def import_or_404(request: HttpRequest, pk: int) -> Import:
    """An import of the reader's partnerships."""
    require(may_import(request.user))
    return get_object_or_404(visible_imports(request.user).select_related("partnership"), pk=pk)


def do(request: HttpRequest, pk: int, service, done: str) -> HttpResponse:
    """Do something to an import and go back to its page, with what became of it."""
    row = import_or_404(request, pk)
    try:
        service(by=request.user, row=row)
    except ValidationError as refused:
        messages.info(request, " ".join(refused.messages))
    else:
        messages.success(request, done)
    return redirect(row.get_absolute_url())
