"""Working days of the parts of the United Kingdom: Monday to Friday without bank holidays.

The holidays are those of the library `holidays`: the Banking and Financial Dealings Act 1971,
schedule 1, common law, and the days appointed by proclamation.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from holidays import country_holidays


class Nation(StrEnum):
    """The parts of the United Kingdom that keep bank holidays of their own."""

    ENGLAND_AND_WALES = "england_and_wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


NATION_WORDS = {
    Nation.ENGLAND_AND_WALES: "England and Wales",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}
_PARTS = {
    Nation.ENGLAND_AND_WALES: "ENG",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}
SATURDAY = 5


def is_working_day(day: date, nation: str = Nation.ENGLAND_AND_WALES) -> bool:
    """Whether a day is a working day in a part of the Kingdom."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year, nation)


def working_days_after(day: date, n: int, nation: str = Nation.ENGLAND_AND_WALES) -> date:
    """The nth working day after a day, which itself does not count; n is 1 or more."""
    if n < 1:
        raise ValueError("Count one working day or more.")
    while n:
        day += timedelta(days=1)
        n -= is_working_day(day, nation)
    return day


@lru_cache(maxsize=64)
def bank_holidays(year: int, nation: str = Nation.ENGLAND_AND_WALES) -> frozenset[date]:
    """The weekdays of a year that are bank holidays in a part of the Kingdom."""
    kept = country_holidays("GB", subdiv=_PARTS[Nation(nation)], years=year)
    return frozenset(day for day in kept if day.weekday() < SATURDAY)
