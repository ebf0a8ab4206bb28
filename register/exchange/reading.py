"""A register in a file, from its path to its rows: the whole way in one call."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from register.exchange import rows, sheets, tables, telling
from register.exchange.flows import columns as flow_columns
from register.exchange.flows import rows as flow_rows
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
    # A sheet of flows, a row each, and who provides where its rows do not say it.
    holds_flows: bool = False
    provider: str = ""

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
        if self.holds_flows:
            return flow_rows.normalise(
                self.table, self.columns, known=known, provider=self.provider
            )
        return rows.normalise(self.table, self.columns, known=known)


def open_register(
    path: str | Path,
    *,
    sheet: str | None = None,
    overrides: Iterable[str] = (),
    name: str | None = None,
    provider: str = "",
) -> Register:
    """Open a spreadsheet and find the register in it, of agreements or of their flows.

    `overrides` are `Column=field`; `name` is what the sender called the file; `provider` gives where
    the rows of a sheet of flows do not say it. Raises UnreadableFile or NotRecognised, each with a
    sentence.
    """
    chosen = read_overrides(overrides)
    workbook = sheets.read(path, sheet, name=name)
    try:
        table = tables.find_table(workbook, chosen)
        holds_flows = flow_columns.holds_flows(table, chosen)
        read = flow_columns.flow_columns if holds_flows else telling.recognise
        columns = read(table, chosen)
    except BaseException:
        workbook.close()
        raise
    return Register(
        workbook, table, columns, name or Path(path).name, holds_flows, provider.strip()
    )
