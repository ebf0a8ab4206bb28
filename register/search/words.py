"""What people type into the search box, understood once for both databases.

Words must all occur; "words in quotes" occur side by side; a minus leaves a word out; OR joins
alternatives. Accents and punctuation count for nothing, so that every search means the same on
SQLite and on PostgreSQL.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

QUERY_LIMIT = 300  # characters that a search may have
TERMS_LIMIT = 24
BYTES_LIMIT = 300_000  # of one column of a version's text; PostgreSQL takes a megabyte of lexemes
REFERENCE_LIMIT = 120
_PARTS = re.compile(r'(-?)"([^"]*)"?|(\S+)')


@dataclass(frozen=True)
class Words:
    """A search: alternatives, each with the phrases that must and those that must not occur."""

    typed: str
    alternatives: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]

    def __bool__(self) -> bool:
        return bool(self.alternatives)


def words_of(typed: str) -> Words:
    """Understand what was typed; a search without a letter or digit has no alternatives."""
    typed = plain(typed)[:QUERY_LIMIT].strip()
    found: list[tuple[list[str], list[str]]] = [([], [])]
    for count, match in enumerate(_PARTS.finditer(typed)):
        if count >= TERMS_LIMIT:
            break
        if match[3] in ("OR", "or") and found[-1][0]:
            found.append(([], []))
            continue
        minus, phrase = _minus_and_phrase(match)
        if phrase:
            found[-1][1 if minus else 0].append(phrase)
    kept = tuple((tuple(yes), tuple(no)) for yes, no in found if yes)
    return Words(typed, kept)


def form_of(reference: str) -> str:
    """The form in which references are compared: capitals and digits only."""
    letters = unicodedata.normalize("NFKC", plain(reference)).upper()
    return "".join(char for char in letters if char.isalnum())[:REFERENCE_LIMIT]


def searchable(text: str) -> str:
    """A text as it is kept for searching: without control characters, and no longer than is searched."""
    text = plain(text, keep_lines=True)
    if len(text) * 4 <= BYTES_LIMIT:
        return text
    return text.encode()[:BYTES_LIMIT].decode(errors="ignore")


def plain(text: str, keep_lines: bool = False) -> str:
    """A text that every database takes: no NUL and other controls, no half characters."""
    text = text.encode("utf-8", "ignore").decode()
    kept = "\n" if keep_lines else ""
    if text.replace(kept, "").isprintable():
        return text
    return "".join(c if c.isprintable() or c in kept else " " for c in text)


def folded(text: str) -> str:
    """Words as they are compared: without accents, in runs of letters and digits."""
    letters = "".join(
        c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
    )
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split()).lower()


def _minus_and_phrase(match: re.Match[str]) -> tuple[bool, str]:
    if match[3] is None:
        return bool(match[1]), folded(match[2])
    word = match[3]
    return word.startswith("-"), folded(word)
