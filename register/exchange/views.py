"""Pages by which an office brings its old register in."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from register.core.verdicts import require
from register.exchange import reports, services
from register.exchange.forms import ImportForm
from register.exchange.models import Import, ImportState
from register.exchange.permissions import may_import, visible_imports
from register.exchange.storing import rejected_csv
from register.ledger.access import note_access
from register.ui.listing import page_of, size_of
from register.ui.pages import form_page

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


@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: HttpRequest) -> HttpResponse:
    """Send a spreadsheet in."""
    require(may_import(request.user))
    return form_page(
        request,
        partial(ImportForm, user=request.user),
        act=partial(services.receive_upload, by=request.user),
        title="Import a register",
        button="Read the spreadsheet",
        to=_address,
        back=reverse("exchange:imports"),
    )


@require_safe
def show_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: its dry run, how far it has come, or what became of it."""
    row = _import_or_404(request, pk)
    report = row.report
    words = {
        "title": row.name,
        "row": row,
        "report": report,
        "said": reports.alike(report.get("rows", [])),
        "is_planned": row.state == ImportState.PLANNED,
        "may_discard": row.state in (ImportState.PLANNED, ImportState.UPLOADED),
        "percent": 100 * row.rows_done // row.rows if row.rows else 0,
    }
    response = render(request, "exchange/import.html", words)
    if row.is_moving:
        # The page looks again by itself, without any script.
        response["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return response


@require_POST
def confirm_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a planned import come in."""
    return _do(request, pk, services.confirm, "The import is confirmed and is about to start.")


@require_POST
def discard_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a planned import out."""
    return _do(request, pk, services.discard, "The import is left out. Nothing of it came in.")


@require_safe
def rejected_rows(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The rejected rows as a file: the same columns, and why each was not taken."""
    row = _import_or_404(request, pk)
    if not row.report.get("rejected"):
        raise Http404
    note_access(kind="import.rejected", user=request.user, path=request.path, detail=row.name)
    response = StreamingHttpResponse(
        (part.encode() for part in rejected_csv(row)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="rejected-rows-{row.pk}.csv"'
    return response


def _address(row) -> str:
    return row.get_absolute_url()


def _import_or_404(request: HttpRequest, pk: int) -> Import:
    require(may_import(request.user))
    return get_object_or_404(visible_imports(request.user).select_related("partnership"), pk=pk)


def _do(request: HttpRequest, pk: int, service, done: str) -> HttpResponse:
    row = _import_or_404(request, pk)
    try:
        service(by=request.user, row=row)
    except ValidationError as refused:
        messages.info(request, " ".join(refused.messages))
    else:
        messages.success(request, done)
    return redirect(row.get_absolute_url())
