"""A text as the pieces that are compared: words, spaces, marks of markup, and characters that cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import NamedTuple


class Token(NamedTuple):
    """One piece of a text: what stands there, its name where it cannot be seen, how it reads in place."""

    text: str
    name: str = ""
    shown: str = ""

    @property
    def is_space(self) -> bool:
        """Whether it is plain spaces."""
        return self.text.strip(" ") == ""


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_TOKEN = re.compile(r" +|\r\n|\w+(?:[.,’'/@-]\w+)*|.", re.DOTALL)
_LETTERS = re.compile(r"\w+")
_HREF = re.compile(r"""href\s*=\s*["']([^"']*)["']""")
# Each tag: its name as a mark, and how it reads where nothing has changed.
_OPENING = {
    "p": ("new paragraph", "\n"),
    "br": ("new line", "\n"),
    "strong": ("bold begins", ""),
    "em": ("italic begins", ""),
    "a": ("link", ""),
    "ul": ("list begins", ""),
    "ol": ("numbered list begins", ""),
    "li": ("new item", "\n• "),
    "h3": ("heading", "\n"),
    "h4": ("smaller heading", "\n"),
    "table": ("table begins", "\n"),
    "tr": ("new row", "\n"),
    "td": ("new cell", " | "),
    "th": ("new head", " | "),
}
_CLOSING = {
    "strong": "bold ends",
    "em": "italic ends",
    "a": "link ends",
    "ul": "list ends",
    "ol": "numbered list ends",
    "h3": "heading ends",
    "h4": "heading ends",
    "table": "table ends",
}
EMPHASIS = {"bold begins", "bold ends", "italic begins", "italic ends"}
_NAMES = {"\n": "new line", "\r\n": "new line", "\t": "tab", "\r": "carriage return",
          "\xa0": "no-break space", "\ufeff": "zero-width no-break space"}  # fmt: skip
# Seen as what they are by anybody who reads English or Welsh.
_PLAIN = set("’‘“”–—…£€§×÷·•°½¼¾²³©®™†‡≤≥→")
_ACTS_UNSEEN = {"Cf", "Cc", "Zl", "Zp"}


def tokens_of(text: str, *, is_markup: bool) -> list[Token]:
    """The tokens of a value, in order; joined they hold every character that can make a difference."""
    if not is_markup:
        return _plain_tokens(text)
    found: list[Token] = []
    end = 0
    for tag in _TAG.finditer(text):
        found += _plain_tokens(unescape(text[end : tag.start()]))
        if (token := _tag_token(tag.group())) is not None:
            found.append(token)
        end = tag.end()
    return found + _plain_tokens(unescape(text[end:]))


def letters_of(text: str, *, is_markup: bool) -> str:
    """The letters and figures of a value, run together without its markup."""
    words = unescape(_TAG.sub(" ", text)) if is_markup else text
    return "".join(_LETTERS.findall(words))


def name_of(character: str) -> str:
    """What a character is called in plain words, such as “no-break space”."""
    if known := _NAMES.get(character):
        return known
    found = unicodedata.name(character, "") if len(character) == 1 else ""
    return found.lower() or "character " + " ".join(f"U+{ord(each):04X}" for each in character)


def is_told_apart(character: str) -> bool:
    """Whether anybody sees what a character is: letters of ours, and the usual marks of type."""
    if " " <= character <= "~" or character in _PLAIN:
        return True
    return unicodedata.category(character)[0] == "L" and name_of(character).startswith("latin ")


def _plain_tokens(text: str) -> list[Token]:
    return [_plain_token(found.group()) for found in _TOKEN.finditer(text)]


def _plain_token(text: str) -> Token:
    if text == " " or text.isalnum():
        return Token(text, "", text)
    if text in _NAMES:
        return Token(text, _NAMES[text], {"\t": " ", "\xa0": " "}.get(text, "\n"))
    # These turn or hide what stands beside them, so they are named wherever they stand.
    if len(text) == 1 and unicodedata.category(text) in _ACTS_UNSEEN:
        return Token(text, name_of(text), f"[{name_of(text)}]")
    return Token(text, "", text)


def _tag_token(tag: str) -> Token | None:
    name = tag.strip("</>").split()[0].lower().rstrip("/")
    if tag.startswith("</"):
        return Token(tag, _CLOSING[name]) if name in _CLOSING else None
    if name not in _OPENING:
        return None if name in {"thead", "tbody"} else Token(tag, tag)
    mark, shown = _OPENING[name]
    if address := _HREF.search(tag):
        mark = f"link to {unescape(address.group(1))}"
    elif " " in tag.rstrip("/> "):
        mark = f"{mark} ({tag.strip('</>').split(None, 1)[1]})"
    return Token(tag, mark, shown)
