"""Dates as offices write them, read day first unless the whole column proves otherwise.

A month or a year alone stands for its first day where something starts and for its last day where
something ends or falls due, so that nothing counts as overdue before its month is over.
"""

import calendar
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from register.exchange.meanings import LONGEST, interval_of, meaning_of

FIRST_YEAR, LAST_YEAR = 1950, 2100
# Serial numbers of those years, as spreadsheet programs count days from 30 December 1899.
SERIALS = range(18_264, 73_415)
SERIAL_START = datetime.date(1899, 12, 30)
LONDON = ZoneInfo("Europe/London")

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_SEP = r"[\s\-/.,]*"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"'?(?P<year>\d{4}|\d{2})"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)",
        rf"{_WEEKDAY}{_DAY}(?:\s+of)?{_SEP}{_MONTH}{_SEP}{_YEAR}",
        rf"{_WEEKDAY}{_MONTH}{_SEP}{_DAY}(?:\s*,\s*|\s+|[-/.]){_YEAR}",
        rf"{_MONTH}{_SEP}{_YEAR}",
        rf"(?P<year>\d{{4}}){_SEP}{_MONTH}",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        r"(?P<year>(?:19|20)\d\d)",
    )
)
_NUMBERS = re.compile(r"(\d{1,2})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{4}|\d{2})")
_INSIDE = re.compile(
    rf"\b(?:\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|\d{{4}}-\d\d-\d\d"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[\s-]+)?{_MONTH.replace('?P<month>', '?:')}[\s,-]+\d{{4}})\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(am|pm)?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class DateRead:
    """What a date cell says.

    `precision` is "day", "month", "year" or "" (no date). `words` is the cell as written. `doubt`
    is a sentence when something is not right; with `impossible` there is no such day. `every` is
    an interval in months ("review annually" is 12), `meaning` one of "", "under review", "to be
    confirmed", "ongoing", "none", "expired".
    """

    value: datetime.date | None
    precision: str
    words: str
    doubt: str = ""
    impossible: bool = False
    every: int | None = None
    meaning: str = ""

    @property
    def plain(self) -> str:
        """The date in one spelling, whatever the file's; the words where there is no date."""
        if not self.value:
            return " ".join(self.words.split())
        return self.value.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


def order_of(cells: Iterable[object]) -> str:
    """Say "day" or "month": which comes first in a column's all-number dates; "either" for one with both."""
    day_first = month_first = False
    for cell in cells:
        if isinstance(cell, str) and (found := _NUMBERS.fullmatch(_CLOCK.sub("", cell.strip()))):
            day_first = day_first or int(found[1]) > 12
            month_first = month_first or int(found[2]) > 12
    if month_first and day_first:
        return "either"
    return "month" if month_first else "day"


def read_date(cell: object, *, order: str = "day", ends: bool = True) -> DateRead:
    """Read one date cell of a column in the given order: "day", "month", or "either" (day first, in doubt).

    `ends` says that the column holds ends or due dates (last day of a month or year) and not
    starts (first day).
    """
    if isinstance(cell, datetime.datetime):
        return _checked(_london(cell), "day", cell.date().isoformat())
    if isinstance(cell, datetime.date):
        return _checked(cell, "day", cell.isoformat())
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _number(cell, ends)
    text = str(cell or "").strip()
    if not text:
        return DateRead(None, "", "")
    return _text(text, order, ends)


def _text(text: str, order: str, ends: bool) -> DateRead:
    if stamp := _stamp(text):
        return _checked(stamp, "day", text)
    bare = _CLOCK.sub("", text).strip(" .") if len(text) < 60 else text[:60]
    if found := _NUMBERS.fullmatch(bare):
        day, month = (found[2], found[1]) if order == "month" else (found[1], found[2])
        doubt = ""
        if order == "either" and int(day) <= 12 and int(month) <= 12 and int(day) != int(month):
            doubt = f"“{text}” was read day first: its column holds dates of both kinds."
        if int(month) > 12 >= int(day):
            day, month = month, day
            if order != "either":
                doubt = f"“{text}” was read the other way round from the rest of its column."
        return _made(found[3], month, day, text, ends, doubt)
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(bare):
            parts = found.groupdict()
            return _made(parts["year"], parts.get("month"), parts.get("day"), text, ends)
    if bare.isdecimal() and int(bare) in SERIALS:
        return _number(int(bare), ends)
    return _words(text, order, ends)


def _words(text: str, order: str, ends: bool) -> DateRead:
    every, meaning = interval_of(text), meaning_of(text)
    inside = list(dict.fromkeys(_INSIDE.findall(text[:LONGEST])))
    if len(inside) == 1:
        read = _text(inside[0], order, ends)
        doubt = read.doubt or f"The date was taken out of the words “{_short(text)}”."
        return DateRead(read.value, read.precision, text, doubt, read.impossible, every, meaning)
    doubt = ""
    if len(inside) > 1:
        doubt = f"“{_short(text)}” holds more than one date. Write the one that counts."
    elif not every and not meaning:
        doubt = f"“{_short(text)}” is no date that the register can read; the words are kept."
    return DateRead(None, "", text, doubt, every=every, meaning=meaning)


def _made(
    year: str, month: str | None, day: str | None, text: str, ends: bool, doubt: str = ""
) -> DateRead:
    full_year = int(year) if len(year) == 4 else 1900 + int(year) + 100 * (int(year) < 70)
    number = 0 if month is None else _MONTHS.get(month.lower()) or int(month)
    try:
        if day is not None:
            return _checked(datetime.date(full_year, number, int(day)), "day", text, doubt)
        number = number or (12 if ends else 1)
        last = calendar.monthrange(full_year, number)[1] if ends else 1
        precision = "month" if month else "year"
        return _checked(datetime.date(full_year, number, last), precision, text, doubt)
    except (ValueError, IndexError):
        return DateRead(
            None,
            "",
            text,
            f"“{_short(text)}” is not a day in the calendar. Write the date as 31/12/2026.",
            impossible=True,
        )


def _number(cell: float, ends: bool) -> DateRead:
    words = str(cell)
    if len(words) == 8 and words[:2] in ("19", "20"):
        return _text(words, "day", ends)
    if int(cell) in SERIALS:
        return _checked(SERIAL_START + datetime.timedelta(days=int(cell)), "day", words)
    if isinstance(cell, int) and FIRST_YEAR <= cell <= LAST_YEAR:
        return _made(words, None, None, words, ends)
    return DateRead(
        None, "", words, f"{words} is not a date. Write the date as 31/12/2026.", impossible=True
    )


def _checked(day: datetime.date, precision: str, words: str, doubt: str = "") -> DateRead:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return DateRead(day, precision, words, doubt)
    sentence = f"The year {day.year:04} in “{words}” cannot be right. Write the date as 31/12/2026."
    return DateRead(None, "", words, sentence, impossible=True)


def _stamp(text: str) -> datetime.date | None:
    if not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:", text):
        return None
    try:
        return _london(datetime.datetime.fromisoformat(text))
    except ValueError:
        return None


def _london(moment: datetime.datetime) -> datetime.date:
    return (moment.astimezone(LONDON) if moment.tzinfo else moment).date()


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}…"
