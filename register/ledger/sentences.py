"""Entries in sentences: "Retention changed from 8 to 6 years". For pages of history."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.functions import RowNumber

from register.ledger.labels import Labels
from register.ledger.models import Change, Entry
from register.ledger.tracked import Tracked, history_of, tracked_models
from register.ledger.verbs import title_of
from register.ledger.words import LONG, edit, of_field, shown

SHOWN = 30
_SILENT = {"lineage", "row_version", "position", "created_at", "updated_at"}
Row = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One entry as a page shows it: who, when, what it is called, why, and what it changed."""

    entry: Entry
    who: str
    when: datetime
    title: str
    reason: str
    sentences: list[str]


def lines(entries: Iterable[Entry]) -> list[Line]:
    """The entries as lines, in their order; the queries do not grow with their number."""
    entries = list(entries)
    said = _sentences(entries)
    return [
        Line(
            entry=entry,
            who=entry.actor_name,
            when=entry.at,
            title=title_of(entry.verb),
            reason=entry.reason,
            sentences=said[entry.number],
        )
        for entry in entries
    ]


def changes_in_words(entry: Entry) -> list[str]:
    """What one entry changed, a sentence for each field or record."""
    return lines([entry])[0].sentences


def _sentences(entries: list[Entry]) -> dict[int, list[str]]:
    changes = _first_changes(entries)
    rows = _rows(changes)
    labels = Labels()
    pairs = []
    for change in changes:
        if found := rows.get((change.row_model, change.history_id)):
            pairs.append((change, *found))
            labels.want_row(*found[:2])
            _want_related(labels, *found)
    labels.fetch()
    said: dict[int, list[str]] = defaultdict(list)
    subjects = {entry.number: (entry.subject_model, entry.subject_pk) for entry in entries}
    for change, model, row, before in pairs:
        own = (change.row_model, change.row_pk) == subjects[change.entry_id]
        said[change.entry_id] += _of_change(model, row, before, labels, own)
    for entry in entries:
        if entry.changes_count > SHOWN:
            said[entry.number].append(f"And {entry.changes_count - SHOWN} further changes.")
    return said


def _first_changes(entries: list[Entry]) -> list[Change]:
    place = models.Window(RowNumber(), partition_by="entry_id", order_by="id")
    numbers = [entry.number for entry in entries]
    some = Change.objects.filter(entry_id__in=numbers).annotate(place=place)
    return list(some.filter(place__lte=SHOWN).order_by("entry_id", "id"))


def _rows(changes: list[Change]) -> dict[tuple[str, int], tuple[type[Tracked], Row, Row | None]]:
    """The history row of every change with the one before it: two queries for each model."""
    wanted = defaultdict(list)
    for change in changes:
        wanted[change.row_model].append(change.history_id)
    found = {}
    for model in tracked_models():
        label = model._meta.label_lower
        if ids := wanted.get(label):
            for row, before in _with_predecessors(model, ids):
                found[label, row["history_id"]] = (model, row, before)
    return found


def _with_predecessors(model: type[Tracked], ids: list[int]) -> list[tuple[Row, Row | None]]:
    history = history_of(model)._base_manager.order_by()
    key = model._meta.pk.attname
    earlier = history.filter(
        **{key: models.OuterRef(key)}, history_id__lt=models.OuterRef("history_id")
    )
    previous = models.Subquery(earlier.order_by("-history_id").values("history_id")[:1])
    rows = list(history.filter(history_id__in=ids).annotate(previous_id=previous).values())
    before = history.filter(history_id__in=[row["previous_id"] for row in rows])
    by_id = {row["history_id"]: row for row in before.values()}
    return [(row, by_id.get(row["previous_id"])) for row in rows]


def _differing(model, row: Row, before: Row | None) -> list[tuple[Any, Any, Any]]:
    """The fields that differ, each with its old and its new value."""
    if before is None or row["history_type"] != "~":
        return []
    silent = {*_SILENT, *model.ledger_silent}
    return [
        (field, before[field.attname], row[field.attname])
        for field in model._meta.concrete_fields
        if field.name not in silent
        and field.editable
        and not field.primary_key
        and row[field.attname] != before[field.attname]
    ]


def _want_related(labels: Labels, model: type[Tracked], row: Row, before: Row | None) -> None:
    for field, old, new in _differing(model, row, before):
        if field.is_relation:
            labels.want(field.related_model, old, row["history_date"])
            labels.want(field.related_model, new, row["history_date"])


def _of_change(model, row: Row, before: Row | None, labels: Labels, own: bool) -> list[str]:
    label = shown(labels.of_row(model, row))
    if row["history_type"] == "-":
        return [f"Removed {label}."]
    if before is None or row["history_type"] == "+":
        return [f"Added {label}."]
    at = row["history_date"]
    said = [_of_field(model, *each, at, labels) for each in _differing(model, row, before)]
    if own:
        return [_capital(sentence) for sentence in said]
    return [f"{_capital(label)}: {sentence}" for sentence in said]


def _of_field(model, field: Any, old: Any, new: Any, at: datetime, labels: Labels) -> str:
    name = str(field.verbose_name)
    old, new = of_field(field, old), of_field(field, new)
    if field.is_relation:
        old = labels.of(field.related_model, old, at)
        new = labels.of(field.related_model, new, at)
    elif field.choices:
        words = dict(field.flatchoices)
        old, new = words.get(old, old), words.get(new, new)
    elif _by_its_edit(old, new):
        return f"{name} changed: {edit(old, new)}."
    unit = model.ledger_units.get(field.name, "") if new is not None else ""
    return f"{name} changed from {shown(old)} to {shown(new)} {unit}".rstrip() + "."


def _by_its_edit(old: Any, new: Any) -> bool:
    if not (isinstance(old, str) and isinstance(new, str) and old and new):
        return False
    # A text whose markup alone changed reads the same: the edit says so.
    return max(len(old), len(new)) > LONG or shown(old) == shown(new)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
