"""Dates and times: the only module that calls the clock.

“Today” is the day in Europe/London; instants are kept in UTC. Adding months keeps the anchor: the
day of the first date is kept where the month has it, else the month's last day stands in.
"""

import calendar
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

LONDON = ZoneInfo("Europe/London")
_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """This instant, aware, in UTC."""
    return _pretended.get() or datetime.now(UTC)


def today() -> date:
    """The day it is in Europe/London."""
    return now().astimezone(LONDON).date()


def day_of(instant: datetime) -> date:
    """The day in Europe/London on which an instant fell."""
    return instant.astimezone(LONDON).date()


@contextmanager
def pretend(instant: datetime) -> Iterator[None]:
    """Take `instant` (aware) for now: for demonstration data and tests, refused in production."""
    if settings.PRODUCTION:
        raise RuntimeError("Nobody pretends a time in production.")
    with seen_from(instant):
        yield


@contextmanager
def seen_from(instant: datetime) -> Iterator[None]:
    """Take `instant` (aware) for now while the past is read, in a block that writes nothing."""
    token = _pretended.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


def add_months(day: date, months: int, anchor: int | None = None) -> date:
    """The day `months` later; `anchor` is the day of the month of the first date of a cycle.

    31 August and 6 months give 28 or 29 February; 29 February and 48 months give 29 February.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(anchor or day.day, last))


def next_in_cycle(first: date, months: int, after: date) -> date:
    """The first day after `after` of a cycle of so many months that began on `first`.

    The day of the month of `first` is kept throughout: yearly from 29 February 2024 gives 28 February
    2025 to 2027 and 29 February 2028.
    """
    if months < 1:
        raise ValueError("A cycle is one month long or longer.")
    passed = (after.year - first.year) * 12 + after.month - first.month
    turns = max(1, passed // months)
    while (day := add_months(first, turns * months)) <= after:
        turns += 1
    return day


def words(day: date | None) -> str:
    """A day as people write it, “21 November 2026”; nothing for no day."""
    return f"{day.day} {day:%B %Y}" if day else ""


def long_words(day: date | None) -> str:
    """A day with its name, “Saturday 21 November 2026”; nothing for no day."""
    return f"{day:%A} {words(day)}" if day else ""


def clock_words(instant: datetime) -> str:
    """The time of day of an instant in London, “9:32am”."""
    local = instant.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def time_words(instant: datetime) -> str:
    """An instant as people write it, in London time: “21 November 2026 at 9:32am”."""
    return f"{words(instant.astimezone(LONDON).date())} at {clock_words(instant)}"


def relative(day: date, since: date | None = None) -> str:
    """How far a day is, with the day itself: “in 3 weeks (12 December 2026)”."""
    distance = (day - (since or today())) // timedelta(days=1)
    if distance == 0:
        return f"today ({words(day)})"
    span = _span(abs(distance))
    return f"in {span} ({words(day)})" if distance > 0 else f"{span} ago ({words(day)})"


def _span(days: int) -> str:
    for unit, length in (("year", 365), ("month", 30), ("week", 7)):
        if days >= 2 * length:
            return f"{days // length} {unit}s"
    return "1 day" if days == 1 else f"{days} days"
