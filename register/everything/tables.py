"""Whole tables as lines, a few rows at a time, and lines as rows again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import Error, connections, models
from django.db.models.functions import Collate

from register.everything.lines import line_of, values_of
from register.everything.refusals import Refused
from register.everything.selection import LEFT_OUT_COLUMNS, exported_fields

READ, WRITTEN = 2_000, 500
_TEXT = (models.CharField, models.TextField, models.SlugField)


def lines(model: type[models.Model], using: str) -> Iterator[bytes]:
    """Every row of a table as a line, in the order of the keys, which is the same on both databases."""
    names = [field.attname for field in exported_fields(model)]
    rows: models.QuerySet = models.QuerySet(model, using=using)
    by_key: Any = "pk"
    if isinstance(model._meta.pk, _TEXT) and connections[using].vendor == "postgresql":
        by_key = Collate("pk", "C")
    for values in rows.order_by(by_key).values_list(*names).iterator(READ):
        yield line_of(names, values)


def digest_of(model: type[models.Model], using: str) -> str:
    """The SHA-256 of all the lines of a table."""
    digest = hashlib.sha256()
    for line in lines(model, using):
        digest.update(line)
    return digest.hexdigest()


def put(model: type[models.Model], found: Iterable[bytes], using: str) -> int:
    """Put the rows of some lines into an empty table; how many there were.

    Nothing else happens: no act, no history, no derived column. Raises Refused naming the line that
    the table does not take.
    """
    connection = connections[using]
    fields = exported_fields(model)
    added = LEFT_OUT_COLUMNS.get(model._meta.label, {})
    constants = [value for _, value in added.values()]
    columns = [str(field.column) for field in fields] + list(added)
    quote = connection.ops.quote_name
    into = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) VALUES "
    row = f"({', '.join(['%s'] * len(columns))})"
    rest, count = iter(found), 0
    with connection.cursor() as cursor:
        while some := list(islice(rest, WRITTEN)):
            try:
                rows = [values_of(line, fields, connection) + constants for line in some]
                if connection.vendor == "postgresql":
                    # One statement a batch: a journey to the server for each row is ten times slower.
                    many = ", ".join([row] * len(rows))
                    cursor.execute(into + many, [value for values in rows for value in values])
                else:
                    cursor.executemany(into + row, rows)
            except (ValueError, TypeError, ValidationError, Error) as error:
                raise Refused(_not_taken(model, count + 1, count + len(some), error)) from error
            count += len(some)
    return count


def clear(given: Iterable[type[models.Model]], using: str) -> None:
    """Empty tables, those first that point to others."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in reversed(list(given)):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def last_keys(given: Iterable[type[models.Model]], using: str) -> dict[str, int]:
    """The last number that each table has given to a row, by label, also where that row is gone."""
    numbered = [model for model in given if _is_numbered(model)]
    with connections[using].cursor() as cursor:
        read = _last_of_sequence if _is_postgres(using) else _last_of_table
        return {model._meta.label: read(cursor, model) for model in numbered}


def go_on_after(numbers: dict[str, int], given: Iterable[type[models.Model]], using: str) -> None:
    """Let every table go on numbering where it stopped, so that no number is given twice."""
    numbered = [model for model in given if _is_numbered(model)]
    connection = connections[using]
    with connection.cursor() as cursor:
        if _is_postgres(using):
            for sql in connection.ops.sequence_reset_sql(no_style(), numbered):
                cursor.execute(sql)
        set_last = _set_sequence if _is_postgres(using) else _set_table
        for model in numbered:
            set_last(cursor, model, int(numbers.get(model._meta.label, 0)))


def _set_sequence(cursor, model, last: int) -> None:
    if not last:
        return
    table, column = _quoted(model._meta.db_table), model._meta.pk.column
    cursor.execute(
        "SELECT setval(pg_get_serial_sequence(%s, %s), greatest(%s, "
        f"(SELECT coalesce(max({_quoted(column)}), 1) FROM {table})))",
        [table, column, last],
    )


def _set_table(cursor, model, last: int) -> None:
    table, column = model._meta.db_table, model._meta.pk.column
    cursor.execute(f"SELECT coalesce(max({_quoted(column)}), 0) FROM {_quoted(table)}")
    last = max(last, cursor.fetchone()[0])
    cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
    if last:
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


def _last_of_sequence(cursor, model) -> int:
    table, column = _quoted(model._meta.db_table), model._meta.pk.column
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
    sequence = cursor.fetchone()[0]
    if sequence is None:
        return 0
    cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")
    return cursor.fetchone()[0]


def _last_of_table(cursor, model) -> int:
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
    row = cursor.fetchone()
    return int(row[0]) if row else 0


def _is_numbered(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.AutoField | models.BigAutoField)


def _is_postgres(using: str) -> bool:
    return connections[using].vendor == "postgresql"


def _not_taken(model, first: int, last: int, error: Exception) -> str:
    said = " ".join(getattr(error, "messages", None) or [str(error)]).strip()
    return (
        f"The table {model._meta.label} does not take its rows {first} to {last}: {said} "
        "Nothing was brought in."
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
