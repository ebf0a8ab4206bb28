"""On which days the lead is told of a review, and a party reminded: each occasion is told once.

Of several occasions that have passed untold only the last one is told: after days of silence, or when
an entry of an old register is released, nobody gets a heap of messages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from register.core.dates import add_months

NOTICE_MONTHS = 3
# After so many months without a review the partnership's setting holds; see `publication`.
MISSED_MONTHS = 3


@dataclass(frozen=True)
class Occasion:
    """One day on which something is said: its code and the day."""

    code: str
    on: date


def of_review(due_on: date) -> list[Occasion]:
    """The occasions on which the lead is told of a review that is due on a day, in order of time.

    A review is overdue from the day after it was due.
    """
    return [
        Occasion("notice", add_months(due_on, -NOTICE_MONTHS)),
        Occasion("month", add_months(due_on, -1)),
        Occasion("week", due_on - timedelta(days=7)),
        Occasion("overdue", due_on + timedelta(days=1)),
        Occasion("overdue-1", add_months(due_on, 1)),
        Occasion("overdue-2", add_months(due_on, 2)),
        Occasion("missed", add_months(due_on, MISSED_MONTHS)),
    ]


def of_ask(asked_on: date, due_on: date) -> list[Occasion]:
    """The occasions on which a party that has not answered is reminded, in order of time."""
    weekly = [Occasion(f"week-{n}", asked_on + timedelta(days=7 * n)) for n in (1, 2, 3)]
    late = [Occasion("late", due_on + timedelta(days=1)), Occasion("late-1", add_months(due_on, 1))]
    return sorted([*weekly, *late], key=lambda each: each.on)


def last_reached(occasions: Iterable[Occasion], day: date) -> Occasion | None:
    """The last occasion whose day has come; None before the first."""
    return next((each for each in reversed(list(occasions)) if each.on <= day), None)


def gone_past(day: date) -> date:
    """The latest day on which a review was due that is missed by now: three months late or more."""
    last = add_months(day, -MISSED_MONTHS)
    # 30 November is three months before the last of February: later days of that month count too.
    while add_months(last + timedelta(days=1), MISSED_MONTHS) <= day:
        last += timedelta(days=1)
    return last
