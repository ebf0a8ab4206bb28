"""When the next review falls due, by one rule.

The months of a cycle are always counted from its first day, never from the review before: the first
review falls `first_months` (or `months`) after that day, and every further one `months` later. The day
of the month of that first day is kept; in a month that does not have it, the month's last day stands in.
So every 12 months from 29 February 2024 gives 28 February in 2025, 2026 and 2027 and 29 February in
2028; every 6 months from 31 August gives the last day of February and 31 August again. A cycle counted
from the last review begins anew on the day on which that review was closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from register.core.dates import add_months, today
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Document, Version
from register.reviews.models import Basis, Cycle, PlannedDate, Review
from register.signing.models import COUNTS_AS_SIGNED, Signature


@dataclass(frozen=True)
class Anchors:
    """The days from which cycles of a document are counted, as far as they are known."""

    first_signed_on: date | None = None
    in_force_on: date | None = None
    last_reviewed_on: date | None = None

    def of(self, basis: str) -> date | None:
        """The day from which a basis counts."""
        if basis == Basis.FIRST_SIGNATURE:
            return self.first_signed_on or self.in_force_on
        if basis == Basis.LAST_REVIEW and self.last_reviewed_on:
            return self.last_reviewed_on
        return self.in_force_on


def next_after(first_day: date, months: int, after: date, first_months: int | None = None) -> date:
    """The first day of a cycle that lies after `after` (a day), by the rule above.

    Raises ValueError for a cycle of less than one month.
    """
    first = first_months or months
    if months < 1 or first < 1:
        raise ValueError("A cycle is one month long or longer.")
    passed = (after.year - first_day.year) * 12 + after.month - first_day.month
    turn = max(0, (passed - first) // months)
    while (day := add_months(first_day, first + turn * months)) <= after:
        turn += 1
    return day


def cycle_of(document: Document) -> Cycle | None:
    """The document's own cycle, else its tier's in the partnership; None where neither is set."""
    rows = Cycle.objects.filter(partnership=document.partnership_id, tier=document.tier)
    own = rows.filter(document=document).first()
    return own or rows.filter(document__isnull=True).first()


def next_review(
    document: Document, *, after: date | None = None, reviewed_on: date | None = None
) -> date | None:
    """The day on which a document is next reviewed by its cycle, later than `after` (today where None).

    `reviewed_on` is the day of a review that is being closed. None where no cycle is set, or where
    the day from which it counts is not known.
    """
    cycle = cycle_of(document)
    version = _counted(document)
    return _next(cycle, version, after or today(), reviewed_on) if cycle and version else None


def next_of_version(version: Version, *, after: date) -> date | None:
    """The same for a version that is about to come into force: its own days count."""
    cycle = cycle_of(version.document)
    return _next(cycle, version, after, None) if cycle else None


def suggested(review: Review) -> date:
    """The next date that is offered when a review is closed: by the cycle, else a year from today.

    A review held before its day, because something happened, leaves the planned day as it is.
    """
    day, document = today(), review.document
    after = max(day, review.due_on) if not review.event else day
    if review.event and document.review_on and document.review_on > day:
        return document.review_on
    return next_review(document, after=after, reviewed_on=day) or add_months(day, 12)


def is_officers_date(document: Document) -> bool:
    """Whether an officer set the review date that stands, and it still lies ahead."""
    if document.review_on is None or document.review_on <= today():
        return False
    planned = PlannedDate.objects.filter(document=document).values_list("day", flat=True).first()
    return planned != document.review_on


def anchors_of(version: Version) -> Anchors:
    """The days that a version and its document know."""
    signed = Signature.objects.filter(slot__version=version, kind__in=COUNTS_AS_SIGNED)
    closed = Review.objects.closed().filter(version=version).order_by("-closed_at").first()
    return Anchors(
        first_signed_on=signed.order_by().aggregate(first=Min("signed_on"))["first"],
        in_force_on=version.in_force_on,
        last_reviewed_on=closed.closed_at.date() if closed else None,
    )


def _counted(document: Document) -> Version | None:
    rows = document.versions.filter(state__in=[*GOVERNING, State.SIGNING])
    found = sorted(rows, key=lambda row: row.state == State.SIGNING)
    return found[0] if found else None


def _next(cycle: Cycle, version: Version, after: date, reviewed_on: date | None) -> date | None:
    anchors = anchors_of(version)
    first_months = cycle.first_months
    day = reviewed_on or anchors.last_reviewed_on
    if cycle.basis == Basis.LAST_REVIEW and day:
        return next_after(day, cycle.months, max(after, day) if not reviewed_on else day)
    first_day = anchors.of(cycle.basis)
    return next_after(first_day, cycle.months, after, first_months) if first_day else None
