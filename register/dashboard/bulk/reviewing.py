"""Reviews of many entries: their date set, and reviews opened."""

from __future__ import annotations

from datetime import date

from register.core.dates import words as day_words
from register.core.verdicts import require
from register.dashboard.bulk import forms
from register.dashboard.bulk.kind import SAME, Batch, Kind
from register.documents.lifecycle import GOVERNING
from register.documents.models import Document, Version
from register.reviews import services as reviews
from register.reviews.models import Review
from register.reviews.permissions import may_open

OPEN = "Under review"


def _date(batch: Batch, document: Document) -> str:
    return day_words(document.review_on) or "Not set"


def _new_date(batch: Batch, document: Document) -> str:
    return day_words(date.fromisoformat(batch.values["review_on"]))


def _set_date(*, by, batch: Batch, document: Document, row_version: int) -> int | str:
    day = date.fromisoformat(batch.values["review_on"])
    if document.review_on == day:
        return SAME
    reviews.set_review_date(
        by=by, document=document, row_version=row_version, review_on=day,
        reason=batch.values["reason"],
    )  # fmt: skip
    return 0


def _standing(batch: Batch, document: Document) -> str:
    return OPEN if document.pk in _open_ones(batch) else "No review is open"


def _opened(batch: Batch, document: Document) -> str:
    return OPEN


def _not_in_force(keys: list[int]) -> set[int]:
    found = Version.objects.filter(document__in=keys, state__in=GOVERNING).order_by()
    return set(keys) - set(found.values_list("document_id", flat=True))


def _open(*, by, batch: Batch, document: Document, row_version: int) -> int | str:
    if document.pk in _open_ones(batch):
        return SAME
    require(may_open(by, document))
    reviews.open_review(by=by, document=document, because=batch.values["reason"])
    return 0


def _open_ones(batch: Batch) -> set[int]:
    if batch.under_review is None:
        keys = [document.pk for document in batch.documents]
        found = Review.objects.open().filter(document__in=keys)
        batch.under_review = set(found.values_list("document_id", flat=True))
    return batch.under_review


SET_DATE = Kind(
    "review_on", "Change the review date of {}", "review date changed",
    _date, _new_date, _set_date, heading="Review date",
    form=lambda by, partnerships: forms.ReviewDateForm,
)  # fmt: skip
START = Kind(
    "review", "Start the review of {}", "review started", _standing, _opened, _open,
    heading="Review", form=lambda by, partnerships: forms.ReviewForm,
    left_out=_not_in_force, why="only what is in force is reviewed",
)  # fmt: skip
