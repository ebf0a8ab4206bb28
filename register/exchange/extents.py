"""How far each sheet of a packed workbook reaches, and which formulae hold no value.

Counted from the XML as it streams past, because the reader proper lays out every cell between the
first and the last in memory, empty ones too.
"""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field

from register.exchange import archives, limits

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass
class Extent:
    """The filled part of one sheet."""

    rows: int = 0  # rows that hold something
    values: int = 0
    bare_formulae: int = 0  # formulae without a stored value
    errors: int = 0  # such as #REF!
    last_row: int = 0
    last_column: int = 0
    examples: list[str] = field(default_factory=list)

    def refusal(self, sheet: str) -> str:
        """Why the sheet cannot be read, or nothing."""
        if self.bare_formulae and self.bare_formulae >= self.values / 2:
            return (
                f"Sheet “{sheet}” is made of formulae without stored values (such as"
                f" {', '.join(self.examples)}). Open it in a spreadsheet program, save it again, or"
                " paste the values into a new sheet."
            )
        return self.too_large(sheet)

    def too_large(self, sheet: str) -> str:
        """Why the sheet would not fit into memory, or nothing."""
        if self.rows > limits.ROWS + limits.ROWS_ABOVE:
            return too_many_rows(sheet)
        if self.last_column > limits.COLUMNS:
            return too_many_columns(sheet)
        if self.last_row * self.last_column > limits.AREA:
            return (
                f"Sheet “{sheet}” reaches to row {self.last_row:,} with almost nothing in between."
                " Delete the empty rows and columns around the data and save it again."
            )
        return ""

    def notes(self) -> list[str]:
        """What the reader of the report is told about a sheet that is taken all the same."""
        notes = []
        if self.bare_formulae:
            notes.append(
                f"Formulae without a stored value, read as empty: {self.bare_formulae}"
                f" (such as {', '.join(self.examples)})."
            )
        if self.errors:
            notes.append(f"Cells that show an error such as #REF!, read as empty: {self.errors}.")
        return notes

    def saw(self, row: int, column: int, *, filled: bool, formula: bool, name: str) -> bool:
        """Count one cell; says whether it holds a value."""
        if formula and not filled:
            self.bare_formulae += 1
            if len(self.examples) < 3:
                self.examples.append(name)
        if not filled:
            return False
        self.values += 1
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)
        return True


def too_many_rows(sheet: str) -> str:
    """The sentence for a sheet that is longer than a register can be."""
    which = f"Sheet “{sheet}”" if sheet else "The file"
    return f"{which} has more than {limits.ROWS:,} rows. Send it in smaller files."


def too_many_columns(sheet: str) -> str:
    """The sentence for a sheet that is wider than a register can be."""
    which = f"Sheet “{sheet}”" if sheet else "The file"
    return (
        f"{which} has more than {limits.COLUMNS} columns."
        " Delete the columns that the register does not need."
    )


def letters(column: int) -> str:
    """The letters of a column, counted from 1: 1 is A, 28 is AB."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def of_xlsx(archive: zipfile.ZipFile) -> dict[str, Extent]:
    """The extent of each sheet of an XLSX workbook, by its name."""
    parts = set(archive.namelist())
    return {
        name: _of_xlsx_sheet(archive, part)
        for name, part in _xlsx_sheets(archive).items()
        if part in parts and "worksheet" in part
    }


def of_ods(archive: zipfile.ZipFile) -> dict[str, Extent]:
    """The extent of each table of an ODS workbook, by its name."""
    watch = _OdsWatch()
    archives.parse(archive, "content.xml", watch.start, watch.end, watch.text)
    return watch.extents


def _xlsx_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            ids = [value for key, value in attributes.items() if key.endswith(":id")]
            target = targets.get(ids[0], "") if ids else ""
            path = target[1:] if target.startswith("/") else posixpath.join("xl", target)
            sheets[attributes.get("name", "")] = posixpath.normpath(path)

    if "xl/_rels/workbook.xml.rels" in archive.namelist():
        archives.parse(archive, "xl/_rels/workbook.xml.rels", relation)
        archives.parse(archive, "xl/workbook.xml", sheet)
    return sheets


def _of_xlsx_sheet(archive: zipfile.ZipFile, part: str) -> Extent:
    watch = _XlsxWatch()
    archives.parse(archive, part, watch.start, watch.end, watch.text)
    return watch.extent


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


class _XlsxWatch:
    def __init__(self) -> None:
        self.extent = Extent()
        self.row = 0
        self.column = 0
        self.cell = ""
        self.reading = self.filled = self.formula = self.row_filled = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = _local(tag)
        if tag == "c":
            self.cell, self.filled, self.formula = attributes.get("r", ""), False, False
            self.extent.errors += attributes.get("t") == "e"
            self._place()
        elif tag in ("v", "t"):
            self.reading = True
        elif tag == "f":
            self.formula = True
        elif tag == "row":
            self.row = int(attributes.get("r") or self.row + 1)
            self.column, self.row_filled = 0, False

    def text(self, text: str) -> None:
        if self.reading and not self.filled:
            self.filled = bool(text.strip())

    def end(self, tag: str) -> None:
        tag = _local(tag)
        if tag in ("v", "t"):
            self.reading = False
        elif tag == "c":
            found = self.extent.saw(
                self.row, self.column, filled=self.filled, formula=self.formula, name=self.cell
            )
            if found and not self.row_filled:
                self.row_filled = True
                self.extent.rows += 1

    def _place(self) -> None:
        found = _CELL.fullmatch(self.cell)
        self.column += 1
        if found:
            self.row = int(found[2])
            self.column = sum(
                (ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(found[1]))
            )


class _OdsWatch:
    def __init__(self) -> None:
        self.extents: dict[str, Extent] = {}
        self.extent = Extent()
        self.row = self.column = 0
        self.row_times = self.cell_times = 1
        self.filled = self.formula = self.row_filled = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self.extent = self.extents.setdefault(attributes.get("table:name", ""), Extent())
            self.row = 0
        elif tag == "table:table-row":
            self.row_times = int(attributes.get("table:number-rows-repeated", 1))
            self.row, self.column, self.row_filled = self.row + self.row_times, 0, False
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self.cell_times = int(attributes.get("table:number-columns-repeated", 1))
            self.column += self.cell_times
            self.formula = "table:formula" in attributes
            self.filled = any(
                key.startswith("office:") and key.endswith("value") and value.strip()
                for key, value in attributes.items()
            )

    def text(self, text: str) -> None:
        if not self.filled:
            self.filled = bool(text.strip())

    def end(self, tag: str) -> None:
        if tag not in ("table:table-cell", "table:covered-table-cell"):
            return
        name = f"{letters(self.column)}{self.row}"
        found = self.extent.saw(
            self.row, self.column, filled=self.filled, formula=self.formula, name=name
        )
        self.filled = self.formula = False
        if found and not self.row_filled:
            self.row_filled = True
            self.extent.rows += self.row_times
