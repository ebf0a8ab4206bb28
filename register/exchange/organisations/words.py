"""What the words of a list of bodies mean: names in capitals, several in a cell, kinds, statuses."""

from __future__ import annotations

import re

from register.core.names import normal_form
from register.exchange.headings import heading_key
from register.exchange.organisations.vocabulary import (
    KIND_NAMES,
    KIND_WORDS,
    MEMBER_WORDS,
    NO_MEMBER,
    STATUS_WORDS,
    TYPE_CODES,
)
from register.lists.labels import labels

_SMALL_WORDS = "of and the for on upon in with at by to le under"
_SMALL = frozenset(_SMALL_WORDS.split())
_WHOLE_WORDS = "NHS CCG ICB ICS UK GP LLP PLC CIC BBC HM HMRC FT CSU MBC"
_WHOLE = frozenset(_WHOLE_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


def without_capitals(name: str) -> str:
    """A name that stands in capitals as people write it; any other as it is."""
    name = " ".join(name.split())
    if not name.isupper() or len(name.split()) < 2:
        return name
    done = _WORD.sub(lambda found: _word(found[0], found.start() == 0), name)
    return done[:1].upper() + done[1:]


def several_names(text: str) -> list[str]:
    """The names in one cell. A comma that a space follows belongs to a name where another is bare."""
    for separator in (r"\s*[;|\n]\s*", r",(?!\s)"):
        parts = re.split(separator, text)
        if len(parts) > 1:
            return _each(parts)
    return _each([text])


def several(text: str) -> list[str]:
    """The codes or names in one cell, parted by semicolons, bars or commas."""
    return _each(re.split(r"\s*[;|\n]\s*", text) if ";" in text or "|" in text
                 else re.split(r",(?!\s)", text))  # fmt: skip


def kind_of(text: str) -> str | None:
    """The kind of body that a cell means, by code or wording of the list of kinds; None where none."""
    key = heading_key(text)
    known = labels("organisation_kind")
    for code, label in known.items():
        if key in (heading_key(code), heading_key(label)):
            return code
    if key in TYPE_CODES:
        return TYPE_CODES[key]
    return next((kind for pattern, kind in KIND_WORDS if re.search(pattern, key)), None)


def kind_by_name(name: str) -> str:
    """The kind of body that its name alone says; "" where it does not."""
    text = " ".join(re.sub(r"[\W_]+", " ", name.casefold()).split())
    return next((kind for pattern, kind in KIND_NAMES if re.search(pattern, text)), "")


def status_of(text: str) -> str | None:
    """The legal status that a cell means; None where none."""
    key = text.casefold()
    return next((code for pattern, code in STATUS_WORDS if re.search(pattern, key)), None)


def member_of(text: str) -> str | None:
    """The kind of membership that a cell means, "" for none; None where it is not told."""
    key = heading_key(text)
    return "" if key in NO_MEMBER else MEMBER_WORDS.get(key)


def _each(parts: list[str]) -> list[str]:
    found: dict[str, str] = {}
    for part in parts:
        part = " ".join(part.split()).strip(" ,;")
        if part:
            found.setdefault(normal_form(part) or part.casefold(), part)
    return list(found.values())


def _word(word: str, is_first: bool) -> str:
    if word in _WHOLE:
        return word
    small = word.lower()
    return small if small in _SMALL and not is_first else small[0].upper() + small[1:]
