"""The process that opens a spreadsheet, so that a hostile one can harm nothing else.

Run as `python -m register.exchange.sheet_child FILE NAME`. It bounds its own memory and time, then
writes one JSON value a line: {"book"}, {"sheet"}, [row number, cells] and {"end"}. A refusal is a
sentence on standard error and exit code 3. It imports nothing of Django.
"""

import datetime
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.parsers import expat

import python_calamine as calamine

from register.exchange import archives, delimited, extents, formats, limits
from register.exchange.limits import Refused

REFUSED = 3
DAMAGED = (
    "The file is damaged and cannot be opened."
    " Open it in a spreadsheet program, save it again and send that."
)
TOO_LARGE = "The file holds too much to be opened safely. Send the register in smaller files."
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def main(path: str, name: str) -> int:
    """Write the file's sheets to standard output, or one sentence to standard error."""
    _bound()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        for line in read(Path(path), name):
            sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        sys.stdout.flush()
    except Refused as refusal:
        return _say(str(refusal))
    except calamine.PasswordError:
        return _say("The workbook is locked with a password. Save a copy without the password.")
    except (MemoryError, OSError):
        return _say(TOO_LARGE)
    # What a reader written in Rust raises when it gives up is no Exception.
    except BaseException:
        return _say(DAMAGED)
    return 0


def read(path: Path, name: str) -> Iterator[object]:
    """The lines that describe a file: see the top of this module."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(4096)
        whole = head + file.read(limits.FILE_BYTES) if head[:2] == b"\xd0\xcf" else b""
    kind = formats.kind_of(head, whole)
    if size > (limits.TEXT_BYTES if kind == "text" else limits.FILE_BYTES):
        most = (limits.TEXT_BYTES if kind == "text" else limits.FILE_BYTES) // limits.MEGABYTE
        raise Refused(f"The file is larger than {most} MB. Send the register in smaller files.")
    if kind == "text":
        formats.check_name(name, kind)
        yield from _text(path)
    else:
        yield from _workbook(path, name, kind)


def _text(path: Path) -> Iterator[object]:
    encoding = delimited.encoding_of(path)
    separator = delimited.separator_of(path, encoding)
    yield {"book": {"kind": "text", "encoding": encoding, "separator": separator}}
    yield {"sheet": {"name": "", "hidden": False}}
    yield from _rows("", delimited.rows_of(path, encoding, separator), [])


def _workbook(path: Path, name: str, kind: str) -> Iterator[object]:
    reach: dict[str, extents.Extent] = {}
    if kind == "zip":
        try:
            with zipfile.ZipFile(path) as archive:
                kind = archives.look(archive)
                reach = extents.of_xlsx(archive) if kind == "xlsx" else extents.of_ods(archive)
        except (zipfile.BadZipFile, expat.ExpatError, KeyError, NotImplementedError, ValueError):
            raise Refused(DAMAGED) from None
    formats.check_name(name, kind)
    # An ODS workbook is laid out in memory whole as soon as it is opened, an XLSX sheet by sheet.
    refusals = [extent.too_large(sheet) for sheet, extent in reach.items() if kind == "ods"]
    if refusal := next(filter(None, refusals), ""):
        raise Refused(refusal)
    yield {"book": {"kind": kind, "encoding": "", "separator": ""}}
    book = calamine.CalamineWorkbook.from_path(str(path))
    for about in book.sheets_metadata:
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        visible = about.visible == calamine.SheetVisibleEnum.Visible
        yield {"sheet": {"name": about.name, "hidden": not visible}}
        extent = reach.get(about.name, extents.Extent())
        if refusal := extent.refusal(about.name):
            yield {"end": {"rows": 0, "width": 0, "notes": [], "refusal": refusal}}
            continue
        sheet = book.get_sheet_by_name(about.name)
        shift = [""] * (sheet.start[1] if sheet.start else 0)
        cells = ((number, shift + row) for number, row in enumerate(sheet.iter_rows(), start=1))
        yield from _rows(about.name, cells, extent.notes())


def _rows(name: str, rows: Iterable[tuple[int, list]], notes: list[str]) -> Iterator[object]:
    count = width = 0
    refusal = ""
    for number, row in rows:
        if not any(row):
            continue
        cells = [_plain(cell) for cell in row]
        while cells and cells[-1] in ("", None):
            cells.pop()
        if not cells:
            continue
        count, width = count + 1, max(width, len(cells))
        if count > limits.ROWS + limits.ROWS_ABOVE:
            refusal = extents.too_many_rows(name)
        elif width > limits.COLUMNS:
            refusal = extents.too_many_columns(name)
        if refusal:
            break
        yield [number, cells]
    yield {"end": {"rows": count, "width": width, "notes": notes, "refusal": refusal}}


def _plain(cell: object) -> object:
    if isinstance(cell, str):
        text = _CONTROLS.sub("", cell.replace("\r\n", "\n").replace("\r", "\n"))
        return text if text.strip() else ""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, datetime.datetime):
        return {"date": (cell if cell.time() != datetime.time() else cell.date()).isoformat()}
    if isinstance(cell, datetime.date):
        return {"date": cell.isoformat()}
    if isinstance(cell, datetime.time | datetime.timedelta):
        return str(cell)
    return cell


def _bound() -> None:
    for what, most in (
        (resource.RLIMIT_AS, limits.CHILD_MEMORY),
        (resource.RLIMIT_FSIZE, limits.CHILD_OUTPUT),
        (resource.RLIMIT_CPU, limits.CHILD_CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    # Nothing may be written to a full or half-written output on the way out.
    sys.stdout = None
    return REFUSED


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
