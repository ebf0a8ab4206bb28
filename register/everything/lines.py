"""A row as a line of JSON that says the same on every database, and back."""

from __future__ import annotations

import base64
import datetime as dt
import decimal
import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import models

_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False
).encode


def line_of(names: Sequence[str], values: Sequence[Any]) -> bytes:
    """The line of a row: an object of its columns by name, then a line break. Times are in UTC."""
    row = {name: _plain(value) for name, value in zip(names, values, strict=True)}
    return _encode(row).encode() + b"\n"


def values_of(line: bytes, fields: Sequence[models.Field], connection) -> list[Any]:
    """What a line says of each column, as the database takes it.

    Raises ValueError for a line that is no row of these columns.
    """
    row = json.loads(line)
    if not isinstance(row, dict) or row.keys() != {field.attname for field in fields}:
        raise ValueError("The columns differ from those of this release.")
    return [_stored(field, row[field.attname], connection) for field in fields]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if hasattr(value, "column_text"):
        return value.column_text
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, uuid.UUID | decimal.Decimal):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, dict | list):
        return value
    raise TypeError(f"A {type(value).__name__} has no form in an export: {value!r}.")


def _stored(field: models.Field, value: Any, connection) -> Any:
    if value is not None and isinstance(field, models.BinaryField):
        value = base64.b64decode(value, validate=True)
    elif value is not None and not isinstance(field, models.JSONField):
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)
