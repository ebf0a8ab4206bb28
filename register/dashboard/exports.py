"""The filtered list as a file: streamed, in bounded memory, and safe to open in a spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify

from register.core.dates import day_of, today
from register.core.dates import words as day_words
from register.core.sheets_out import csv_lines, xlsx_book
from register.dashboard.choices import STATUSES, kinds
from register.dashboard.columns import COLUMNS, bodies_of, more_of
from register.dashboard.filters import RegisterFilter
from register.dashboard.reading import visible_rows
from register.dashboard.register_list import dressed
from register.ledger.access import note_access
from register.search.models import Row

CHUNK = 1_000
FORMS = ("csv", "xlsx")
NAME_LENGTH = 80
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
    """The list that the address asks for, all of it, as CSV or XLSX; the download is noted.

    `which=shown` gives the columns that the list shows, in their order; else all there are.
    """
    if form not in FORMS:
        raise Http404
    wanted = RegisterFilter(request)
    wanted.is_valid()
    rows = wanted.apply(visible_rows(request.user)).order_by(*wanted.order)
    codes = wanted.shown_columns if request.GET.get("which") == "shown" else None
    return file_of(request, rows, form, words_of(wanted), codes)


def file_of(
    request: HttpRequest, rows, form: str, words: str, codes: list[str] | None = None
) -> HttpResponseBase:
    """Rows in their order as a file that says what was asked for; the download is noted.

    `codes` are the columns, every one where none are named; `words` say the filter.
    """
    note_access(
        kind=f"register.exported.{form}", user=request.user, path=request.path, detail=words[:2000]
    )
    header = [COLUMNS[code].words for code in codes] if codes else list(HEADER)
    cells = shown_lines(rows, codes) if codes else lines(rows)
    name = f"{stem(words)}-{today().isoformat()}.{form}"
    if form == "xlsx":
        about = [
            ("Taken by", str(getattr(request.user, "person", None) or request.user)),
            ("Taken on", day_words(today())),
        ]
        sheets = [("Register", header, cells), ("About this file", ["What it holds", words], about)]
        file = xlsx_book(sheets)
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)
    return download_csv(csv_lines(header, cells), name)


def words_of(wanted: RegisterFilter) -> str:
    """A filter in words, as the file says it."""
    return ", ".join(chip.words for chip in wanted.chips()) or "every entry"


def stem(words: str) -> str:
    """The beginning of a file's name, which says the filter: register-in-force-owner-a-begum."""
    said = slugify(words)[:NAME_LENGTH].rstrip("-")
    return "register" if said in ("", "every-entry") else f"register-{said}"


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
        names = bodies_of(chunk)
        for row in dressed(chunk):
            yield _cells(row, names.get(row.pk, []), kind_words)


def shown_lines(rows, codes: list[str]) -> Iterator[list]:
    """The rows as the cells of some columns; at most three statements for every thousand."""
    stream = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(stream, CHUNK)):
        more = more_of(chunk, codes)
        for row in dressed(chunk):
            yield [COLUMNS[code].value(row, more) for code in codes]


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
        day_of(row.changed_at),
    ]
