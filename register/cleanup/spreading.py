"""Overdue reviews spread over the months to come: always the same days for the same entries.

Reviews fall on working days of England and Wales, as many in each week as in any other (one more or less),
within a week over its days. The longest overdue come first, and every owner's are shared out over the whole
time. What does not fit is refused, and nothing is moved beyond the months that were asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from register.core.dates import add_months
from register.core.working_days import is_working_day

# A week to look at what was done, before the first review falls due.
STARTS_IN = timedelta(days=7)


@dataclass(frozen=True)
class Overdue:
    """An entry whose review was due: its key, its owner (None for nobody), the day, its reference."""

    key: int
    owner: int | None
    due_on: date
    reference: str


class TooMany(Exception):
    """More reviews than the weeks hold; how many they hold."""

    def __init__(self, room: int) -> None:
        super().__init__(room)
        self.room = room


def spread(entries: Iterable[Overdue], *, day: date, months: int, a_week: int) -> dict[int, date]:
    """The new review date of each entry, by key, counted from `day` (today). Raises TooMany."""
    rows = in_turn(entries)
    weeks = weeks_of(day + STARTS_IN, add_months(day, months))
    if len(rows) > (room := len(weeks) * a_week):
        raise TooMany(room)
    found: dict[int, date] = {}
    for place, days in enumerate(weeks):
        some = rows[place * len(rows) // len(weeks) : (place + 1) * len(rows) // len(weeks)]
        found |= {row.key: days[n * len(days) // len(some)] for n, row in enumerate(some)}
    return found


def in_turn(entries: Iterable[Overdue]) -> list[Overdue]:
    """Entries in the order in which they are reviewed: each owner's shared out, the longest overdue first."""
    rows = sorted(entries, key=lambda row: (row.due_on, row.reference))
    mine: dict[int | None, list[Overdue]] = defaultdict(list)
    for row in rows:
        mine[row.owner].append(row)
    turns = {
        row.key: (2 * place + 1) / (2 * len(some))
        for some in mine.values()
        for place, row in enumerate(some)
    }
    return sorted(rows, key=lambda row: (turns[row.key], row.due_on, row.reference))


def weeks_of(first: date, last: date) -> list[list[date]]:
    """The working days from one day to another, both included, by week; weeks without any are left out."""
    weeks: dict[tuple[int, int], list[date]] = defaultdict(list)
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if is_working_day(day):
            weeks[day.isocalendar()[:2]].append(day)
    return list(weeks.values())
