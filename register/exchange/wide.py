"""Registers in the wide form: a column for each body, in which its signature is marked.

A cell says "signed", a date, "declined" or that it is still to come; an empty one says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from register.exchange.bodies import Named, is_whole_name
from register.exchange.cells import read_date
from register.exchange.headings import Columns, chosen_columns, heading_key
from register.exchange.tables import Table
from register.exchange.texts import plain
from register.signing.services.old_register import DECLINED, NOT_SIGNED

SIGNS = "signs"  # the field of such a column
LOOK = 500
_SIGNED = re.compile(
    r"(?:signed|sign(?:ed)? off|agreed|completed?|approved|received)(?:\b.*)?", re.I
)
_YES = re.compile(r"(?:y|yes|x|✓|✔|√|tick(?:ed)?|true|1)", re.I)
_DECLINED = re.compile(r"(?:declined?|refused?|will not sign|opted out|rejected)(?:\b.*)?", re.I)
_WAITING = re.compile(
    r"(?:not signed|unsigned|awaiting|awaited|outstanding|pending|sent|tbc|to sign|no|n|in progress"
    r"|not yet|chased?)(?:\b.*)?",
    re.I,
)
_NOTHING = re.compile(r"(?:n/?a|not applicable|not a party|none|-+|\u2013|\u2014)", re.I)
_AROUND = re.compile(r"^(?:date\s+)?signed\s*(?:by|on|for|date)?\s*[:\-\u2013]?\s*|"
                     r"\s*[:\-\u2013(]?\s*(?:date\s+)?signed\)?$", re.I)  # fmt: skip
_INITIALS = re.compile(r"[A-Z][A-Z&]{1,7}")


@dataclass(frozen=True)
class Marked:
    """What a cell says of a body's signature: words to keep, and the day where it gives one."""

    words: str
    day: date | None = None


def with_bodies(
    table: Table, columns: Columns, overrides: Mapping[str, str], known: Callable[[str], bool]
) -> Columns:
    """The columns of a register, those of single bodies among them; what was said of one stands.

    `known` says whether a text is the name of a body that the directory holds.
    """
    chosen = chosen_columns(list(columns.headings), overrides)
    free = [at for at in columns.extras if at not in chosen and table.filled[at]]
    cells = _cells(table, free)
    found = [at for at in free if _is_body(columns.headings[at], cells[at], known)]
    if found:
        # Beside columns that surely are bodies', initials are one too.
        found += [
            at
            for at in free
            if at not in found
            and _INITIALS.fullmatch(columns.headings[at])
            and all(_reads(cell) for cell in cells[at])
        ]
    fields = dict(columns.fields) | dict.fromkeys(found, SIGNS)
    return Columns(columns.headings, dict(sorted(fields.items())), columns.family, columns.notes)


def body_of(heading: str) -> Named:
    """The body whose column it is: its heading, without what says that dates of signature stand there."""
    return Named(" ".join(_AROUND.sub("", heading).split()) or heading)


def mark_of(cell: object, order: str = "day") -> Marked | None:
    """What a cell says of a signature; None for nothing. Raises ValueError for words that say nothing."""
    text = " ".join(plain(cell).split())
    if not text or _NOTHING.fullmatch(text):
        return None
    if _DECLINED.fullmatch(text):
        return Marked(DECLINED)
    if _WAITING.fullmatch(text):
        return Marked(NOT_SIGNED)
    read = read_date(cell, order=order, ends=False)
    day = read.value if read.precision == "day" else None
    if _YES.fullmatch(text):
        return Marked("signed")
    if _SIGNED.fullmatch(text):
        rest = re.sub(r"^signed\s*(?:on\s*)?", "", text, flags=re.I)
        day = day or read_date(rest, order=order, ends=False).value if rest else None
        return Marked("signed" if day or not rest else text[:300], day)
    if read.impossible:
        raise ValueError(read.doubt)
    if read.value:
        return Marked("signed" if day else f"signed, {text}", day)
    raise ValueError(f"“{text[:60]}” does not say whether it is signed; the words are kept.")


def _is_body(heading: str, cells: Sequence[object], known: Callable[[str], bool]) -> bool:
    if not cells or not all(_reads(cell) for cell in cells):
        return False
    named = body_of(heading)
    says = any(_SIGNED.fullmatch(plain(c)) or _DECLINED.fullmatch(plain(c)) for c in cells)
    if is_whole_name(named.text) or (says and not _is_question(heading)):
        return True
    return any(known(name) for name in named.names)


def _is_question(heading: str) -> bool:
    """Whether a heading asks something of the entry: “Published”, “DPIA signed off”."""
    key = heading_key(heading)
    return bool(re.search(r"\b(?:status|dpia|published|date|review|copy|approval|approved|outcome"
                          r"|signed|position|stage)\b", key))  # fmt: skip


def _reads(cell: object) -> bool:
    try:
        mark_of(cell)
    except ValueError:
        return False
    return True


def _cells(table: Table, places: Sequence[int]) -> dict[int, list[object]]:
    found: dict[int, list[object]] = {at: [] for at in places}
    for _, (_number, cells) in zip(range(LOOK), table.rows_as_sent(), strict=False):
        for at in places:
            if cells[at] != "":
                found[at].append(cells[at])
    return found
