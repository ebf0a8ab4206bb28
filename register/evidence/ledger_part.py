"""The part of the ledger that a bundle holds: the entries that froze, signed, moved and sealed its versions.

Of every other entry it holds the digest and nothing else, so that it tells nothing of other records.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Q

from register.documents.models import Document
from register.evidence.ledger_head import NewestDigest
from register.ledger.canonical import plain
from register.ledger.chain import CHAINED
from register.ledger.models import Change, Entry
from register.ledger.tracked import history_of

VERSION, SIGNATURE, SEAL = "documents.version", "signing.signature", "evidence.seal"
KINDS = (VERSION, SIGNATURE, SEAL)
BATCH = 2_000


@dataclass
class LedgerPart:
    """Entries with their chained facts, and the rows in them with what was digested."""

    entries: list[dict] = field(default_factory=list)
    rows: list[dict] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The number of the first entry that is told."""
        return self.entries[0]["number"] if self.entries else 1

    def keys(self, kind: str) -> set[int]:
        """The keys of the records of a kind that stand in it."""
        return {int(row["row_pk"]) for row in self.rows if row["row_model"] == kind}


def ledger_part(
    document: Document, keys: dict[str, list[int]], readable: set[int], head: NewestDigest
) -> LedgerPart:
    """What the ledger holds, up to an entry, of versions, signatures and seals of a document.

    `keys` are those of the records by the name of their model; `readable` are the keys of the
    versions that the reader may know of: entries about any other are left out.
    """
    changes = _changes_of(keys, head.number)
    values = _values(changes)
    told = [one for one in changes if _is_told(one, values)]
    numbers = {one.entry_id for one in told}
    found = Entry.objects.filter(pk__in=numbers).order_by("number")
    shown = [entry for entry in found if _may_know(entry, readable)]
    lists = _lists(document, readable, [entry.number for entry in shown])
    part = LedgerPart([_entry(entry, lists[entry.number]) for entry in shown])
    known = {entry.number for entry in shown}
    part.rows = [_row(one, values) for one in told if one.entry_id in known]
    return part


def digest_lines(first: int, last: int) -> Iterator[bytes]:
    """A line for each entry from the one before `first` to `last`: its number and its digest."""
    rows = Entry.objects.filter(number__gte=first - 1, number__lte=last).order_by("number")
    lines: list[str] = []
    for number, sha256 in rows.values_list("number", "sha256").iterator(BATCH):
        lines.append(f"{number} {sha256}\n")
        if len(lines) == BATCH:
            yield "".join(lines).encode()
            lines = []
    yield "".join(lines).encode()


def _changes_of(keys: dict[str, list[int]], last: int) -> list[Change]:
    wanted = Q(pk__in=[])
    for model, found in keys.items():
        wanted |= Q(row_model=model, row_pk__in=[str(key) for key in found])
    rows = Change.objects.filter(wanted, entry_id__lte=last).select_related("columns")
    return list(rows.order_by("entry_id", "id"))


def _values(changes: list[Change]) -> dict[tuple[str, int], dict]:
    """What the history rows of changes say, by model and number of the history row."""
    wanted = defaultdict(list)
    for one in changes:
        wanted[one.row_model].append(one.history_id)
    return {
        (model, row["history_id"]): row
        for model, ids in wanted.items()
        for row in history_of(apps.get_model(model))
        ._base_manager.filter(history_id__in=ids)
        .values()
    }


def _is_told(change: Change, values: dict) -> bool:
    """Whether a row belongs to the evidence: what a version said as a draft does not."""
    row = values.get((change.row_model, change.history_id))
    return row is not None and (change.row_model != VERSION or bool(row["body_sha256"]))


def _may_know(entry: Entry, readable: set[int]) -> bool:
    return entry.subject_model != VERSION or int(entry.subject_pk) in readable


def _lists(document: Document, readable: set[int], numbers: list[int]) -> dict[int, list | None]:
    """All changes of each entry, or None where one of them belongs to what the reader may not know."""
    own = (document._meta.label_lower, str(document.pk))
    found: dict[int, list | None] = {number: [] for number in numbers}
    rows = Change.objects.filter(entry_id__in=numbers).select_related("columns")
    for one in rows.order_by("entry_id", "id").iterator(BATCH):
        listed = found[one.entry_id]
        is_own = own in ((one.about_model, one.about_pk), (one.row_model, one.row_pk))
        is_open = one.row_model != VERSION or int(one.row_pk) in readable
        if not (is_own and is_open):
            found[one.entry_id] = None
        elif listed is not None:
            listed.append(_change(one))
    return found


def _change(one: Change) -> dict:
    return {
        "row_model": one.row_model,
        "row_pk": one.row_pk,
        "history_id": one.history_id,
        "columns": one.columns.sha256,
        "sha256": one.sha256,
        "about_model": one.about_model,
        "about_pk": one.about_pk,
    }


def _entry(entry: Entry, changes: list | None) -> dict:
    chained = {name: plain(getattr(entry, name)) for name in CHAINED}
    return {**chained, "sha256": entry.sha256, "changes": changes}


def _row(one: Change, values: dict) -> dict:
    row = values[one.row_model, one.history_id]
    digested = {name: plain(row[name]) for name in json.loads(one.columns.names)}
    return {**_change(one), "entry": one.entry_id, "salt": one.salt, "values": digested}
