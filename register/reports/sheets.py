"""A report as a file: CSV or XLSX, safe to open in a spreadsheet program; the download is noted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from register.core.dates import today
from register.core.sheets_out import Value, csv_lines, xlsx_book, xlsx_file
from register.ledger.access import note_access

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet_answer(
    request: HttpRequest,
    form: str,
    *,
    name: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Value]],
) -> HttpResponseBase:
    """The rows as a download in the form "csv" or "xlsx"; 404 for any other form.

    `name` is the file's name without day and ending, such as "coverage".
    """
    if form not in ("csv", "xlsx"):
        raise Http404
    note_access(kind=f"report.exported.{form}", user=request.user, path=request.path, detail=name)
    file = f"{name}-{today().isoformat()}.{form}"
    if form == "xlsx":
        book = xlsx_file(header, rows, sheet=name.replace("-", " ").capitalize())
        return FileResponse(book, as_attachment=True, filename=file, content_type=XLSX_TYPE)
    answer = StreamingHttpResponse(
        (part.encode() for part in csv_lines(header, rows)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer


def book_answer(
    request: HttpRequest,
    *,
    name: str,
    sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Value]]]],
) -> HttpResponseBase:
    """A workbook of several sheets as a download: each sheet is its name, its header and its rows."""
    note_access(kind="report.exported.xlsx", user=request.user, path=request.path, detail=name)
    file = f"{name}-{today().isoformat()}.xlsx"
    return FileResponse(
        xlsx_book(sheets), as_attachment=True, filename=file, content_type=XLSX_TYPE
    )
