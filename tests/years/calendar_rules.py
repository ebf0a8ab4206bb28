"""Days as people count them, written without the program's own arithmetic: the simulation checks that."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

DAY = timedelta(days=1)
SATURDAY, THURSDAY = 5, 3


def months_on(day: date, months: int, wanted: int | None = None) -> date:
    """The same day of the month so many months on, or the last day of a month that lacks it."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        elif month == 0:
            year, month = year - 1, 12
    last = max(week[-1] or max(week) for week in calendar.monthcalendar(year, month))
    return date(year, month, min(wanted or day.day, last))


def next_of_cycle(first: date, months: int, after: date) -> date:
    """The first day of a cycle later than `after`; each day is counted from the first of all."""
    turn = 1
    while (day := months_on(first, months * turn)) <= after:
        turn += 1
    return day


def iso_week(day: date) -> tuple[int, int]:
    """Year and number of the ISO week: that of the year in which its Thursday lies."""
    thursday = day + (THURSDAY - day.weekday()) * DAY
    first = date(thursday.year, 1, 1)
    return thursday.year, (thursday - first).days // 7 + 1


def is_working(day: date) -> bool:
    """Whether it is a working day in England and Wales."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def working_from(day: date) -> date:
    """The day itself, or the next working day."""
    while not is_working(day):
        day += DAY
    return day


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))
