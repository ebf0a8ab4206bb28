"""Cells as plain text, the same whatever kind of file they came in."""

import datetime
import re
import unicodedata

from register.core.sheets_out import TRIGGERS

# What programs show where a formula went wrong.
_ERRORS = "#REF! #N/A #VALUE! #NAME? #DIV/0! #NULL! #NUM!"
ERRORS = frozenset(_ERRORS.split())


def plain(cell: object) -> str:
    """The text of a cell: dates as 2026-12-31, whole numbers without a point, tidy line ends.

    An apostrophe that kept a text from being taken for a formula is dropped.
    """
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if cell is None:
        return ""
    text = unicodedata.normalize("NFC", str(cell)).replace("\xa0", " ").replace("\u200b", "")
    if text.startswith("'") and text[1:].lstrip(" ").startswith(TRIGGERS):
        text = text[1:]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def squeezed(text: str) -> str:
    """A text with single spaces (and no line ends), by which two copies are compared."""
    return re.sub(r"(?:\s|\\[nrt])+", " ", text)


def same(one: str, other: str) -> bool:
    """Whether two texts differ in spacing only."""
    return squeezed(one).strip() == squeezed(other).strip()


def loose(text: str) -> str:
    """A text by which keys are made: spacing, capitals and accents forgiven."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
