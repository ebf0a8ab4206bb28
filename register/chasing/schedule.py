"""On which days somebody who has not answered is reminded.

A week after they were asked and every week after that; three days before the day to sign by, on
the day, and the day after. Weekly reminders that fall within two days of one of those are left out.
Nothing more comes thirty days after the day to sign by, or half a year after the asking where no
day was set. A reminder that falls on no working day (of England and Wales) goes on the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from register.core.working_days import is_working_day

EVERY_DAYS = 7
AROUND_THE_DAY = (-3, 0, 1)
APART_DAYS = 2
STOP_AFTER_DAYS = 30
STOP_WITHOUT_A_DAY = 182


def next_reminder(asked_on: date, sign_by: date | None, last_on: date | None = None) -> date | None:
    """The first working day after the last message on which a reminder is due; None when no more come.

    `last_on` is the day of the last reminder; without one the day of asking counts. The answer may
    lie in the past: then the reminder is due today.
    """
    since = max(asked_on, last_on or asked_on)
    end = last_day(asked_on, sign_by)
    for day in _days(asked_on, sign_by, end):
        goes_on = working_day_from(day)
        if goes_on > since:
            return goes_on if goes_on <= end else None
    return None


def last_day(asked_on: date, sign_by: date | None) -> date:
    """The last day on which a reminder may go."""
    if sign_by is None:
        return asked_on + timedelta(days=STOP_WITHOUT_A_DAY)
    return sign_by + timedelta(days=STOP_AFTER_DAYS)


def working_day_from(day: date) -> date:
    """The day itself where it is a working day, else the next one."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _days(asked_on: date, sign_by: date | None, end: date) -> Iterator[date]:
    near = [sign_by + timedelta(days=n) for n in AROUND_THE_DAY] if sign_by else []
    weekly = (
        asked_on + timedelta(days=n)
        for n in range(EVERY_DAYS, (end - asked_on).days + 1, EVERY_DAYS)
    )
    apart = [day for day in weekly if all(abs((day - n).days) > APART_DAYS for n in near)]
    yield from sorted({*apart, *(day for day in near if day > asked_on)})
