"""Records whose acts not every reader of a history may read: their rooms say who may.

An act on such a record, by its subject, is left out of every general history for those who may not
read the record, and so is an act without a subject that wrote one which they may not read; the chain
and its proof hold all acts as before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from register.ledger.models import Change
from register.ledger.querysets import EntryQuerySet

# By the label of a model: the records of it that somebody may read; None for all of them.
READERS: dict[str, Callable[[Any], QuerySet | None]] = {}


def open_to(by, entries: EntryQuerySet) -> EntryQuerySet:
    """The entries without the acts on private records that somebody may not read."""
    readable = {label: read(by) for label, read in READERS.items()}
    private = {label: rows for label, rows in readable.items() if rows is not None}
    if not private:
        return entries
    may_be_read = ~Q(subject_model__in=list(private))
    for label, rows in private.items():
        keys = rows.order_by().annotate(key=Cast("pk", CharField())).values("key")
        may_be_read |= Q(subject_model=label, subject_pk__in=keys)
    for label, rows in private.items():
        keys = rows.order_by().annotate(key=Cast("pk", CharField())).values("key")
        written = Change.objects.filter(entry_id=OuterRef("number"), row_model=label)
        may_be_read &= ~Q(Exists(written.exclude(row_pk__in=keys)), subject_model="")
    return entries.filter(may_be_read)
