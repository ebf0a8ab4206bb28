"""Making the dates clear that a file gave in words, as a month alone, or in a way that reads two ways."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError

from register.cleanup import forms
from register.cleanup.lacking import WRITTEN
from register.core.dates import words as day_words
from register.dashboard.bulk.kind import SAME, Batch, Kind
from register.documents.models import Document, Version
from register.documents.services import amending
from register.exchange.cells import DateRead, read_date

# What each date is called, the column of the version that it stands in, and whether something ends then.
DATES = {"start": ("Start", "in_force_on", False), "end": ("End", "ends_on", True)}


@dataclass
class Written:
    """One date as the file wrote it: what it is, the words, the day held now, and the day read from them."""

    name: str
    words: str
    held: date | None
    read: DateRead
    column: str

    @property
    def day(self) -> date | None:
        """The day that will stand: the one read, else the one held already."""
        return self.read.value or self.held


@dataclass
class Clearing:
    """What the dates of one entry become: the values by name, and the words that say no day."""

    written: list[Written] = field(default_factory=list)

    @property
    def unread(self) -> list[str]:
        """The words from which no day follows."""
        return [each.words for each in self.written if each.day is None]


def clearing_of(document: Document, order: str) -> Clearing:
    """What the dates of an entry say when numbers are read in an order, "day" or "month" first."""
    found = Clearing()
    if document.review_words:
        read = read_date(document.review_words, order=order)
        found.written.append(
            Written("Review", document.review_words, document.review_on, read, "review_on")
        )
    extras, newest = _extras(document), document.newest
    for code, (name, column, ends) in DATES.items():
        words = extras.get(WRITTEN[code], "")
        if words and newest is not None:
            read = read_date(words, order=order, ends=ends)
            found.written.append(Written(name, words, getattr(newest, column), read, column))
    return found


def _before(batch: Batch, document: Document) -> str:
    rows = clearing_of(document, batch.values["order"]).written
    said = [f"{row.name}: “{row.words}”, {day_words(row.held) or 'no day'}" for row in rows]
    return "; ".join(said) or "Clear"


def _after(batch: Batch, document: Document) -> str:
    rows = clearing_of(document, batch.values["order"]).written
    return "; ".join(f"{row.name}: {day_words(row.day) or 'left out'}" for row in rows) or "Clear"


def _clear(*, by, batch: Batch, document: Document, row_version: int) -> int | str:
    clearing = clearing_of(document, batch.values["order"])
    if not clearing.written:
        return SAME
    if clearing.unread:
        said = "”, “".join(clearing.unread)
        raise ValidationError(f"“{said}” says no day. Set the date on the entry itself.")
    corrections = _corrections(document, clearing)
    amending.correct(by=by, corrections=corrections, reason="The date was made clear.")
    return 0


def _corrections(document: Document, clearing: Clearing) -> list[tuple[Document | Version, dict]]:
    values: dict = {row.column: row.day for row in clearing.written}
    if document.review_words:
        values["review_words"] = ""
    gone = {heading for code, heading in WRITTEN.items() if DATES[code][1] in values}
    if gone:
        extras = _extras(document)
        values["extras"] = {name: text for name, text in extras.items() if name not in gone}
    return [(document, values)]


def _extras(document: Document) -> dict[str, str]:
    return json.loads(document.extras) if document.extras else {}


CLEAR = Kind(
    "dates", "Make the dates of {} clear", "dates made clear", _before, _after, _clear,
    heading="Dates", form=lambda by, partnerships: forms.DatesForm,
)  # fmt: skip
WORDS = {"dates": "Make dates clear"}
