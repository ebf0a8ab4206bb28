"""Reading CSV, TSV and their like: which encoding, which separator, row by row."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes

from register.exchange import limits
from register.exchange.limits import Refused

SEPARATORS = ",;\t|~^\x1f"
SAMPLE = 256 * 1024
# What office programs in the United Kingdom write when they do not write UTF-8.
OLD_ENCODINGS = ["cp1252", "mac_roman", "cp850"]
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(path: Path) -> str:
    """Name the encoding of a text file, or refuse with a sentence when it is no text."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if found := _unmarked_utf16(sample):
        return found
    controls = sum(sample.count(bytes([byte])) for byte in range(32) if byte not in (9, 10, 13, 31))
    if controls > len(sample) / 200:
        raise Refused("This is not a table of text. Send the register as XLSX, ODS or CSV.")
    return "utf-8" if _is_utf8(path) else _old_encoding(path)


def separator_of(path: Path, encoding: str) -> str:
    """The character between cells: the one that cuts most rows into the same number of cells."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(SAMPLE)
    if sample[:4].lower() == "sep=" and sample[5:6] in ("\r", "\n"):
        return sample[4]
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator))


def rows_of(path: Path, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number, as a spreadsheet program would show it, from 1."""
    csv.field_size_limit(limits.CELL_CHARACTERS)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        if file.readline(8)[:4].lower() != "sep=":
            file.seek(0)
        number = 0
        try:
            for number, cells in enumerate(csv.reader(file, delimiter=separator), start=1):
                yield number, cells
        except csv.Error:
            raise Refused(
                f"Row {number + 1} has a cell of more than {limits.CELL_CHARACTERS:,} characters."
                " Look for a quotation mark that is opened and not closed there."
            ) from None


def _unmarked_utf16(sample: bytes) -> str:
    half = len(sample) // 2 or 1
    if sample[1::2].count(0) / half > 0.4:
        return "utf-16-le"
    if sample[0::2].count(0) / half > 0.4:
        return "utf-16-be"
    return ""


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(SAMPLE):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _old_encoding(path: Path) -> str:
    telling, size = [], 0
    with path.open("rb") as file:
        while size < SAMPLE // 4 and (line := file.readline(SAMPLE)):
            if not line.isascii():
                telling.append(line)
                size += len(line)
    best = from_bytes(b"".join(telling), cp_isolation=OLD_ENCODINGS).best()
    return best.encoding if best and best.encoding in OLD_ENCODINGS else "cp1252"


def _evenness(sample: str, separator: str) -> tuple[float, int]:
    if separator not in sample:
        return (0.0, 0)
    widths: Counter[int] = Counter()
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            widths[len(cells)] += bool(cells)
    except csv.Error:
        return (0.0, 0)
    rows = sum(widths.values())
    wide = Counter({width: count for width, count in widths.items() if width > 1})
    if not wide:
        return (0.0, 0)
    width, count = max(wide.items(), key=lambda pair: (pair[1], pair[0]))
    return (count / rows, width)
