"""Reads the register as it stood: inside the block every question about tracked records is asked of history.

Whatever reads documents today reads them as they were, unchanged: each statement gets, for every
table of tracked records that it names, a common table expression of the same name that holds the
newest row of history which was written by then. Nothing is written inside the block. Who may see
what is asked outside of it, because that is a question of today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache

from django.db import connection

from register.core.dates import seen_from
from register.documents.models import Transition
from register.ledger.tracked import history_of, tracked_models

_NAMES = re.compile(r'"([a-z0-9_]+)"')
_READS = re.compile(r"\s*\(*\s*(SELECT|EXPLAIN|SAVEPOINT|RELEASE|ROLLBACK|SET CONSTRAINTS)\b", re.I)
_LOCKS = re.compile(r"\bFOR (NO KEY )?UPDATE\b")
# Reference lists are read as they stand: their wordings are kept in memory for everybody.
_AS_TODAY = {"lists"}
_read: ContextVar[datetime | None] = ContextVar("past_read", default=None)


class PastIsRead(RuntimeError):
    """Somebody tried to write while the past is read."""


@contextmanager
def as_at(instant: datetime) -> Iterator[None]:
    """Read all tracked records as the register knew them at an instant, which counts as now meanwhile."""
    if _read.get() is not None:
        raise PastIsRead("The past is being read already.")
    token = _read.set(instant)
    try:
        with seen_from(instant), connection.execute_wrapper(_asked_of_history):
            yield
    finally:
        _read.reset(token)


def _asked_of_history(execute, sql, params, many, context):
    if not _READS.match(sql) or _LOCKS.search(sql):
        raise PastIsRead("Nothing is written while the past is read.")
    instant = _read.get()
    known = _tables()
    named = [name for name in dict.fromkeys(_NAMES.findall(sql)) if name in known]
    if named and instant is not None:
        moment = _literal(instant)
        past = ", ".join(
            f'"{name}" AS NOT MATERIALIZED ({known[name].replace("@", moment)})' for name in named
        )
        sql = f"WITH {past} {sql}"
    return execute(sql, params, many, context)


@cache
def _tables() -> dict[str, str]:
    """By the name of a table: what it held at the moment that "@" stands for."""
    tracked = [model for model in tracked_models() if model._meta.app_label not in _AS_TODAY]
    found = {model._meta.db_table: _newest(model) for model in tracked}
    found[Transition._meta.db_table] = _appended(Transition, "at")
    return found


def _newest(model) -> str:
    history = history_of(model)
    names = [field.column for field in model._meta.concrete_fields]
    columns = ", ".join(f'h."{name}"' for name in names)
    table, key = f'"{history._meta.db_table}"', f'"{model._meta.pk.column}"'
    return (
        f"SELECT {columns} FROM {table} h WHERE h.history_date <= @ AND h.history_type <> '-' "
        f"AND NOT EXISTS (SELECT 1 FROM {table} l WHERE l.{key} = h.{key} "
        "AND l.history_id > h.history_id AND l.history_date <= @)"
    )


def _appended(model, column: str) -> str:
    # SQLite takes a name inside its own expression for a circle unless it says whose table it is.
    schema = "main." if connection.vendor == "sqlite" else ""
    columns = ", ".join(f't."{field.column}"' for field in model._meta.concrete_fields)
    return f'SELECT {columns} FROM {schema}"{model._meta.db_table}" t WHERE t."{column}" <= @'


def _literal(instant: datetime) -> str:
    utc = instant.astimezone(UTC)
    if connection.vendor == "sqlite":
        return f"'{utc:%Y-%m-%d %H:%M:%S.%f}'"
    return f"'{utc:%Y-%m-%d %H:%M:%S.%f}+00'::timestamptz"
