"""One byte form for every value (RFC 8785), and the digests made from it."""

import datetime as dt
import decimal
import hashlib
import json
import uuid
from collections.abc import Iterable
from typing import Any

import rfc8785

_SAFE = 2**53 - 1
_AS_IT_IS = frozenset((str, bool, type(None)))
_PLAIN = frozenset((str, bool, int, type(None)))
_fast = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode


def canonical(value: Any) -> bytes:
    """The RFC 8785 JSON of a value; dates, numbers and bytes are first made plain.

    Raises TypeError for a value that has no plain form.
    """
    return rfc8785.dumps(plain(value))


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def row_sha256(salt: str, names: Iterable[str], values: Iterable[Any]) -> str:
    """The digest of one row: the salt, then the RFC 8785 JSON of its columns by name."""
    row = {name: plain(value) for name, value in zip(names, values, strict=True)}
    return sha256(salt.encode() + flat(row))


def flat(row: dict[str, Any]) -> bytes:
    """The RFC 8785 JSON of a row of plain values; quick where each is text, a number or nothing."""
    # With ASCII names and no fractions or nesting the standard encoder writes the very same
    # bytes, many times as fast; a test compares the two.
    if _PLAIN.issuperset(map(type, row.values())):
        return _fast(row).encode()
    return rfc8785.dumps(row)


def plain(value: Any) -> Any:
    """A value as JSON knows it: times in UTC, dates as ISO 8601, large numbers as text."""
    # The commonest first: nine columns of ten hold one of these, and are themselves.
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, int):
        return int(value) if -_SAFE <= value <= _SAFE else str(int(value))
    if isinstance(value, str):
        return str(value)
    if isinstance(value, float):
        return value
    if hasattr(value, "column_text"):
        # Many values in one text column: a row's digest is of the column, whatever reads it.
        return str(value.column_text)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain(item) for item in items]
    return _as_text(value)


def _as_text(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return f"{value // dt.timedelta(microseconds=1)} µs"
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if hasattr(value, "name") and hasattr(value, "storage"):
        return value.name or ""
    raise TypeError(f"A {type(value).__name__} has no form in the ledger: {value!r}.")
