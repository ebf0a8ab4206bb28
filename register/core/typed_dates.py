"""Reads a date as people type it: day first, the year in four digits."""

import re
from datetime import date

EARLIEST, LATEST = 1900, 2200
_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_DAYS = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+")
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<year>\d{4})[-/. ](?P<month>\d{1,2})[-/. ](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})[-/. ]+(?P<month>\d{1,2})[-/. ]+(?P<year>\d+)",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?[-/. ]*(?P<name>[a-z]{3,9})\.?,?[-/. ]*(?P<year>\d+)",
        r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d+)",
    )
)
_FULL = {
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
}  # fmt: skip


def read(typed: str) -> date | None:
    """The date that was typed, or None for nothing. Raises ValueError with a sentence to go on with."""
    words = " ".join(typed.casefold().split())
    if not words:
        return None
    words = _DAYS.sub("", words)
    found = next((match for shape in _SHAPES if (match := shape.fullmatch(words))), None)
    month = _month(found.groupdict()) if found else 0
    if not found or not month:
        raise ValueError("Enter a date such as 21 11 2026.")
    if len(found["year"]) != 4 or not EARLIEST <= int(found["year"]) <= LATEST:
        raise ValueError("Enter the year in four digits, such as 2026.")
    try:
        return date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        raise ValueError("There is no such day. Enter a date such as 21 11 2026.") from None


def _month(parts: dict[str, str]) -> int:
    if "month" in parts:
        return int(parts["month"])
    name = parts["name"]
    is_known = name == "sept" or name in _MONTHS or name in _FULL
    return _MONTHS.index(name[:3]) + 1 if is_known else 0
