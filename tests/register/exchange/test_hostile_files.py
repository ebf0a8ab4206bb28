"""Files that would do harm are refused in seconds, with a sentence and without much memory."""

import resource
import zipfile

import pytest

from register.exchange import limits, sheets

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refusal(path, **choice):
    """The sentence of a refusal, which must come soon and leave this process small."""
    before, began = _memory(), _seconds()
    with pytest.raises(sheets.UnreadableFile) as refused:
        sheets.read(path, **choice)
    assert _seconds() - began < 10
    assert _memory() - before < 100 * 1024
    return str(refused.value)


def _memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _seconds():
    """What this process and those that it started have computed: the same on a busy machine."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def _sheet(rows):
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n\n ,,\n", "no rows"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"MZ\x90\x00", "program"),
        (b"<html><table><tr><td>a</td></tr></table>", "web page"),
        (b'{"a": 1}', "JSON"),
        (b'[{"entry-timestamp": "2018"}]', "log of changes"),
        (bytes(range(256)) * 9, "not a table"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "Workbook _VBA_PROJECT".encode("utf-16-le"), "macros"),
        (OLE + "WordDocument".encode("utf-16-le"), "old Office file"),
        (OLE + "Workbook".encode("utf-16-le"), "damaged"),
        (b"PK\x03\x04 cut off", "damaged"),
    ],
)
def test_what_is_no_spreadsheet_is_named(write, content, words):
    assert words in refusal(write("file", content))


def test_a_name_that_promises_something_else_is_refused(write, workbook):
    path = workbook({"One": [["Ref", "Title"]]})
    assert "The name ends in .csv, but the file is an Excel" in refusal(path, name="register.csv")
    assert "plain text" in refusal(write("a.xlsx", "Ref,Title\n1,a\n"))
    assert "macros" in refusal(path, name="register.xlsm")


def test_workbooks_with_macros_are_refused(workbook, repacked):
    path = repacked(workbook({"One": [["a"]]}), {"xl/vbaProject.bin": b"x"})
    assert "macros" in refusal(path)


def test_files_packed_inside_are_refused(workbook, repacked, pack):
    path = workbook({"One": [["a"]]})
    assert "packed inside" in refusal(repacked(path, {"xl/media/a.png": pack({"b": "c"})}))
    assert "packed inside" in refusal(repacked(path, {"xl/embeddings/a.zip": b"x"}))


def test_archives_of_other_things_are_refused(write, pack):
    assert "packed archive" in refusal(write("a.zip", pack({"register.csv": "a,b"})))
    word = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}
    assert "Word document" in refusal(write("a.docx", pack(word)))


def test_a_locked_archive_is_refused(workbook, write):
    content = bytearray(workbook({"One": [["a"]]}).read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "password" in refusal(write("locked.xlsx", bytes(content)))


def test_a_zip_bomb_is_refused_by_its_directory(workbook, repacked):
    path = workbook({"One": [["a"]]})
    assert "more than 100 MB" in refusal(repacked(path, {"xl/a.xml": bytes(120 * limits.MEGABYTE)}))
    assert "many hundred times" in refusal(repacked(path, {"xl/a.xml": b" " * 50_000_000}))
    many = {f"xl/media/{number}.xml": "<a/>" for number in range(limits.PARTS + 1)}
    assert "parts" in refusal(repacked(path, many))


def test_outside_entities_are_refused(workbook, repacked):
    entity = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
    path = repacked(workbook({"One": [["a"]]}), {SHEET: entity + _sheet(row)})
    assert "outside entities" in refusal(path)


def test_a_million_empty_rows_cost_nothing(workbook, repacked, ods, write, register):
    filled = workbook({"Register": register})
    with zipfile.ZipFile(filled) as parts:
        sheet = parts.read(SHEET).decode()
    empty = "".join(f'<row r="{n}"><c r="A{n}"/></row>' for n in range(4, 1_000_000))
    long = {SHEET: sheet.replace("</sheetData>", f"{empty}</sheetData>")}
    repeated = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    for path in (
        repacked(filled, long, "long.xlsx"),
        ods(register, after=repeated),
        write("long.csv", "Ref,Title\n1,a\n2,b\n" + ",\n" * 1_000_000),
    ):
        began = _seconds()
        with sheets.read(path) as opened:
            assert opened.sheets[0].height == 3
        assert _seconds() - began < 10


def test_a_million_filled_rows_are_refused(ods, workbook, repacked):
    rows = "".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 300_000))
    path = repacked(workbook({"One": [["a"]]}), {SHEET: _sheet(rows)})
    assert "more than 200,000 rows" in refusal(path)
    bomb = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell'
        ' table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
        "</table:table-row>"
    )
    assert "more than 200,000 rows" in refusal(ods([["a"]], after=bomb))


def test_a_cell_far_away_is_pointed_out(workbook, repacked):
    row = (
        '<row r="1"><c r="T1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    )
    path = repacked(workbook({"One": [["a"]]}), {SHEET: _sheet(row)})
    assert "reaches to row 1,048,576" in refusal(path)


def test_too_many_columns_are_refused(write, workbook):
    wide = [str(number) for number in range(limits.COLUMNS + 1)]
    assert "more than 200 columns" in refusal(write("wide.csv", ",".join(wide)))
    assert "more than 200 columns" in refusal(workbook({"One": [wide]}))


def test_formulae_without_values_are_refused_and_a_few_are_told(workbook, register):
    formulae = [[f"=B{row}", f"=C{row}"] for row in range(1, 9)]
    assert "formulae without stored values (such as A1, B1" in refusal(workbook({"One": formulae}))
    with sheets.read(workbook({"One": [*register, ["=A2"]]})) as book:
        assert book.sheets[0].notes == [
            "Formulae without a stored value, read as empty: 1 (such as A4)."
        ]


def test_errors_shown_in_cells_are_told(workbook, repacked):
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c></row>'
    with sheets.read(repacked(workbook({"One": [["a"]]}), {SHEET: _sheet(row)})) as book:
        assert "such as #REF!, read as empty: 1" in book.sheets[0].notes[0]


def test_one_text_repeated_without_end_meets_the_memory_limit(workbook, repacked):
    cell = '<c t="s"><v>0</v></c>' * 100
    rows = "".join(f"<row>{cell}</row>" for _number in range(2_000))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<sst xmlns="{space}"><si><t>{"ab" * 50_000}</t></si></sst>'
    book = workbook({"One": [["a"]]})
    path = repacked(book, {SHEET: _sheet(rows), "xl/sharedStrings.xml": text})
    assert "holds too much" in refusal(path)


def test_a_quotation_mark_left_open_is_pointed_out(write):
    text = 'Ref,Title\n1,a\n2,"' + "b,c\n" * 60_000
    assert "Row 3 has a cell of more than 100,000" in refusal(write("a.csv", text))


def test_a_file_over_the_size_limit_is_refused(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.write(b"Ref,Title\n1,a\n")
        file.truncate(limits.TEXT_BYTES + 1)
    assert "larger than 100 MB" in refusal(path)


def test_a_missing_file_is_named(tmp_path):
    assert "There is no file nothing.csv" in refusal(tmp_path / "nothing.csv")
