"""Finds what looks like personal data of the public in free text: NHS numbers, National Insurance
numbers, dates of birth.

It is read by people who then decide: few false alarms matter as much as few misses. Telephone,
invoice and reference numbers are left alone, and so are the dates on which staff signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from register.core import typed_dates
from register.core.dates import today
from register.core.text import strip

LONGEST_LIFE = 120  # years
LONGEST_EXCERPT = 60


class Kind(StrEnum):
    """What a piece of text looks like."""

    NHS_NUMBER = "nhs_number"
    NI_NUMBER = "ni_number"
    DATE_OF_BIRTH = "date_of_birth"


KIND_WORDS = {
    Kind.NHS_NUMBER: "an NHS number",
    Kind.NI_NUMBER: "a National Insurance number",
    Kind.DATE_OF_BIRTH: "a date of birth",
}


@dataclass(frozen=True)
class Suspect:
    """A piece of text that looks like personal data: of which kind, and the text itself."""

    kind: str
    excerpt: str

    @property
    def words(self) -> str:
        """The finding in words: “943 476 5919” looks like an NHS number."""
        return f"“{self.excerpt}” looks like {KIND_WORDS[Kind(self.kind)]}"


def suspects(text: str) -> list[Suspect]:
    """What in a text looks like personal data of the public, in the order of the text, each once.

    Markup is read as its words.
    """
    plain = strip(text) if "<" in text else text
    found = [*_nhs_numbers(plain), *_ni_numbers(plain), *_births(plain)]
    return list(dict.fromkeys(suspect for _, suspect in sorted(found, key=lambda pair: pair[0])))


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits are an NHS, Health and Care or Community Health Index number.

    The tenth digit checks the others, modulo 11 (NHS Data Dictionary). A Scottish number begins
    with a day of birth, one of Northern Ireland with 32 to 39, others with 4 to 9.
    """
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit() or len(set(digits)) == 1:
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1)))  # noqa: B905
    if (11 - weighed % 11) % 11 != int(digits[9]):  # a check digit of 10 is never issued
        return False
    return digits[0] in "456789" or "32" <= digits[:2] <= "39" or _begins_with_a_day(digits)


Found = tuple[int, Suspect]
# A run of digits, spaced or hyphenated, that is no part of a word, a decimal or an address.
_RUN = re.compile(r"(?<![\w/.,#=@)-])\+?\d(?:[ \u00a0\u2011-]?\d)*")
_GOES_ON = re.compile(r"[\w/@]|[.,:]\d")  # the last group of the run is part of something else
_GROUPS = {(10,), (3, 3, 4), (6, 4), (3, 7), (3, 3, 2, 2)}
# The words just before a number that say it is another kind of number.
_OTHER_NUMBER = re.compile(
    r"\b(invoice|order n\w+|purchase|po|account|acct|phone|tel|telephone|mobile|mob|fax|call|ring|"
    r"uprn|usrn|isbn|barcode|charity|company|vat|serial|meter|ticket|quote|tracking|extension|ext)\b"
    r"[\w .:#()’'-]{0,16}$",
    re.IGNORECASE,
)
_NHS = re.compile(r"\b(nhs|chi|hcn|h&c)\b[^.;\n]{0,16}$", re.IGNORECASE)
# Prefixes: no D, F, I, Q, U, V; no O in second place; and seven pairs that are never issued.
_NI = re.compile(
    r"(?<![\w-])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"[ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D](?![\w-])",
    re.IGNORECASE,
)
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    r"(?P<date>\b\d{1,2}(?:st|nd|rd|th)?(?:[ /.-]\d{1,2}|(?: of)?[ /.-]?" + _MONTHS + r")"
    r"[ /.,-]{1,2}\d{2}(?:\d{2})?\b"
    r"|\b\d{4}-\d{2}-\d{2}\b)"
)
_MARKED_BIRTH = re.compile(
    r"(?:\bd\.? ?o\.? ?b\b\.?|\bdate of birth\b|\bbirth ?date\b|\bborn(?: on)?\b)[\s:=,(–-]{0,4}"
    r"(?:is |was )?(?:the )?" + _DATE,
    re.IGNORECASE,
)
_NAME_WORD = r"(?:[A-Z][’'])?[A-Z][a-zà-ÿ]+(?:[-’']?[A-Z][a-zà-ÿ]+|[-’'][a-zà-ÿ]+){0,3}"
_NAMED_BIRTH = re.compile(
    rf"(?P<before>(?:\b[A-Za-z]+\b[ :]{{1,2}})?)(?P<name>\b{_NAME_WORD}(?:,? {_NAME_WORD}){{1,3}})"
    rf"(?:,? ?\(|, | – | - |: |\s+)(?i:{_DATE})"
)
# Words that make a capitalised pair something other than somebody's name.
_NO_NAME_WORDS = (
    "The This That These Act Acts Agency Agreement Agreements Amended Approved April Area Association "
    "Audit August Authority Board Body Borough Centre Charter City Clause Code College Commission "
    "Commissioner Committee Community Council County Court Data Date Day December Department Deployed "
    "Director District Document Due Dated Easter Effective Emergency England Expires Extension "
    "February Final Fire Force Form Foundation Framework Friday From General Government Group Health "
    "Hospital Hospitals House Housing In Information January July June Last Local March Meeting Minutes "
    "Monday Name National Next Northern Notice November October Office Officer On Order Partnership "
    "Partners Plan Police Policy Protection Protocol Public Published Quarter Received Record Register "
    "Regulations Release Report Request Rescue Review Revised Safeguarding Saturday School Scotland "
    "Section September Service Services Sharing Since Social Starting Strategy Sunday Team Thursday "
    "Trust Tuesday Until University Updated Version Wales Wednesday Week Working Year"
)
_NO_NAME = set(_NO_NAME_WORDS.split())
# Before a name: this is who signed or met, on that day.
_STAFF = {
    "by", "signed", "approved", "authorised", "agreed", "decided", "accepted", "reviewed", "chaired",
    "minuted",
}  # fmt: skip


def _nhs_numbers(text: str) -> Iterator[Found]:
    for run in _RUN.finditer(text):
        before = text[max(0, run.start() - 48) : run.start()]
        if run[0].startswith("+") or (_OTHER_NUMBER.search(before) and not _NHS.search(before)):
            continue
        groups = list(re.finditer(r"\d+", run[0]))
        if _GOES_ON.match(text, run.end()):
            groups.pop()
        for start, written in _tens(run[0], groups):
            if is_nhs_number(re.sub(r"\D", "", written)):
                yield run.start() + start, Suspect(Kind.NHS_NUMBER, written)


def _tens(run: str, groups: list[re.Match]) -> Iterator[tuple[int, str]]:
    """The pieces of a run of digits that are written as such numbers are, with their places."""
    place = 0
    while place < len(groups):
        sizes = tuple(len(group[0]) for group in groups[place : place + 4])
        count = next((n for n in range(1, 5) if sizes[:n] in _GROUPS), 0)
        if not count and sizes[0] > 2:  # a line's number or an age may stand before it
            return
        if count:
            first, last = groups[place], groups[place + count - 1]
            yield first.start(), run[first.start() : last.end()]
        place += count or 1


def _ni_numbers(text: str) -> Iterator[Found]:
    for match in _NI.finditer(text):
        yield match.start(), Suspect(Kind.NI_NUMBER, match[0])


def _births(text: str) -> Iterator[Found]:
    for match in _MARKED_BIRTH.finditer(text):
        if _read(match["date"]):
            yield match.start(), _birth(match[0])
    for match in _NAMED_BIRTH.finditer(text):
        name = re.findall(_NAME_WORD, match["name"])
        said_before = match["before"].strip(" :").lower()
        if not _NO_NAME & set(name) and said_before not in _STAFF and _is_of_a_life(match["date"]):
            yield match.start("name"), _birth(text[match.start("name") : match.end()])


def _birth(words: str) -> Suspect:
    words = " ".join(words.split())[:LONGEST_EXCERPT]
    closed = ")" if "(" in words and ")" not in words else ""
    return Suspect(Kind.DATE_OF_BIRTH, words + closed)


def _is_of_a_life(words: str) -> bool:
    """Whether a date beside a name can be of its birth; the last year's are days of business."""
    day = _read(words)
    return day is not None and 1 <= today().year - day.year <= LONGEST_LIFE


def _read(words: str) -> date | None:
    if short := re.fullmatch(r"(\d{1,2}\D.*\D)(\d\d)", words):
        century = "20" if int(short[2]) <= today().year % 100 else "19"
        words = f"{short[1]}{century}{short[2]}"
    try:
        return typed_dates.read(words)
    except ValueError:
        return None


def _begins_with_a_day(digits: str) -> bool:
    return 1 <= int(digits[:2]) <= 31 and 1 <= int(digits[2:4]) <= 12
