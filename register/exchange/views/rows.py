"""The rows of an import as files, and the rejected ones to be corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from register.core.sheets_out import csv_lines, xlsx_file
from register.documents.views.conversation import asks, edit_page
from register.exchange import mending, row_reports
from register.exchange.forms import MendForm
from register.exchange.models import Import
from register.exchange.outcomes import REJECTED
from register.exchange.taking_in import OPEN
from register.exchange.views.imports import do, import_or_404
from register.ledger.access import note_access
from register.ui.listing import page_of

SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ON_A_PAGE = 25


@require_safe
def report_file(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The report by row as a file, narrowed as the page is."""
    row = import_or_404(request, pk)
    lines = row_reports.lines(row, request.GET.get("show", ""))
    note_access(kind="import.report", user=request.user, path=request.path, detail=row.name)
    return _csv(row_reports.HEADER, lines, f"import-{row.pk}-report.csv")


@require_safe
def rejected_rows(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The rejected rows as a file: the same columns, and why each was not taken."""
    row, header, lines = _rejected(request, pk)
    return _csv(header, lines, f"rejected-rows-{row.pk}.csv")


@require_safe
def rejected_sheet(request: HttpRequest, pk: int) -> FileResponse:
    """The rejected rows as a workbook: the same columns, and why each was not taken."""
    row, header, lines = _rejected(request, pk)
    return FileResponse(
        xlsx_file(header, lines, sheet="Rejected rows"),
        as_attachment=True,
        filename=f"rejected-rows-{row.pk}.xlsx",
        content_type=SHEETS,
    )


@asks
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the cells for which rows were rejected; then all is planned anew."""
    row = import_or_404(request, pk)
    if request.method != "POST" and (row.state not in OPEN or not row.rejected):
        return redirect(row.get_absolute_url())
    page = page_of(
        row_reports.narrowed(row, REJECTED), order=["number"], asked=request.GET, size=ON_A_PAGE
    )
    rows = mending.rows_to_mend(row, page.rows) if page.rows else []

    def make(data=None, files=None, initial=None) -> MendForm:
        return MendForm(data, files, initial=initial, rows=rows)

    return edit_page(
        request,
        make,
        act=partial(_mend, request, row, make),
        title="Correct the rejected rows",
        button="Keep the corrections",
        done="The corrections are kept, and the rows were looked at again.",
        to=row.get_absolute_url(),
        back=row.get_absolute_url(),
        template="exchange/mend.html",
        context={"row": row, "page": page},
    )


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up the rejected rows of an import that has come in, to be corrected."""
    made: list[Import] = []

    def bring(*, by, row: Import) -> None:
        made.append(mending.bring_rejected_again(by=by, row=row))

    answer = do(request, pk, bring, "These are the rejected rows. Correct them, then confirm.")
    return redirect(reverse("exchange:mend", args=[made[0].pk])) if made else answer


def _mend(request: HttpRequest, row: Import, make, **_cleaned) -> Import:
    form = make(request.POST)
    form.full_clean()
    cells, left_out = form.mended()
    return mending.mend_rows(by=request.user, row=row, cells=cells, left_out=left_out)


def _rejected(request: HttpRequest, pk: int) -> tuple[Import, list[str], Iterator[list]]:
    row = import_or_404(request, pk)
    if row.file_went_on or not row_reports.narrowed(row, REJECTED).exists():
        raise Http404
    note_access(kind="import.rejected", user=request.user, path=request.path, detail=row.name)
    lines = row_reports.rejected(row)
    return row, [str(name) for name in next(lines)], lines


def _csv(header: Iterable[str], lines: Iterator[list], name: str) -> StreamingHttpResponse:
    parts = (part.encode() for part in csv_lines(list(header), lines))
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
