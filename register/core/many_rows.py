"""Many rows of plain values into one table, without the care that the ORM takes of each single value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from django.db import DEFAULT_DB_ALIAS, connections, models

Plain = str | int | bool | None
MOST = 10_000  # values of one statement, where the database itself sets no limit


def insert(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Plain]],
    using: str = DEFAULT_DB_ALIAS,
) -> None:  # fmt: skip
    """Write rows that hold text, whole numbers, yes or no, or nothing; each gives the named columns in order.

    For derived rows and the ledger's own, of which an act may leave thousands: several times as quick
    as bulk_create, and nothing is given back. `names` are columns by their names in the model; a column
    that is not named must have its value from the database.
    """
    values = list(rows)
    connection = connections[using]
    quote = connection.ops.quote_name
    table, one = quote(model._meta.db_table), f"({', '.join(['%s'] * len(names))})"
    columns = ", ".join(quote(_column(model, name)) for name in names)
    size = max(1, (connection.features.max_query_params or MOST) // len(names))
    with connection.cursor() as cursor:
        for start in range(0, len(values), size):
            some = values[start : start + size]
            places = ", ".join([one] * len(some))
            cursor.execute(
                f"INSERT INTO {table} ({columns}) VALUES {places}", list(chain.from_iterable(some))
            )


def _column(model: type[models.Model], name: str) -> str:
    column = next(f.column for f in model._meta.concrete_fields if f.attname == name)
    assert column is not None
    return column
