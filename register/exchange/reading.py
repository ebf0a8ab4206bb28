"""A register in a file, from its path to its rows: the whole way in one call."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from register.exchange import kinds, sheets, tables
from register.exchange.headings import Columns, read_overrides
from register.exchange.kinds import Kind
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
    kind: Kind
    # Who provides, in a sheet of flows whose rows do not say it.
    provider: str = ""
    list_name: str = ""

    def __enter__(self) -> "Register":
        return self

    def __exit__(self, *_error: object) -> None:
        self.workbook.close()

    @property
    def holds_flows(self) -> bool:
        """Whether it is a sheet of flows, a row each."""
        return self.kind.code == "flows"

    @property
    def source(self) -> str:
        """Where its references come from: a published register's name, the list's, else the file's own."""
        return self.columns.family or self.list_name or own_list(self.name)

    @property
    def notes(self) -> list[str]:
        """Sentences about the file as a whole."""
        return [*self.table.notes, *self.columns.notes]

    def rows(self, *, known: Callable[[str], bool] | None = None) -> Iterator[RowRead]:
        """Its rows, one by one; may be asked for again."""
        return self.kind.rows(self.table, self.columns, known=known, provider=self.provider)


def own_list(name: str) -> str:
    """The list that a file is, told from its name alone."""
    return PurePath(name).stem.strip().casefold()


def open_register(
    path: str | Path,
    *,
    sheet: str | None = None,
    overrides: Iterable[str] = (),
    name: str | None = None,
    provider: str = "",
    kind: str = "",
    list_name: str = "",
    mends: Mapping[int, Mapping[int, str] | None] | None = None,
) -> Register:
    """Open a spreadsheet and find what it holds, of the kind that is named or that it seems to be.

    `overrides` are `Column=field`; `name` is what the sender called the file; `provider` gives where
    the rows of a sheet of flows do not say it; `mends` are corrections by row and column. Raises
    UnreadableFile or NotRecognised, each with a sentence.
    """
    chosen = read_overrides(overrides)
    workbook = sheets.read(path, sheet, name=name)
    try:
        anyway = bool(kind) and kinds.of(kind).takes_letters
        table = tables.find_table(workbook, chosen, anyway=anyway)
        table.mends = mends or {}
        held = kinds.of(kind) if kind else kinds.told(table, chosen)
        columns = held.columns(table, chosen)
    except BaseException:
        workbook.close()
        raise
    called = name or Path(path).name
    return Register(workbook, table, columns, called, held, provider.strip(), list_name)
