"""What the office's words mean: states, tiers, intervals, retention, and "to be confirmed"."""

import re
from dataclasses import dataclass

_COUNTING = "one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = _COUNTING.split()
# Longer cells are prose, in which a word proves nothing.
LONGEST = 300

_COUNT = r"(\d{1,3}|" + "|".join(_NUMBERS) + ")"
_UNIT = r"(year|yr|month|mth|week|wk|day)s?"

_NAMED_INTERVALS = (
    (r"bi-?ennial(ly)?|every (second|other) year", 24),
    (r"half[- ]yearly|twice a year", 6),
    (r"annual(ly)?|yearly|every year|per annum|once a year|each year", 12),
    (r"quarterly", 3),
    (r"monthly", 1),
)
_MEANINGS = (
    ("under review", r"(being |under |in |currently )*(review|reviewed|revision)( in progress)?"),
    ("to be confirmed", r"t\.?b\.?[acd]\.?|to be (confirmed|agreed|advised|decided)|\?+|awaited"),
    ("ongoing", r"on-?\s?going|indefinite(ly)?|open[- ]ended|permanent|no end( date)?|rolling"),
    ("none", r"n/?a|none|nil|not applicable|not known|unknown|-+|\u2013|\u2014|no date|not set"),
    ("expired", r"expired|lapsed|ended|overdue"),
)
_STATES = (
    ("superseded", r"superseded|replaced|old version"),
    ("ended", r"ended|expired|closed|terminated|withdrawn|archived?|lapsed|cancelled|ceased"
              r"|no longer|inactive|dormant|historic"),
    ("signing", r"(out|awaiting|pending|waiting|circulated|sent) (for )?(\w+ )?(sign|signatures?|"
                r"signing|signed|signatory|signatories)\b|with signator|part(ly|ially)?[- ]signed"),
    ("consultation", r"consult|out for comment|for comment|circulated|with partners"),
    ("draft", r"draft|in development|in progress|wip|being (written|prepared|developed)|proposed"
              r"|not started|^new$|unsigned"),
    ("under_review", r"under review|in review|being reviewed|review (due|overdue|needed)|overdue"),
    ("in_force", r"in force|in place|active|live|current|signed|approved|agreed|complete|extant"
                 r"|valid|operational|ongoing|^open$|^yes$"),
)  # fmt: skip
_TIERS = (
    (1, r"charter|declaration|accord|tier (1|one)|level (1|one)|^1$"),
    (2, r"overarching|umbrella|framework|protocol|\bisp\b|tier (2|two)|level (2|two)|^2$"),
    (3, r"agreement|contract|\b(isa|dsa|dpa|dsc|mou|pisa|ndsa)\b|memorandum|purpose specific"
        r"|tier (3|three)|level (3|three)|^3$|personal information sharing"),
)  # fmt: skip
_DURATION = re.compile(
    r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T.*)?", re.IGNORECASE
)
_PLAIN_DURATION = re.compile(
    rf"(?:for |current )?{_COUNT}\s*{_UNIT}(?:(?:,| and|\s)\s*{_COUNT}\s*{_UNIT})?\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Duration:
    """How long something is kept: the parts where they can be read, and the words in any case."""

    words: str
    years: int = 0
    months: int = 0
    days: int = 0

    @property
    def known(self) -> bool:
        """Whether the words were understood as a length of time."""
        return bool(self.years or self.months or self.days)


def read_duration(text: str) -> Duration:
    """Read "P3Y9M27D", "6 years" or "2 yrs 6 months"; the words of a code are spelt out."""
    text = text.strip()
    if len(text) > LONGEST:
        return Duration(text)
    text = " ".join(text.split())
    if text and (found := _DURATION.fullmatch(text)):
        years, months, weeks, days = (int(part or 0) for part in found.groups())
        return _spelt(years, months, weeks * 7 + days)
    if found := _PLAIN_DURATION.fullmatch(text):
        parts = {"year": 0, "month": 0, "day": 0}
        for count, unit in ((found[1], found[2]), (found[3], found[4])):
            if count:
                name, times = _unit(unit)
                parts[name] += times * _count(count)
        return Duration(text, parts["year"], parts["month"], parts["day"])
    return Duration(text)


def interval_of(text: str) -> int | None:
    """The interval in months that words name ("review annually", "every 2 years"), or None."""
    text = " ".join(text[:LONGEST].lower().split())
    if not (found := re.search(rf"{_COUNT}[\s-]*{_UNIT}ly\b", text)):
        for pattern, months in _NAMED_INTERVALS:
            if re.search(rf"\b(?:{pattern})\b", text):
                return months
    found = found or re.search(rf"{_COUNT}[\s-]*{_UNIT}\b", text)
    if not found:
        return None
    name, times = _unit(found[2])
    return {"year": 12, "month": 1}.get(name, 0) * times * _count(found[1]) or None


def meaning_of(text: str) -> str:
    """What words in the place of a date mean: see `_MEANINGS`; "" when they say nothing known."""
    text = " ".join(text[:LONGEST].lower().split()).strip(" .")
    for meaning, pattern in _MEANINGS:
        if re.fullmatch(pattern, text):
            return meaning
    return ""


def state_of(text: str) -> str:
    """The state that a status cell names, as the code of one of the seven, or ""."""
    text = " ".join(text[:LONGEST].lower().split()).strip(" .")
    if not text or re.search(r"\bnot (yet )?(active|live|current|signed|in (force|place))", text):
        return "draft" if text else ""
    for state, pattern in _STATES:
        if re.search(rf"(?:^|\b)(?:{pattern})", text):
            return state
    return ""


def tier_of(kind: str, title: str = "") -> tuple[int, str]:
    """The tier that a kind names, else that the title names, and a sentence where it is doubtful.

    Nothing that says otherwise is an agreement, tier 3, as most entries of any register are.
    """
    for text, where in ((kind, "kind"), (title, "title")):
        tiers = _tiers(text)
        if len(tiers) > 1:
            doubt = f"The {where} “{' '.join(text.split())}” names more than one tier; tier"
            return max(tiers), f"{doubt} {max(tiers)} was taken."
        if tiers:
            doubt = "" if where == "kind" else f"Tier {min(tiers)} was told from the title."
            return min(tiers), doubt if min(tiers) < 3 else ""
    return 3, f"The kind “{kind.strip()}” names no tier; tier 3 was taken." if kind.strip() else ""


def _tiers(text: str) -> set[int]:
    text = " ".join(text[:LONGEST].lower().split())
    found = {tier for tier, pattern in _TIERS if re.search(pattern, text)}
    # "Overarching agreement" and "information sharing framework agreement" are protocols.
    if found == {2, 3} and re.search(r"overarching|umbrella|framework", text):
        return {2}
    return found


def _spelt(years: int, months: int, days: int) -> Duration:
    counted = ((years, "year"), (months, "month"), (days, "day"))
    parts = [f"{count} {unit}{'s' * (count != 1)}" for count, unit in counted if count]
    words = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else "none"
    return Duration(words, years, months, days)


def _unit(unit: str) -> tuple[str, int]:
    names = {"y": ("year", 1), "m": ("month", 1), "w": ("day", 7), "d": ("day", 1)}
    return names[unit[0].lower()]


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else _NUMBERS.index(text.lower()) + 1
