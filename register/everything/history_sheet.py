"""The history of everything as rows for people: who did what, when, why, and what it changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from register.core.sheets_out import Value
from register.ledger.models import Entry
from register.ledger.sentences import lines

HISTORY_HEADINGS = (
    "Number", "Time (UTC)", "Who", "What", "About", "Reason", "What changed", "Entry SHA-256",
)  # fmt: skip
AT_ONCE = 200


def history_rows() -> Iterator[Sequence[Value]]:
    """Every entry of the ledger, the first act first."""
    entries = Entry.objects.order_by("number").iterator(AT_ONCE)
    while some := list(islice(entries, AT_ONCE)):
        for line in lines(some):
            entry = line.entry
            yield (
                entry.number,
                f"{entry.at:%Y-%m-%d %H:%M:%S}",
                line.who,
                line.title,
                entry.subject_label,
                line.reason,
                "; ".join(line.sentences),
                entry.sha256,
            )
