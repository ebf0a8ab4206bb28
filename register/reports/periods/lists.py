"""The entries behind each number of a report: the same rows that were counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from register.core.dates import LONDON
from register.core.dates import words as day_words
from register.directory.models.partnerships import Tier
from register.reports.periods.due import END, REVIEW, due_in
from register.reports.periods.figures import BY_CODE, rows_of
from register.reports.periods.overdue import overdue
from register.reports.periods.period import Period
from register.reports.periods.refusals import refusals_told
from register.reports.periods.scope import Scope
from register.search.models import Row

HEADER = ("Reference", "Title", "Tier", "Leading body", "Date", "Note")


@dataclass(frozen=True)
class Line:
    """One entry behind a number: what it is, the day that counts, and what there is to say of it."""

    reference: str
    title: str
    tier: str
    lead: str
    day: date | None
    note: str = ""

    @property
    def cells(self) -> list:
        """The line as cells under `HEADER`."""
        return [self.reference, self.title, self.tier, self.lead, self.day, self.note]


@dataclass(frozen=True)
class Behind:
    """What stands behind a number: its heading, what its day is, its rows in their order, and how they are told."""

    words: str
    day_words: str
    rows: QuerySet
    order: tuple[str, ...]
    tell: Callable[[list], list[Line]]


def behind(code: str, scope: Scope, period: Period) -> Behind | None:
    """What stands behind a figure of a period; None where there is no such figure."""
    if code in BY_CODE:
        figure = BY_CODE[code]
        rows = rows_of(scope, figure, period).select_related("version")
        tell = {"added": _added, "renewed": _renewed}.get(code, _moved)
        return Behind(figure.words, "Recorded", rows, (f"-{figure.moment}", "-pk"), tell)
    if code == "overdue":
        order = ("review_then", "reference")
        return Behind("Review overdue", "Review was due", overdue(scope, period), order, _overdue)
    if code == "refused":
        rows = refusals_told(scope, period).select_related("slot__version")
        return Behind("Refusals", "Recorded", rows, ("-recorded_at", "-pk"), _refused)
    if code in ("reviews", "ends"):
        column = REVIEW if code == "reviews" else END
        words = "Reviews due" if code == "reviews" else "Entries that end"
        rows = due_in(scope, column, period.first, period.last)
        return Behind(words, "Due" if code == "reviews" else "Ends", rows,
                      (column, "reference"), _due_by(column))  # fmt: skip
    return None


def _moved(moves: list) -> list[Line]:
    rows = _rows(move.version.document_id for move in moves)
    return [
        _line(rows.get(move.version.document_id), move.version.title,
              day=_day(move.at), note=f"Version {move.version.number}. {move.reason}".strip())
        for move in moves
    ]  # fmt: skip


def _added(moves: list) -> list[Line]:
    rows = _rows(move.version.document_id for move in moves)
    # What it is called today: an earlier draft may be none of the reader's business.
    return [
        _line(rows.get(move.version.document_id), day=_day(move.at),
              note="Brought in from an old register" if move.version.is_admitted else "")
        for move in moves
    ]  # fmt: skip


def _renewed(reviews: list) -> list[Line]:
    rows = _rows(review.document_id for review in reviews)
    return [
        _line(rows.get(review.document_id), review.version.title, day=_day(review.closed_at),
              note=f"Next review {day_words(review.next_on)}" if review.next_on else "")
        for review in reviews
    ]  # fmt: skip


def _overdue(documents: list) -> list[Line]:
    rows = _rows(document.pk for document in documents)
    return [_line(rows.get(document.pk), day=document.review_then) for document in documents]


def _refused(signatures: list) -> list[Line]:
    rows = _rows(each.slot.version.document_id for each in signatures)
    return [
        _line(rows.get(each.slot.version.document_id), each.slot.version.title,
              day=_day(each.recorded_at),
              note=f"{each.body_name}: {each.get_reason_class_display().lower()} ground")
        for each in signatures
    ]  # fmt: skip


def _due_by(column: str) -> Callable[[list], list[Line]]:
    def tell(rows: list) -> list[Line]:
        return [_line(row, day=getattr(row, column)) for row in rows]

    return tell


def _rows(documents: Iterable[int]) -> dict[int, Row]:
    return Row.objects.in_bulk(list(documents))


def _line(row: Row | None, title: str = "", *, day: date | None, note: str = "") -> Line:
    if row is None:
        return Line("", title, "", "", day, note)
    tier = row.tier_word or Tier(row.tier).label
    return Line(row.reference, title or row.title, tier, row.lead_name, day, note)


def _day(instant) -> date:
    return instant.astimezone(LONDON).date()
