"""Compares history rows with the changes that digested them, and live rows with their history."""

import json
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import groupby
from typing import Any

from django.db import models

from register.ledger.canonical import plain, row_sha256
from register.ledger.entries import column_names
from register.ledger.models import Change, Columns
from register.ledger.tracked import Tracked, history_of

CHUNK = 2000


class Tampered(Exception):
    """Something in the register does not agree with its ledger; the message names it."""

    def __init__(self, sentence: str):
        super().__init__(sentence[:1].upper() + sentence[1:])


def check_history(
    model: type[Tracked], columns: dict[int, Columns], known, first: int, using: str
) -> None:
    """Every history row from `first` on is in an entry and says what was digested there."""
    names = column_names(history_of(model))
    lists = {key: json.loads(row.names) for key, row in columns.items()}
    rows = history_of(model)._base_manager.using(using).filter(history_id__gte=first)
    rows = rows.order_by("history_id")
    with stream(rows.values(*names)) as found, closing(_digested(model, first, using)) as told:
        _side_by_side(model, found, told, lists, known)


def check_live(model: type[Tracked], first: int, using: str) -> int:
    """Every live row says what its newest history row says, and none has vanished; how many.

    With `first` above 0 only the rows whose history goes on from there are compared.
    """
    count = 0
    for low, high, live in _live(model, first, using):
        newest = _newest(model, low, high, first, using)
        for pk, row in live.items():
            _compare(model, pk, row, newest.pop(pk, None))
        count += len(live)
        for pk, row in newest.items():
            if row["history_type"] != "-":
                raise Tampered(f"{_named(model, pk)} has vanished from its table.")
    return count


def stream(rows: models.QuerySet) -> closing:
    """Rows read a few at a time, in a block at whose end the database's cursor is closed."""
    found: Any = rows.iterator(CHUNK)
    return closing(found)


def _side_by_side(model, rows: Iterator[dict], told, lists: dict, known) -> None:
    row = next(rows, None)
    for history_id, changes in told:
        if row is not None and row["history_id"] < history_id:
            raise Tampered(f"{_a_row(model, row)} is in no entry.")
        if row is None or row["history_id"] > history_id:
            raise Tampered(
                f"the history row {history_id} of {_named(model, changes[0].row_pk)}, "
                f"written in entry {changes[0].entry_id}, has vanished."
            )
        for change in changes:
            _check_row(model, row, change, lists[change.columns_id], known)
        row = next(rows, None)
    if row is not None:
        raise Tampered(f"{_a_row(model, row)} is in no entry.")


def _digested(model, first: int, using: str) -> Generator[tuple[int, list[Change]]]:
    changes = Change.objects.using(using).filter(
        row_model=model._meta.label_lower, history_id__gte=first
    )
    changes = changes.order_by("history_id", "id")
    with stream(changes) as rows:
        for history_id, some in groupby(rows, key=lambda change: change.history_id):
            yield history_id, list(some)


def _check_row(model, row: dict, change: Change, names: list[str], known) -> None:
    if not change.salt:
        if not known.change(change):
            raise Tampered(
                f"{_a_row(model, row)}, of entry {change.entry_id}, cannot be checked: "
                "its salt is gone and no redaction covers it."
            )
        return
    if gone := [name for name in names if name not in row]:
        raise Tampered(f"{_a_row(model, row)} has lost its column {gone[0]}.")
    if row_sha256(change.salt, names, [row[name] for name in names]) != change.sha256:
        raise Tampered(f"{_a_row(model, row)}, of entry {change.entry_id}, was altered.")


def _live(model, first: int, using: str) -> Iterator[tuple[object, object, dict]]:
    """Live rows in pieces, each with the span of keys that it covers."""
    names = [field.attname for field in model._meta.concrete_fields]
    rows: models.QuerySet = models.QuerySet(model, using=using).order_by("pk")
    if first:
        history = history_of(model)._base_manager.using(using).filter(history_id__gte=first)
        rows = rows.filter(pk__in=history.order_by().values(model._meta.pk.attname))
    low = None
    while True:
        after = rows if low is None else rows.filter(pk__gt=low)
        piece = {row[model._meta.pk.attname]: row for row in after.values(*names)[:CHUNK]}
        last = len(piece) < CHUNK
        high = None if last else max(piece)
        yield low, high, piece
        if last:
            return
        low = high


def _newest(model, low, high, first: int, using: str) -> dict:
    key = model._meta.pk.attname
    history = history_of(model)._base_manager.using(using).order_by()
    span = history.filter(history_id__gte=first)
    if low is not None:
        span = span.filter(**{f"{key}__gt": low})
    if high is not None:
        span = span.filter(**{f"{key}__lte": high})
    newest = span.values(key).annotate(newest=models.Max("history_id")).values("newest")
    names = column_names(history.model)
    return {row[key]: row for row in history.filter(history_id__in=newest).values(*names)}


def _compare(model, pk, live: dict, history: dict | None) -> None:
    if history is None:
        raise Tampered(f"{_named(model, pk)} has no history.")
    if history["history_type"] == "-":
        raise Tampered(f"{_named(model, pk)} was deleted in its history and is there again.")
    for name, value in live.items():
        if name in history and plain(value) != plain(history[name]):
            raise Tampered(f"{_named(model, pk)} differs from its history: {name} was altered.")


def _named(model, pk) -> str:
    return f"the {model._meta.verbose_name} with the key {pk} ({model._meta.db_table})"


def _a_row(model, row: dict) -> str:
    return f"the history row {row['history_id']} of {_named(model, row[model._meta.pk.attname])}"
