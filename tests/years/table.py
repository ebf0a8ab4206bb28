"""What arrived beside what should have: by kind and year, and whatever does not agree."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from tests.years.oracle import Expected

# Messages of other kinds, such as receipts, are answers to what people did and have no day of their own.
WATCHED = (
    "review:",
    "review-ask:",
    "remind:",
    "sign:",
    "sign-missed:",
    "digest:",
    "ledger-digest:",
)


@dataclass
class Cell:
    """One kind in one year: how many were expected, came once, more than once, or not at all.

    `again` counts copies of one and the same message (the same Message-ID): what a worker that dies
    between the mail server's yes and its own note sends a second time, and mailboxes show once.
    """

    expected: int = 0
    once: int = 0
    twice: int = 0
    missing: int = 0
    late: int = 0
    again: int = 0


@dataclass
class Outcome:
    """The whole table, and the sentences that say what does not agree."""

    cells: dict[tuple[str, int], Cell] = field(default_factory=lambda: defaultdict(Cell))
    wrong: list[str] = field(default_factory=list)

    @property
    def total(self) -> Cell:
        """All kinds and years together."""
        sums: Counter = Counter()
        for cell in self.cells.values():
            sums.update(vars(cell))
        return Cell(**sums)


@dataclass(frozen=True)
class Arrival:
    """A message that the mail server took: the beginning of its Message-ID, to whom, what, and when."""

    name: str
    to: str
    subject: str
    day: date


def compare(
    wanted: Iterable[Expected], written: dict[str, str], arrivals: list[Arrival]
) -> Outcome:
    """Hold what arrived against what should have.

    `written` says which entry each message that the register ever wrote is about, by its key.
    """
    found, kinds = Outcome(), {one.key: one for one in wanted}
    days: dict[str, list[date]] = defaultdict(list)
    for arrival in arrivals:
        days[arrival.name].append(arrival.day)
    for one in kinds.values():
        _count(found, one, days.get(name_of(one.key), []))
    keys = {name_of(key): key for key in written}
    found.wrong += sorted(_unexpected(keys, kinds, days))
    _count_twice(found, kinds, keys, written, arrivals)
    return found


def name_of(key: str) -> str:
    """How a message with a key begins its Message-ID: on every try the same."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def printed(found: Outcome) -> str:
    """The table as text."""
    head = ("kind", "year", "expected", "once", "twice", "missing", "late", "again*")
    rows = [
        (kind, str(year), *(str(n) for n in vars(cell).values()))
        for (kind, year), cell in sorted(found.cells.items())
    ]
    rows.append(("all", "", *(str(n) for n in vars(found.total).values())))
    wide = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    lines = []
    for row in [head, *rows]:
        words, numbers = row[0].ljust(wide[0]), zip(row[1:], wide[1:], strict=True)
        lines.append("  ".join([words, *(cell.rjust(width) for cell, width in numbers)]))
    return "\n".join(lines)


def _count(found: Outcome, one: Expected, days: list[date]) -> None:
    cell = found.cells[one.kind, one.written.year]
    cell.expected += 1
    if not days:
        cell.missing += 1
        found.wrong.append(f"{one.key} was due on {one.arrives} and never came.")
        return
    cell.once += 1
    cell.again += len(days) - 1
    if days[0] != one.arrives:
        cell.late += 1
        found.wrong.append(f"{one.key} was due on {one.arrives} and came on {days[0]}.")


def _unexpected(
    keys: dict[str, str], kinds: dict[str, Expected], days: dict[str, list[date]]
) -> Iterator[str]:
    for name, came in days.items():
        key = keys.get(name, "")
        is_asking = key.startswith("review-ask:") and key.split(":")[-1].isdecimal()
        if key.startswith(WATCHED) and key not in kinds and not is_asking:
            yield f"{key} came on {came[0]} and was not expected."


def _count_twice(
    found: Outcome, kinds: dict[str, Expected], keys: dict[str, str], written: dict[str, str],
    arrivals: list[Arrival],
) -> None:  # fmt: skip
    """Two messages that say the same to the same address on one day, whatever their keys are."""
    said: dict[tuple, set[str]] = defaultdict(set)
    for arrival in arrivals:
        if (key := keys.get(arrival.name, "")) in kinds:
            said[arrival.to, written[key], arrival.subject, arrival.day].add(key)
    for (to, _, subject, day), same in said.items():
        if len(same) > 1:
            one = kinds[min(same)]
            found.cells[one.kind, one.written.year].twice += len(same) - 1
            found.wrong.append(f"{to} had “{subject}” {len(same)} times on {day}: {sorted(same)}.")
