"""A day or a moment of the past, in an address and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from register.core.dates import LONDON, now, time_words, today, words

_TIME = "%Y-%m-%dT%H-%M"


@dataclass(frozen=True)
class Moment:
    """A day in London, meant at its end, or a minute of it."""

    day: date
    clock: time | None = None

    @cached_property
    def instant(self) -> datetime:
        """The last instant that belongs to it: the end of the day or of the minute; never later than now."""
        if self.clock is None:
            ends = datetime.combine(self.day + timedelta(days=1), time(), LONDON).astimezone(UTC)
        else:
            ends = max(self._begins()) + timedelta(minutes=1)
        return min(ends - timedelta(microseconds=1), now())

    @property
    def words(self) -> str:
        """ "12 March 2025", or "12 March 2025 at 2:05pm"."""
        if self.clock is None:
            return words(self.day)
        return time_words(datetime.combine(self.day, self.clock, LONDON))

    @property
    def code(self) -> str:
        """The moment as an address has it: "2025-03-12", or "2025-03-12T14-05"."""
        if self.clock is None:
            return self.day.isoformat()
        return datetime.combine(self.day, self.clock).strftime(_TIME)

    @property
    def is_to_come(self) -> bool:
        """Whether the day or the minute has not begun yet."""
        if self.clock is None:
            return self.day > today()
        return min(self._begins()) > now()

    def _begins(self) -> list[datetime]:
        """When its minute begins: twice in the hour that clocks show again at the end of summer time."""
        shown = datetime.combine(self.day, self.clock or time(), LONDON)
        return [shown.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]


def moment_of(code: str) -> Moment | None:
    """The moment that an address means; None for what is none, and for what is still to come."""
    try:
        found = datetime.strptime(code, _TIME) if "T" in code else None
        moment = Moment(found.date(), found.time()) if found else Moment(_day(code))
        return None if moment.is_to_come or moment.day.year < 1900 else moment
    except (ValueError, OverflowError):
        return None


def _day(code: str) -> date:
    if len(code) != 10:
        raise ValueError("A day is written in ten characters, 2025-03-12.")
    return date.fromisoformat(code)
