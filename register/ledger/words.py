"""Values and edits of text in words, with nothing hidden: for pages of history."""

import datetime as dt
import re
import unicodedata
from difflib import SequenceMatcher

from register.core import dates
from register.core.text import strip

NOTHING = "nothing"
LONG = 80
_CONTEXT = 3
_TOO_MANY = 1500
_MARKUP = re.compile(r"<[a-zA-Z/!]|&#?\w+;")
_TOKEN = re.compile(r"\n|[^\S\n]+|[^\s]+")


def shown(value) -> str:
    """A value as a person reads it: dates in words, yes and no, text without markup."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return dates.time_words(value)
    if isinstance(value, dt.date):
        return dates.words(value)
    return visible(plain_text(str(value)))


def of_field(field, value):
    """A value in the words of its field, where the field has its own: codes by their wordings."""
    in_words = getattr(field, "in_words", None)
    return in_words(value) if in_words and value is not None else value


def plain_text(text: str) -> str:
    """Text without its markup."""
    return strip(text) if _MARKUP.search(text) else text


def visible(text: str) -> str:
    """Text in which line breaks show as ¶ and characters that hide or turn others by their code."""
    return "".join(_mark(character) for character in text)


def edit(old: str, new: str) -> str:
    """What was changed in a long text: a few words before and after, and "[old → new]" between."""
    before, after = _TOKEN.findall(plain_text(old)), _TOKEN.findall(plain_text(new))
    if before == after:
        return "formatting only"
    start = _same(before, after)
    end = _same(before[start:][::-1], after[start:][::-1])
    left, right = before[start : len(before) - end], after[start : len(after) - end]
    if len(left) + len(right) > _TOO_MANY:
        return f"rewritten, from {_count(left)} to {_count(right)} words"
    spans = _spans(left, right)
    pieces = [_piece(before, after, start, span) for span in spans]
    lead = "" if spans and start + spans[0][0] <= 2 * _CONTEXT else "… "
    return lead + " … ".join(pieces) + ("" if end <= 2 * _CONTEXT else " …")


def _spans(left: list[str], right: list[str]) -> list[tuple[int, int, int, int]]:
    """The edits, those close to each other taken together."""
    spans: list[tuple[int, int, int, int]] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if spans and a - spans[-1][1] <= 2:
            a, c = spans.pop()[0::2]
        spans.append((a, b, c, d))
    return spans


def _piece(before: list[str], after: list[str], start: int, span) -> str:
    a, b, c, d = (start + place for place in span)
    lead = "".join(before[max(0, a - 2 * _CONTEXT) : a])
    tail = "".join(before[b : b + 2 * _CONTEXT])
    old, new = "".join(before[a:b]), "".join(after[c:d])
    return visible(f"{lead}[{_quoted(old)} → {_quoted(new)}]{tail}".strip())


def _quoted(text: str) -> str:
    if not text:
        return NOTHING
    return text if text.strip(" ") else f"{len(text)} spaces"


def _same(before: list[str], after: list[str]) -> int:
    pairs = zip(before, after, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(before), len(after)))


def _count(tokens: list[str]) -> int:
    return sum(not token.isspace() for token in tokens)


def _mark(character: str) -> str:
    if character == "\n":
        return "¶"
    # Controls, marks of direction, joiners and odd spaces: nothing may change unseen.
    if character != " " and unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp", "Zs"}:
        return f"[U+{ord(character):04X}]"
    return character
