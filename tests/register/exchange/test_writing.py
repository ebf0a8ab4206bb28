"""Spreadsheets out: nothing in them runs, and they come in again as they went out."""

import csv
import datetime
import io

import openpyxl
import pytest

from register.core.sheets_out import csv_lines, xlsx_file
from register.exchange import sheets
from register.exchange.reading import open_register

FORMULAE = [
    '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1",
    "\uff1d1", "\uff0b1", "\uff0d1", "\uff201",
]  # fmt: skip


def written_csv(rows):
    text = "".join(csv_lines(["Title"], rows)).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


@pytest.mark.parametrize("text", FORMULAE)
def test_no_text_runs_in_csv(text):
    assert written_csv([[text]]) == [[f"'{text}"]]


@pytest.mark.parametrize("text", FORMULAE)
def test_no_text_runs_in_xlsx(text):
    with xlsx_file([text], [[text]]) as file:
        page = openpyxl.load_workbook(file).active
    assert [cell.data_type for row in page.iter_rows() for cell in row] == ["s", "s"]


def test_numbers_and_dates_stay_what_they_are():
    row = [-5, 1.5, datetime.date(2026, 12, 31), None, True]
    assert written_csv([row]) == [["-5", "1.5", "2026-12-31", "", "True"]]
    with xlsx_file(list("abcde"), [row]) as file:
        cells = next(openpyxl.load_workbook(file).active.iter_rows(min_row=2))
    assert [cell.value for cell in cells] == [
        -5, 1.5, datetime.datetime(2026, 12, 31), None, True,
    ]  # fmt: skip
    assert cells[2].number_format == "dd/mm/yyyy"


def test_what_cannot_be_stored_is_left_out_or_cut():
    assert written_csv([["a\x00b"]]) == [["ab"]]
    with xlsx_file(["Title"], [["a\x0bb"], ["x" * 40_000]], sheet="A/B" * 20) as file:
        page = openpyxl.load_workbook(file).active
    assert page["A2"].value == "ab"
    assert len(page["A3"].value) == 32_767
    assert page["A3"].value.endswith("the whole text is in the register]")


def test_rows_are_streamed_and_not_gathered():
    taken = []
    lines = csv_lines(["n"], (taken.append(n) or [n] for n in range(100_000)))
    next(lines)
    assert len(taken) < 1_000


def test_what_goes_out_comes_in_again(tmp_path):
    header = ["Reference", "Title", "Purpose", "Review date"]
    rows = [["A-1", "=1+1", "- warmth\n- light", datetime.date(2027, 3, 31)]]
    (tmp_path / "a.csv").write_text("".join(csv_lines(header, rows)), newline="")
    (tmp_path / "a.xlsx").write_bytes(xlsx_file(header, rows).read())
    for name in ("a.csv", "a.xlsx"):
        with open_register(tmp_path / name) as opened:
            (row,) = opened.rows()
        assert (row.title, row.texts["purpose"]) == ("=1+1", "- warmth\n- light")
        assert row.dates["review"].value == datetime.date(2027, 3, 31)


def test_a_workbook_of_ours_is_read_without_notes(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(xlsx_file(["Title"], [["=A1"]]).read())
    with sheets.read(tmp_path / "a.xlsx") as book:
        assert (book.sheets[0].notes, book.sheets[0].height) == ([], 2)
