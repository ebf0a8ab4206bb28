"""Spreadsheets out, streamed, in which no text can ever run as a formula.

CSV has no types, so a text that a spreadsheet program would take for a formula gets an apostrophe
in front, which reading drops again. In XLSX every text is stored as text and stays as it is.
"""

import csv
import datetime
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Value = str | int | float | bool | datetime.date | None

BYTE_ORDER_MARK = "\ufeff"
CELL_CHARACTERS = 32_767  # what a cell of XLSX can hold
# What makes a spreadsheet program take a text for a formula: fullwidth signs count too.
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
CUT = " … [cut: the whole text is in the register]"
SHEET_NAME = 31
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CHUNK = 200


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The lines of a CSV file, some hundred rows at a time; encode them as UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow([_harmless(name) for name in header])
    for count, row in enumerate(rows, start=1):
        writer.writerow([_harmless(value) for value in row])
        if count % _CHUNK == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def xlsx_file(
    header: Sequence[str], rows: Iterable[Sequence[Value]], *, sheet: str = "Register"
) -> IO[bytes]:
    """An XLSX workbook in a temporary file, at its beginning; closing it drops it."""
    return xlsx_book([(sheet, header, rows)])


def xlsx_book(
    sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Value]]]],
) -> IO[bytes]:
    """An XLSX workbook of several sheets, each its name, its header and its rows; else as `xlsx_file`.

    Names are cut to the 31 characters that a sheet may have; one that stands twice gets a number.
    """
    book = Workbook(write_only=True)
    for name, header, rows in sheets:
        page = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:SHEET_NAME])
        page.freeze_panes = "A2"
        for column in range(1, len(header) + 1):
            page.column_dimensions[get_column_letter(column)].width = 24
        page.append([_cell(page, words, bold=True) for words in header])
        for row in rows:
            page.append([_cell(page, value) for value in row])
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 the caller closes it
    book.save(file)
    file.seek(0)
    return file


def _harmless(value: Value) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    text = _UNSTORABLE.sub("", value)
    # Some programs look past leading blanks.
    return f"'{text}" if text.startswith(TRIGGERS) or text.lstrip().startswith(TRIGGERS) else text


def _cell(page: object, value: Value, *, bold: bool = False) -> WriteOnlyCell:
    if not isinstance(value, str):
        cell = WriteOnlyCell(page, value)
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            cell.number_format = "dd/mm/yyyy"
        return cell
    text = _UNSTORABLE.sub("", value)
    if len(text) > CELL_CHARACTERS:
        text = text[: CELL_CHARACTERS - len(CUT)] + CUT
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
