"""A register in a file, from its path to its rows: the whole way in one call."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from register.exchange import rows, sheets, tables, telling
from register.exchange.headings import Columns, read_overrides
from register.exchange.rows import RowRead
from register.exchange.sheets import Workbook
from register.exchange.tables import Table


@dataclass
class Register:
    """A register that is open for reading. Use it as a context, or close it."""

    workbook: Workbook
    table: Table
    columns: Columns
    name: str

    def __enter__(self) -> "Register":
        return self

    def __exit__(self, *_error: object) -> None:
        self.workbook.close()

    @property
    def source(self) -> str:
        """Where its references come from: a published register's name, else the file's own."""
        return self.columns.family or PurePath(self.name).stem.strip().casefold()

    @property
    def notes(self) -> list[str]:
        """Sentences about the file as a whole."""
        return [*self.table.notes, *self.columns.notes]

    def rows(self, *, known: Callable[[str], bool] | None = None) -> Iterator[RowRead]:
        """Its rows, one by one; may be asked for again."""
        return rows.normalise(self.table, self.columns, known=known)


def open_register(
    path: str | Path,
    *,
    sheet: str | None = None,
    overrides: Iterable[str] = (),
    name: str | None = None,
) -> Register:
    """Open a spreadsheet and find the register in it.

    `overrides` are `Column=field`; `name` is what the sender called the file. Raises
    UnreadableFile or NotRecognised, each with a sentence.
    """
    chosen = read_overrides(overrides)
    workbook = sheets.read(path, sheet, name=name)
    try:
        table = tables.find_table(workbook, chosen)
        columns = telling.recognise(table, chosen)
    except BaseException:
        workbook.close()
        raise
    return Register(workbook, table, columns, name or Path(path).name)
