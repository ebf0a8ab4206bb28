"""Writes the entries of acts that have ended: digests first, the head of the chain locked last."""

from collections import defaultdict
from collections.abc import Iterator
from operator import attrgetter

from django.apps import apps
from django.db import models

from register.core import many_rows
from register.core.dates import now
from register.ledger.canonical import canonical, row_sha256, sha256
from register.ledger.chain import ChangesDigest, entry_sha256, new_salt, words_sha256
from register.ledger.models import Change, Columns, Entry, Head
from register.ledger.open_acts import OpenAct, Written
from register.ledger.tracked import history_of

BATCH = 500
CHANGE = (
    "entry_id", "row_model", "row_pk", "history_id", "columns_id", "salt", "sha256", "about_model",
    "about_pk",
)  # fmt: skip


def write(acts: list[OpenAct], using: str) -> list[Entry]:
    """Write one entry for each act, in the order they began, with a change for each history row."""
    digested = [(act, list(_changes(act, using))) for act in acts]
    kept = [(act, changes) for act, changes in digested if changes or not act.quiet]
    if not kept:
        return []
    head, _ = Head.objects.using(using).select_for_update().get_or_create(pk=1)
    columns = _intern(kept, using)
    entries = [_entry(act, changes, columns, head) for act, changes in kept]
    Entry.objects.using(using).bulk_create(entries, batch_size=BATCH)
    rows = [change for _, changes in kept for change in changes]
    many_rows.insert(Change, CHANGE, map(attrgetter(*CHANGE), rows), using)
    for (act, _), entry in zip(kept, entries, strict=True):
        _attach(act, entry, using)
    head.save(using=using)
    return entries


def column_names(history_model: type[models.Model]) -> list[str]:
    """The columns of a history row, all of them, by their names in the model."""
    return sorted(field.attname for field in history_model._meta.concrete_fields)


def in_batches(rows: list, size: int = BATCH) -> Iterator[list]:
    """A list in pieces of at most `size`."""
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _changes(act: OpenAct, using: str) -> Iterator[Change]:
    # A row noted twice was rolled back once and its number used again: the later note counts.
    notes = {(note.history_model, note.history_id): note for note in act.written}
    for batch in in_batches(list(notes.values())):
        stored = _read(batch, using)
        for note in batch:
            if (row := stored[note.history_model].get(note.history_id)) is not None:
                yield _change(note, row)


def _read(batch: list[Written], using: str) -> dict:
    wanted = defaultdict(list)
    for note in batch:
        wanted[note.history_model].append(note.history_id)
    return {
        model: {
            row["history_id"]: row
            for row in model._base_manager.using(using)
            .filter(history_id__in=ids)
            .values(*column_names(model))
        }
        for model, ids in wanted.items()
    }


def _change(note: Written, row: dict) -> Change:
    tracked = note.history_model.instance_type
    salt = new_salt()
    return Change(
        row_model=tracked._meta.label_lower,
        row_pk=str(row[tracked._meta.pk.attname]),
        history_id=note.history_id,
        salt=salt,
        sha256=row_sha256(salt, row.keys(), row.values()),
        about_model=note.about_model,
        about_pk=note.about_pk,
    )


def _intern(kept: list[tuple[OpenAct, list[Change]]], using: str) -> dict[str, Columns]:
    labels = {change.row_model for _, changes in kept for change in changes}
    wanted = {label: _columns(label) for label in labels}
    digests = [columns.sha256 for columns in wanted.values()]
    known = {row.sha256: row for row in Columns.objects.using(using).filter(sha256__in=digests)}
    for label, columns in wanted.items():
        if columns.sha256 in known:
            wanted[label] = known[columns.sha256]
        else:
            columns.save(using=using)
    return wanted


def _columns(label: str) -> Columns:
    names = column_names(history_of(apps.get_model(label)))
    digest = sha256(canonical([label, names]))
    return Columns(model=label, names=canonical(names).decode(), sha256=digest)


def _entry(act: OpenAct, changes: list[Change], columns: dict, head: Head) -> Entry:
    digest = ChangesDigest()
    for change in changes:
        change.columns = columns[change.row_model]
        digest.add(change, change.columns)
    subject = act.subject
    entry = Entry(
        number=head.number + 1,
        at=now(),
        actor_kind=act.actor.kind,
        actor_id=act.actor.id,
        actor_name=act.actor.name[:300],
        verb=act.verb,
        subject_model=subject._meta.label_lower if subject is not None else "",
        subject_pk=act.subject_pk,
        subject_label=str(subject)[:300] if subject is not None else "",
        reason=act.reason,
        detail=canonical(act.detail).decode() if act.detail else "",
        request_id=act.request_id,
        words_salt=new_salt(),
        changes_count=digest.count,
        changes_sha256=digest.sha256,
        previous_sha256=head.sha256,
    )
    entry.words_sha256 = words_sha256(entry)
    entry.sha256 = entry_sha256(entry)
    head.number, head.sha256 = entry.number, entry.sha256
    for change in changes:
        change.entry_id = entry.number
    return entry


def _attach(act: OpenAct, entry: Entry, using: str) -> None:
    for row in act.attached:
        row.entry_id = entry.number
        row.save(using=using)
