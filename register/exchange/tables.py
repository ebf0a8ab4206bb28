"""Where in a workbook the register is: which sheet, which row holds the headings.

Titles, blank rows and merged group headings above the headings are passed over; a table that is
something else (a list of names, a log, a form's description) is told apart with a sentence.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from register.exchange import kinds, limits
from register.exchange.extents import letters
from register.exchange.headings import NotRecognised, heading_key
from register.exchange.sheets import Cell, Sheet, Workbook

LOOK = limits.ROWS_ABOVE  # rows from the top among which the headings are looked for
LONGEST_HEADING = 300


@dataclass
class Table:
    """A table in a sheet. `header_row` is 0 where there are no headings, only column letters."""

    sheet: Sheet
    header_row: int
    headings: list[str]
    notes: list[str] = field(default_factory=list)
    filled: list[int] = field(default_factory=list)
    height: int = 0
    # What was corrected since the file came, by row and column from 0; None leaves the row out.
    mends: Mapping[int, Mapping[int, str] | None] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each row under the headings that holds something, as wide as the headings, as corrected."""
        for number, cells in self.rows_as_sent():
            mended = self.mends.get(number, {})
            if mended:
                cells = [mended.get(at, cell) for at, cell in enumerate(cells)]
            if mended is not None:
                yield number, cells

    def rows_as_sent(self) -> Iterator[tuple[int, list[Cell]]]:
        """The same as it stands in the file."""
        width = len(self.headings)
        for number, cells in self.sheet.rows():
            if number > self.header_row and not self._repeats_headings(cells):
                yield number, [*cells[:width], *[""] * (width - len(cells))]

    @property
    def empty_columns(self) -> list[str]:
        """The headings of the columns that hold nothing at all."""
        return [
            " ".join(name.split())
            for name, count in zip(self.headings, self.filled, strict=True)
            if name and not count
        ]

    def _repeats_headings(self, cells: Sequence[Cell]) -> bool:
        written = [str(cell).strip() for cell in cells]
        return bool(self.header_row) and written == self.headings[: len(written)]


def find_table(
    workbook: Workbook, overrides: Mapping[str, str] | None = None, *, anyway: bool = False
) -> Table:
    """Find the table of a workbook: the sheet and row with most known headings, then most rows.

    Raises NotRecognised with a sentence where no row of headings can be told from the data; `anyway`
    takes the letters of its columns for them.
    """
    visible = [sheet for sheet in workbook.sheets if not sheet.hidden and sheet.height]
    chosen = set(map(heading_key, overrides or {}))
    found = [_best(sheet, chosen) for sheet in visible or [s for s in workbook.sheets if s.height]]
    found.sort(key=lambda best: (best.known, best.sheet.height), reverse=True)
    best = found[0]
    table = _table(best, anyway or bool(overrides))
    others = [other.sheet.name for other in found[1:] if other.known >= 3]
    if others:
        names = ", ".join(f"“{name}”" for name in others)
        table.notes.append(
            f"Only sheet “{best.sheet.name}” was read. {names} may hold entries as well: bring"
            " each in by its name."
        )
    return table


@dataclass
class _Headings:
    sheet: Sheet
    row: int
    cells: list[str]
    known: int


def _best(sheet: Sheet, chosen: set[str]) -> _Headings:
    top = list(islice(sheet.rows(), LOOK))
    best = _Headings(sheet, 0, [], 0)
    for at, (number, cells) in enumerate(top):
        written = [str(cell).strip() for cell in cells]
        known = _known(written, chosen)
        if at and known > 1:
            joined = _joined([str(cell).strip() for cell in top[at - 1][1]], written)
            if _known(joined, chosen) > known and not _is_data(top[at - 1][1]):
                written, known = joined, _known(joined, chosen)
        if known > best.known:
            best = _Headings(sheet, number, written, known)
    if best.known < 2:
        first = next(((n, cells) for n, cells in top if sum(map(bool, cells)) > 1), top[0])
        return _fallback(sheet, best, first, top)
    return best


def _fallback(
    sheet: Sheet, best: _Headings, first: tuple[int, list[Cell]], top: list[tuple[int, list[Cell]]]
) -> _Headings:
    number, cells = first
    if best.known and best.row == number:
        return best
    below = [row for other, row in top if other > number]
    if _is_data(cells) or _same_shape(cells, below):
        return _Headings(sheet, 0, [], 0)
    return _Headings(sheet, number, [str(cell).strip() for cell in cells], best.known)


def _table(best: _Headings, takes_letters: bool) -> Table:
    sheet, headings = best.sheet, best.cells
    if not best.row:
        headings = [f"Column {letters(at + 1)}" for at in range(sheet.width)]
        if not takes_letters:
            raise NotRecognised(_headless(sheet))
    width = max(len(headings), 1)
    table = Table(sheet, best.row, [*headings], list(sheet.notes), [0] * width)
    for number, cells in sheet.rows():
        if number <= best.row:
            continue
        # Columns beyond the headings are kept under their letters.
        while len(table.headings) < len(cells):
            table.headings.append(f"Column {letters(len(table.headings) + 1)}")
            table.filled.append(0)
        if table._repeats_headings(cells):
            continue
        table.height += 1
        for at, cell in enumerate(cells):
            table.filled[at] += cell != ""
    if not table.height:
        raise NotRecognised(
            f"There are headings in row {best.row}, but no rows under them."
            " Send the filled-in register."
        )
    _name_unnamed(table)
    return table


def _name_unnamed(table: Table) -> None:
    for at, name in enumerate(table.headings):
        if not name and table.filled[at]:
            table.headings[at] = f"Column {letters(at + 1)}"
    if empty := table.empty_columns:
        table.notes.append(f"Columns that hold nothing: {', '.join(empty)}.")


def _headless(sheet: Sheet) -> str:
    _number, cells = next(sheet.rows())
    seen = ", ".join(f"“{str(cell)[:40]}”" for cell in cells[:4] if cell != "")
    return (
        f"There is no row of headings: the first row reads {seen}. Put headings above it, or name"
        ' the columns by their letters, for example: --map "B=title" --map "A=reference".'
    )


def _known(written: Sequence[str], chosen: set[str]) -> int:
    if any(len(cell) > LONGEST_HEADING for cell in written):
        return 0
    return kinds.most_known(written) + sum(heading_key(cell) in chosen for cell in written if cell)


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Headings in two rows: a cell merged downwards leaves the lower row empty."""
    width = max(len(above), len(below))
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (above, below))
    return [low or up for up, low in zip(upper, lower, strict=True)]


def _is_data(cells: Sequence[Cell]) -> bool:
    """Whether a row holds what headings never are: numbers, dates, prose."""
    return any(
        isinstance(cell, int | float | datetime.date)
        or len(str(cell)) > LONGEST_HEADING
        or bool(re.fullmatch(r"[\d\s/.,:-]*\d[\d\s/.,:-]*", str(cell)))
        for cell in cells
        if cell != ""
    )


def _same_shape(cells: Sequence[Cell], below: list[list[Cell]]) -> bool:
    """Whether the row's cells stand again under themselves, as values do and headings do not."""
    return any(
        cell != "" and any(at < len(row) and row[at] == cell for row in below)
        for at, cell in enumerate(cells)
    )
