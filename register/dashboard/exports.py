"""The filtered list as a file: streamed, in bounded memory, and safe to open in a spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from register.core.dates import today
from register.core.sheets_out import csv_lines, xlsx_file
from register.dashboard.choices import STATUSES, kinds
from register.dashboard.filters import RegisterFilter
from register.dashboard.reading import visible_rows
from register.dashboard.register_list import dressed
from register.directory.models import Organisation
from register.ledger.access import note_access
from register.search.models import Row, RowBody

CHUNK = 1_000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = (
    "Reference",
    "Title",
    "Tier",
    "Kind",
    "Status",
    "Version",
    "Information community",
    "Under",
    "Lead body",
    "Owner",
    "Bodies",
    "Parties",
    "Signed",
    "Slots",
    "In force from",
    "Ends on",
    "Next review",
    "Outside the framework",
    "Last change",
)


def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list that the address asks for, all of it, as CSV or XLSX; the download is noted."""
    if form not in ("csv", "xlsx"):
        raise Http404
    wanted = RegisterFilter(request)
    wanted.is_valid()
    rows = wanted.apply(visible_rows(request.user)).order_by(*wanted.order)
    words = ", ".join(chip.words for chip in wanted.chips()) or "every entry"
    note_access(
        kind=f"register.exported.{form}", user=request.user, path=request.path, detail=words
    )
    name = f"register-{today().isoformat()}.{form}"
    if form == "xlsx":
        file = xlsx_file(HEADER, lines(rows), sheet="Register")
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)
    return download_csv(csv_lines(HEADER, lines(rows)), name)


def download_csv(parts: Iterable[str], name: str) -> StreamingHttpResponse:
    """A CSV file that leaves as it is made."""
    response = StreamingHttpResponse(
        (part.encode() for part in parts), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def lines(rows) -> Iterator[list]:
    """The rows as cells; three statements for every thousand."""
    kind_words = kinds()
    stream = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(stream, CHUNK)):
        names = _bodies(chunk)
        for row in dressed(chunk):
            yield _cells(row, names.get(row.pk, []), kind_words)


def _cells(row: Row, bodies: list[str], kind_words: dict[str, str]) -> list:
    return [
        row.reference,
        row.title,
        row.tier_word,
        kind_words.get(row.kind, row.kind),
        STATUSES.get(row.tag, row.tag),
        row.version_number,
        row.community_name,
        row.parent_reference,
        row.lead_name,
        row.owner_name,
        "; ".join(bodies),
        row.parties,
        row.signed,
        row.slots,
        row.in_force_on,
        row.ends_on,
        row.review,
        "yes" if row.is_outside else "no",
        row.changed_at.date(),
    ]


def _bodies(rows: list[Row]) -> dict[int, list[str]]:
    found = RowBody.objects.filter(row_id__in=[row.pk for row in rows])
    pairs = list(found.values_list("row_id", "organisation_id"))
    names = dict(
        Organisation.objects.filter(pk__in={body for _, body in pairs}).values_list(
            "pk", "legal_name"
        )
    )
    by_row: dict[int, list[str]] = {}
    for row, body in pairs:
        by_row.setdefault(row, []).append(names.get(body, ""))
    return {row: sorted(bodies) for row, bodies in by_row.items()}
