"""What redactions explain: digests whose salt was destroyed on purpose, by an act in the chain."""

import json
from dataclasses import dataclass, field

from register.core.dates import words
from register.ledger.canonical import canonical, sha256
from register.ledger.models import Change, Columns, Entry

VERB = "ledger.redacted"


@dataclass
class Known:
    """The redactions that the chain records: which history rows and entries each covered."""

    changes: dict[tuple[str, int], list[Entry]] = field(default_factory=dict)
    entries: dict[int, list[Entry]] = field(default_factory=dict)
    used: dict[int, Entry] = field(default_factory=dict)

    def change(self, change: Change) -> bool:
        """Whether a later redaction covers the history row of this change."""
        found = self.changes.get((change.row_model, change.history_id), [])
        return self._passed(found, after=change.entry_id)

    def words(self, entry: Entry) -> bool:
        """Whether a later redaction covers the words of this entry."""
        return self._passed(self.entries.get(entry.number, []), after=entry.number)

    def notes(self) -> list[str]:
        """One sentence for each redaction that something was passed for."""
        return [_note(self.used[number]) for number in sorted(self.used)]

    def _passed(self, found: list[Entry], after: int) -> bool:
        later = [entry for entry in found if entry.number > after]
        self.used.update({entry.number: entry for entry in later})
        return bool(later)


def read(using: str) -> Known:
    """The redactions of the chain, each with what its entry says that it covered."""
    known = Known()
    for entry in Entry.objects.using(using).filter(verb=VERB).order_by("number").iterator():
        detail = json.loads(entry.detail or "{}")
        covered = detail.get("rows") or {detail.get("model", ""): detail.get("history_ids", [])}
        for model, history_ids in covered.items():
            for history_id in history_ids:
                known.changes.setdefault((model, history_id), []).append(entry)
        for number in detail.get("entries", []):
            known.entries.setdefault(number, []).append(entry)
    return known


def columns_sha256(columns: Columns) -> str:
    """The digest that a list of columns should have."""
    return sha256(canonical([columns.model, json.loads(columns.names)]))


def _note(entry: Entry) -> str:
    detail = json.loads(entry.detail)
    if "rows" in detail:
        return (
            f"{entry.subject_label}: disposed of on {words(entry.at.date())} by "
            f"{entry.actor_name} and {detail['second']} because {entry.reason}"
        )
    return (
        f"{detail['model']} {detail['row_pk']}, {detail['field']}: redacted on "
        f"{words(entry.at.date())} by {entry.actor_name} and {detail['second']} "
        f"because {entry.reason}"
    )
