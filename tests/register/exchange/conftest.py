"""Small registers with the mess of real ones, and hostile files, made anew for each test."""

import io
import zipfile

import openpyxl
import pytest

HEADER = ["Ref", "Agreement name", "Purpose", "Partners", "Start date", "Review due", "Status"]
ROWS = [
    ["ISA-1", "Hearth checks", "Warm homes", "Kent Police; Medway Council", "01/02/2024",
     "31/03/2027", "Active"],
    ["ISA-2-v2.1", "School moves", "Continuity\nof care", "Essex County Council", "Feb-2023",
     "Review annually", "Draft"],
]  # fmt: skip


@pytest.fixture
def write(tmp_path):
    """Write text or bytes to a file of the given name."""

    def _write(name, content, encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return _write


@pytest.fixture
def workbook(tmp_path):
    """Save sheets (name to rows) as an XLSX workbook."""

    def _workbook(sheets, name="register.xlsx"):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            page = book.create_sheet(title)
            for row in rows:
                page.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return _workbook


@pytest.fixture
def ods(write):
    """Save rows of texts as an ODS workbook, as bare as the format allows."""

    def _ods(rows, name="register.ods", after=""):
        lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"
                        for row in rows)  # fmt: skip
        content = (
            '<?xml version="1.0"?><office:document-content'
            ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
            f'<office:body><office:spreadsheet><table:table table:name="Register">{lines}{after}'
            "</table:table></office:spreadsheet></office:body></office:document-content>"
        )
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        parts = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
        return write(name, packed(parts))

    return _ods


@pytest.fixture
def repacked(write):
    """Copy a workbook, changing or adding parts (name to text or bytes)."""

    def _repacked(path, parts, name="changed.xlsx"):
        with zipfile.ZipFile(path) as archive:
            found = {part: archive.read(part) for part in archive.namelist()}
        return write(name, packed(found | parts))

    return _repacked


def packed(parts):
    """The bytes of a ZIP archive of parts (name to text or bytes)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.fixture
def pack():
    """The bytes of a ZIP archive of parts (name to text or bytes)."""
    return packed


@pytest.fixture
def register():
    """A heading row and two rows with the usual mess."""
    return [HEADER, *ROWS]


def _ods_cell(text):
    lines = "".join(f"<text:p>{line}</text:p>" for line in str(text).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
