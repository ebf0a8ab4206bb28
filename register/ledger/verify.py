"""Goes through the whole ledger and every tracked row, and names the first thing that disagrees."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import DEFAULT_DB_ALIAS, models

from register.ledger import redacted
from register.ledger.chain import ChangesDigest, entry_sha256, words_sha256
from register.ledger.models import Change, Columns, Entry, Head
from register.ledger.moment import one_moment
from register.ledger.rows import Tampered, check_history, check_live, stream
from register.ledger.tracked import tracked_models

Progress = Callable[[str], None]
# What other apps look at besides: each is given the database's name and raises Tampered.
further: list[Callable[[str], None]] = []


@dataclass
class Report:
    """What a verification counted, and what it passed because it was redacted."""

    entries: int = 0
    changes: int = 0
    rows: int = 0
    head: str = ""
    notes: list[str] = field(default_factory=list)

    def __str__(self):
        return (
            f"{self.entries} entries, {self.changes} changes, {self.rows} rows agree. "
            f"Head: {self.head or 'none yet'}"
        )


def verify(
    *,
    head: str = "",
    since: int = 0,
    progress: Progress | None = None,
    using: str = DEFAULT_DB_ALIAS,
) -> Report:
    """Compare chain, changes, history and live rows; raises Tampered at the first difference.

    `head` is a digest noted earlier, which the chain must still contain. With `since` only
    entries from that number on, and the rows they changed, are looked at.
    """
    tell = progress or (lambda line: None)
    report = Report()
    with one_moment(using):
        known = redacted.read(using)
        columns = Columns.objects.using(using).in_bulk()
        _check_columns(columns)
        _check_chain(report, known, columns, head.strip().lower(), since, using, tell)
        for model in tracked_models():
            tell(f"{model._meta.verbose_name_plural}: history and live rows")
            first = _first_history_id(model, since, using)
            if first is not None:
                check_history(model, columns, known, first, using)
                report.rows += check_live(model, first, using)
        _check_no_stranger(known, using)
        for check in further:
            check(using)
    report.notes = known.notes()
    return report


def _check_columns(columns: dict[int, Columns]) -> None:
    for row in columns.values():
        if row.sha256 != redacted.columns_sha256(row):
            raise Tampered(f"The list of columns {row.pk} of {row.model} was altered.")


def _check_chain(report, known, columns, head, since, using, tell) -> None:
    previous, expected = _before(since, using)
    head_seen = not head or (since > 1 and head == previous)
    found = Entry.objects.using(using).filter(number__gt=expected).order_by("number")
    rows = Change.objects.using(using).filter(entry_id__gt=expected).order_by("entry_id", "id")
    with stream(found) as entries, stream(rows) as said:
        changes = _Changes(said, columns)
        for entry in entries:
            expected += 1
            _check_entry(entry, expected, previous, known)
            report.changes += changes.check(entry)
            report.entries += 1
            previous = entry.sha256
            head_seen = head_seen or previous == head
            if report.entries % 10_000 == 0:
                tell(f"{report.entries} entries")
        changes.check_no_more()
    report.head = previous
    _check_head(previous, expected, using)
    if not head_seen:
        raise Tampered(f"The chain does not contain the head {head}: its tail was cut off.")


def _before(since: int, using: str) -> tuple[str, int]:
    if since <= 1:
        return "", 0
    entry = Entry.objects.using(using).filter(number=since - 1).first()
    if entry is None:
        raise Tampered(f"Entry {since - 1} is missing.")
    return entry.sha256, entry.number


def _check_entry(entry: Entry, expected: int, previous: str, known: redacted.Known) -> None:
    if entry.number != expected:
        raise Tampered(f"Entry {expected} is missing.")
    if entry.previous_sha256 != previous:
        raise Tampered(f"Entry {entry.number} does not follow from the entry before it.")
    if entry_sha256(entry) != entry.sha256:
        raise Tampered(f"Entry {entry.number} was altered.")
    if entry.words_salt:
        if words_sha256(entry) != entry.words_sha256:
            raise Tampered(f"The words of entry {entry.number} were altered.")
    elif not known.words(entry):
        raise Tampered(f"The words of entry {entry.number} were altered: no redaction covers it.")


def _check_head(sha256: str, number: int, using: str) -> None:
    head = Head.objects.using(using).filter(pk=1).first() or Head()
    if (head.number, head.sha256) != (number, sha256):
        raise Tampered(
            f"The chain ends at entry {number}, and its head says {head.number}: "
            "entries were removed or the head was altered."
        )


class _Changes:
    """The changes of every entry, read alongside the entries."""

    def __init__(self, rows: Iterator[Change], columns: dict[int, Columns]):
        self._rows = rows
        self._columns = columns
        self._next = next(self._rows, None)

    def check(self, entry: Entry) -> int:
        """Compare the changes of an entry with what it says of them; how many there are."""
        digest = ChangesDigest()
        while self._next is not None and self._next.entry_id == entry.number:
            digest.add(self._next, self._columns[self._next.columns_id])
            self._next = next(self._rows, None)
        if digest.count != entry.changes_count:
            raise Tampered(
                f"Entry {entry.number} has {digest.count} changes and says {entry.changes_count}."
            )
        if digest.sha256 != entry.changes_sha256:
            raise Tampered(f"A change of entry {entry.number} was altered.")
        return digest.count

    def check_no_more(self) -> None:
        """Every change belongs to an entry."""
        if self._next is not None:
            raise Tampered(f"There is a change of entry {self._next.entry_id}, which is missing.")


def _first_history_id(model: type[models.Model], since: int, using: str) -> int | None:
    if since <= 1:
        return 0
    changes = Change.objects.using(using).filter(
        row_model=model._meta.label_lower, entry_id__gte=since
    )
    return changes.aggregate(first=models.Min("history_id"))["first"]


def _check_no_stranger(known: redacted.Known, using: str) -> None:
    labels = [model._meta.label_lower for model in tracked_models()]
    strange = Change.objects.using(using).exclude(row_model__in=labels).order_by().first()
    if strange is not None:
        raise Tampered(f"Entry {strange.entry_id} changed a {strange.row_model}: no such record.")
