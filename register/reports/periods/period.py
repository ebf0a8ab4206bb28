"""A period that a report is about: London days, ISO weeks, calendar months, quarters and years."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from register.core.dates import LONDON, add_months, words

DAY = timedelta(days=1)
MONTHS = {"month": 1, "quarter": 3, "year": 12}
CHOICES = {
    "this_week": "This week",
    "last_week": "Last week",
    "this_month": "This month",
    "last_month": "Last month",
    "this_quarter": "This quarter",
    "last_quarter": "Last quarter",
    "this_year": "This year",
    "last_year": "Last year",
    "between": "From one day to another",
}


@dataclass(frozen=True)
class Period:
    """From one day to another, both included; `unit` is week, month, quarter, year or days."""

    unit: str
    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """The instant at which its first day begins in London."""
        return datetime.combine(self.first, time(), LONDON)

    @property
    def ends(self) -> datetime:
        """The instant at which its last day has passed in London."""
        return datetime.combine(self.last + DAY, time(), LONDON)

    @property
    def before(self) -> Period:
        """The period before it: the same unit, or as many days."""
        if self.unit in MONTHS:
            return containing(self.unit, self.first - DAY)
        length = self.last - self.first
        return Period(self.unit, self.first - DAY - length, self.first - DAY)

    @property
    def words(self) -> str:
        """“November 2026”, “October to December 2026”, “week 47 of 2026, 16 to 22 November 2026”."""
        if self.unit == "week":
            year, week, _ = self.first.isocalendar()
            return f"week {week} of {year}, {self.days}"
        if self.unit == "month":
            return f"{self.first:%B %Y}"
        if self.unit == "quarter":
            return f"{self.first:%B} to {self.last:%B %Y}"
        return str(self.first.year) if self.unit == "year" else self.days

    @property
    def short(self) -> str:
        """A name for the foot of a bar: “W47”, “Nov 26”, “Q4 26”, “2026”, “16 Nov 26”."""
        if self.unit == "week":
            return f"W{self.first.isocalendar().week}"
        if self.unit == "quarter":
            return f"Q{(self.first.month + 2) // 3} {self.first:%y}"
        if self.unit == "days":
            return f"{self.first.day} {self.first:%b %y}"
        return f"{self.first:%b %y}" if self.unit == "month" else str(self.first.year)

    @property
    def days(self) -> str:
        """Its days in words: “16 to 22 November 2026”."""
        if self.first == self.last:
            return words(self.first)
        if self.first.year != self.last.year:
            return f"{words(self.first)} to {words(self.last)}"
        month = "" if self.first.month == self.last.month else f" {self.first:%B}"
        return f"{self.first.day}{month} to {words(self.last)}"


def containing(unit: str, day: date) -> Period:
    """The week, month, quarter or year in which a day lies; a week begins on Monday (ISO 8601)."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(unit, monday, monday + timedelta(days=6))
    months = MONTHS[unit]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(unit, first, add_months(first, months) - DAY)


def chosen(choice: str, today: date) -> Period:
    """The period that a choice such as “last_month” means on a day."""
    which, unit = choice.split("_")
    period = containing(unit, today)
    return period.before if which == "last" else period


def row_of(period: Period, number: int) -> list[Period]:
    """So many periods that end with this one, the oldest first."""
    found = [period]
    while len(found) < number:
        found.append(found[-1].before)
    return found[::-1]


def months_from(day: date, number: int) -> list[Period]:
    """So many calendar months, from the one in which a day lies."""
    first = day.replace(day=1)
    starts = [add_months(first, n) for n in range(number)]
    return [Period("month", s, s.replace(day=monthrange(s.year, s.month)[1])) for s in starts]
