"""A look into a packed workbook (XLSX, ODS) before anything in it is unpacked whole."""

import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from xml.parsers import expat

from register.exchange import limits
from register.exchange.formats import SAVE_AS
from register.exchange.limits import Refused

CHUNK = 64 * 1024
PACKED = "zip xlsx xlsm xlsb xls ods docx doc pptx 7z rar gz bz2 xz tar jar"
NESTED = frozenset(f".{ending}" for ending in PACKED.split())
MACROS = ("vbaproject.bin", "macrosheets/", "basic/", "scripts/")
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
MACRO_REFUSAL = "Workbooks that carry macros are not taken. Save a copy without macros."


def look(archive: zipfile.ZipFile) -> str:
    """Say "xlsx" or "ods", or refuse with a sentence what is locked, armed or too large."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("The workbook is locked with a password. Save a copy without the password.")
    _check_sizes(parts)
    names = [part.filename for part in parts]
    if any(mark in name.lower() for name in names for mark in MACROS):
        raise Refused(MACRO_REFUSAL)
    kind = _kind(archive, set(names))
    for part in parts:
        _check_part(archive, part)
    return kind


def parse(
    archive: zipfile.ZipFile,
    name: str,
    on_start: Callable[[str, dict[str, str]], None] | None = None,
    on_end: Callable[[str], None] | None = None,
    on_text: Callable[[str], None] | None = None,
) -> None:
    """Read one XML part piece by piece; a document type declaration is refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    if on_start:
        parser.StartElementHandler = on_start
    if on_end:
        parser.EndElementHandler = on_end
    if on_text:
        parser.CharacterDataHandler = on_text
    left = limits.UNPACKED_BYTES
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise Refused(_too_large())
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > limits.PARTS:
        raise Refused(f"The workbook is made of more than {limits.PARTS:,} parts. {SAVE_AS}")
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if unpacked > limits.UNPACKED_BYTES:
        raise Refused(_too_large())
    if unpacked > limits.PACKING_FROM and unpacked / packed > limits.PACKING:
        raise Refused(
            "The workbook unpacks to many hundred times its size, which no register does."
            " Copy the rows into a new workbook and send that."
        )


def _too_large() -> str:
    size = limits.UNPACKED_BYTES // limits.MEGABYTE
    return f"The workbook unpacks to more than {size} MB. Send the register in smaller files."


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names and archive.read("mimetype")[:200].strip() == ODS:
        return "ods"
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            raise Refused(f"This is a Word document, not a spreadsheet. {SAVE_AS}")
        if b"macroEnabled" in archive.read("[Content_Types].xml"):
            raise Refused(MACRO_REFUSAL)
        if "xl/workbook.bin" in names:
            raise Refused("Binary workbooks (.xlsb) are not taken. Save it as XLSX.")
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
    raise Refused(
        "This is a packed archive, not a spreadsheet. Unpack it and send the file inside."
    )


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    suffix = PurePosixPath(part.filename).suffix.lower()
    if suffix in (".xml", ".rels"):
        if not part.filename.startswith("META-INF/"):
            _check_prolog(archive, part.filename)
        return
    with archive.open(part) as opened:
        packed = opened.read(4) == b"PK\x03\x04"
    if packed or suffix in NESTED:
        raise Refused(
            f"The workbook has another file packed inside it ({part.filename})."
            " Copy the rows into a new workbook and send that."
        )


def _check_prolog(archive: zipfile.ZipFile, name: str) -> None:
    try:
        parse(archive, name, on_start=_enough)
    except _Enough:
        return


class _Enough(Exception):
    pass


def _enough(name: str, attributes: dict[str, str]) -> None:
    raise _Enough


def _refuse_doctype(*_about: object) -> None:
    raise Refused(
        "The workbook declares document types or outside entities, which no spreadsheet program"
        " does. Copy the rows into a new workbook and send that."
    )
