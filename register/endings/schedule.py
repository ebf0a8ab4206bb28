"""When a party is asked again for its proof."""

from __future__ import annotations

from datetime import date, timedelta

DUE_IN = timedelta(days=28)
# A week before the day it is due, on the day after it, then every four weeks for a year: whoever has
# not answered by then is a matter for a telephone, and stands in the report.
BEFORE = timedelta(days=7)
AGAIN_EVERY = timedelta(days=28)
MOST_AFTER = 13


def reminders_of(due_on: date) -> list[date]:
    """The days on which a party that does not answer is reminded, the first first."""
    late = [due_on + timedelta(days=1) + AGAIN_EVERY * turn for turn in range(MOST_AFTER)]
    return [due_on - BEFORE, *late]


def reminder_for(due_on: date, day: date) -> date | None:
    """The newest reminder whose day has come; those missed before it are not caught up."""
    return max((each for each in reminders_of(due_on) if each <= day), default=None)
