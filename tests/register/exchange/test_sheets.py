"""Reading any usual spreadsheet; the hostile ones are in test_hostile_files."""

import base64
import datetime
import subprocess
import sys
import zlib

import pytest

from register.exchange import sheets

TABLE = "Ref,Title\r\nISA-1,Warm homes \u2013 “Her Majesty\u2019s” £5\r\n"
# A workbook of Excel 97: one sheet, a heading row and one row with a date.
OLD_WORKBOOK = (
    "c-rk)O-NKx6#njW#u+D_AJaesc?emVVG=|eeNJfBLNQzPLr~+)O~oAJITW=h%UlLQtD=oyi#Ar9eyBz5S_DQxK@iN;vQ"
    "<#fLg#hvnfGF}0tZSk?)SLgJ@?#u-aYUBocrE;H6P2)+^^4J89Gpgyi<YlBAuXA;T58wddE?smj@|18fyv_L7K>NKb};"
    "*45&F&^PPi%d%owyz(-2Qa2kE%X=$z^_OK5Lp?qj37Pv*4FzVQ=YUU*Kdgi;_@+osCYpyc4Q`@XKig~NAdAGZY4;zhK7"
    "lyj;L$-O(nl{wpg<8cIuZcoiKjQXC;?x?eXz*2H7BrzfGA(UYj^H*zKv!35Z*S`nLKZbN*|YfOn7~(WS3fhges%Q%r2oE"
    "DANYelNRzl+f8Fo_lW<P(CYh$Vyu()r#shL_WFjN&1$5K80H-pL`eYc057|<V$#lj{C&uJDr9Lwv&zh-3MpDE52jkn@s("
    "^hmVP}TT<giSRPJ~qa=Xeoa5-+NFA5{{k5MepSyD3UeEZq6>x_7YOI?kF&J|hYz$tLAE99&WsWE|!igPGh!Gt1kUFY{eD"
    "vRuzxLytpwQ-7^1?49B^SGcx``q{~NV{I;yw~##j`M{%w=}*>HlIMDI=WFKPSu<#)lPyK|>Y74}Xc0GWC_J{jT)0u^19R"
    "Ok5h!RxUEdw|xQt*??Kwh>xlmH0BYu_)cdV4P_>Hw->oT{!U~4sQ7YtQ0$fsRz4RjdQc)&x~S#(~9prN6mp`oFnp`o!9!"
    "hPpfZ<s#!BSF2>2i*TUi<I*EH_3mC0gTg?p^wULq$#&?uB7#|0e<1#ORUhw`(LPVh<dj%ib3{cwB+?m-(;frc~)!~{d-%"
    "e)c*6O`1z0f{{gCB-1P"
)


def cells(path, **choice):
    with sheets.read(path, **choice) as book:
        return [row for _number, row in book.sheets[0].rows()]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
def test_csv_is_read_in_any_usual_encoding(write, encoding):
    text = TABLE if encoding != "mac_roman" else TABLE.replace("£", "€")
    read = cells(write("a.csv", text, encoding))
    assert read == [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "~"])
def test_any_separator_is_told(write, separator):
    text = f'Ref{separator}Bodies{separator}Date\n1{separator}"A; B, C"{separator}2024\n'
    assert cells(write("a.csv", text)) == [["Ref", "Bodies", "Date"], ["1", "A; B, C", "2024"]]


def test_a_separator_named_by_the_first_line_is_used(write):
    assert cells(write("a.csv", "sep=;\nRef;Title\n1;a,b\n")) == [["Ref", "Title"], ["1", "a,b"]]


def test_bare_carriage_returns_end_rows_and_stay_inside_cells(write):
    read = cells(write("a.csv", 'Ref,Contact\r1,"Old House\rHigh Street"\r'))
    assert read == [["Ref", "Contact"], ["1", "Old House\nHigh Street"]]


def test_rows_keep_the_numbers_that_a_spreadsheet_program_shows(write):
    path = write("a.csv", '\nRef,Title\n1,"two\nlines"\n,,\n2,last\n')
    with sheets.read(path) as book:
        assert [number for number, _cells in book.sheets[0].rows()] == [2, 3, 5]


def test_cells_of_a_workbook_keep_their_kinds(workbook):
    row = ["a", 7, 1.5, True, datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 9, 32)]
    assert cells(workbook({"One": [row]})) == [row]


def test_a_table_that_does_not_begin_in_the_first_cell_keeps_its_place(workbook):
    path = workbook({"One": [[], [None, "Ref", "Title"], [None, 1, "a"]]})
    with sheets.read(path) as book:
        assert list(book.sheets[0].rows()) == [(2, ["", "Ref", "Title"]), (3, ["", 1, "a"])]


def test_ods_and_old_excel_are_read(ods, write, register):
    assert cells(ods(register)) == register
    old = cells(write("old.xls", zlib.decompress(base64.b85decode(OLD_WORKBOOK))))
    assert old[1] == ["ISA-1", "Hearth checks", datetime.date(2027, 3, 31)]


def test_a_sheet_is_chosen_by_its_name_whatever_its_capitals(workbook):
    path = workbook({"Notes": [["x"]], "Agreements": [["Ref", "Title"]]})
    assert cells(path, sheet="agreements") == [["Ref", "Title"]]
    with pytest.raises(sheets.UnreadableFile, match=r"“Other”.*“Notes”, “Agreements”"):
        sheets.read(path, "Other")


def test_rows_may_be_read_again_and_the_store_goes_with_the_workbook(write):
    book = sheets.read(write("a.csv", TABLE))
    assert list(book.sheets[0].rows()) == list(book.sheets[0].rows())
    book.close()
    assert not book.store.exists()


def test_the_process_that_opens_files_knows_nothing_of_django():
    code = "import sys, register.exchange.sheet_child; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "False"
