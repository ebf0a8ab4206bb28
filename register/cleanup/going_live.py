"""Letting messages go about entries of an old register, with overdue reviews spread over months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError

from register.cleanup import forms
from register.cleanup.pace import (
    day_of,
    new_dates,
    overdue_among,
    shares_of,
    unreleased_among,
)
from register.cleanup.to_come import Message, messages_to_come
from register.core.dates import today
from register.core.dates import words as day_words
from register.dashboard.bulk.kind import SAME, Batch, Kind
from register.dashboard.bulk.models import BulkTask
from register.documents.models import Document, Provenance
from register.documents.services import facts
from register.reviews import services as reviews
from register.search.models import Row
from register.search.visible import visible_rows

WINDOWS = (7, 30, 90)
SHOWN = 50  # addresses and owners that a preview names
SYSTEM = "system:cleanup"
WENT_LIVE = "Spread when messages about it were released."
NOT_OVERDUE = "only reviews that are overdue and not open are spread"


@dataclass(frozen=True)
class Recipient:
    """How many messages go to one address within 7, 30 and 90 days, and what they say."""

    name: str
    to: str
    counts: list[int]
    says: list[str]


@dataclass(frozen=True)
class Preview:
    """What would be mailed about some entries, were they released now: numbers, addresses, and the silent."""

    entries: int
    counts: list[int]
    recipients: list[Recipient]
    more: int
    unconfirmed: int


def preview_of(by, keys: Iterable[int], dates: dict[str, str] | None = None) -> Preview:
    """What would be mailed in the next 7, 30 and 90 days about some entries that are not released yet.

    `dates` are the new review dates, where reviews are spread. Entries that are hidden from the reader
    count for nothing.
    """
    seen = visible_rows(by).filter(pk__in=list(keys)).order_by().values_list("pk", flat=True)
    keys = unreleased_among(seen)
    days = {key: day for key in keys if (day := day_of(dates or {}, key))}
    messages = messages_to_come(keys, days)
    recipients = _recipients(messages)
    silent = Row.objects.filter(pk__in=keys, is_unconfirmed=True).count() if keys else 0
    return Preview(
        len(keys), _counts(messages), recipients[:SHOWN], max(0, len(recipients) - SHOWN), silent
    )


def _recipients(messages: list[Message]) -> list[Recipient]:
    mine: dict[tuple[str, str], list[Message]] = {}
    for message in messages:
        mine.setdefault((message.to, message.name), []).append(message)
    found = [
        Recipient(name, to, _counts(some), [says for says, _ in _said(some)])
        for (to, name), some in mine.items()
    ]
    return sorted(found, key=lambda each: (-each.counts[-1], each.to, each.name))


def _said(messages: list[Message]) -> list[tuple[str, int]]:
    return sorted(Counter(message.says for message in messages).items())


def _counts(messages: list[Message]) -> list[int]:
    last = [today() + timedelta(days=days) for days in WINDOWS]
    return [sum(message.on <= day for message in messages) for day in last]


def _now(batch: Batch, document: Document) -> str:
    review = day_words(document.review_on) or "not set"
    if not _waits(document):
        return f"Messages go; review {review}"
    return f"No messages; review {review}"


def _after(batch: Batch, document: Document) -> str:
    day = _planned(batch, document)
    return f"Messages go; review {day_words(day or document.review_on) or 'not set'}"


def _waits(document: Document) -> bool:
    return document.provenance == Provenance.IMPORTED and document.released_at is None


def _planned(batch: Batch, document: Document):
    return day_of(batch.values.get("dates", {}), document.pk) if _waits(document) else None


def _release(*, by, batch: Batch, document: Document, row_version: int) -> int | str:
    if not _waits(document):
        return SAME
    day = _planned(batch, document)
    if day is not None:
        reviews.set_review_date(
            by=by, document=document, row_version=row_version, review_on=day, reason=WENT_LIVE
        )
    facts.release(by=by, documents=[document])
    return 0


def _with_dates(by, task: BulkTask, values: dict) -> dict:
    dates = {}
    if values.get("overdue") != forms.LEAVE:
        keys = unreleased_among(task.keys) if "overdue" in values else task.keys
        dates = new_dates(by, keys, months=values["months"], a_week=values["a_week"])
    return values | {"dates": dates}


def _what_goes(by, task: BulkTask) -> tuple[str, dict]:
    dates = task.values.get("dates", {})
    words = {
        "going": preview_of(by, task.keys, dates), "windows": WINDOWS, "shares": _shares(dates)
    }  # fmt: skip
    return "cleanup/_going.html", words


def _shares(dates: dict[str, str]) -> dict:
    shares = shares_of(dates) if dates else []
    return {"count": len(dates), "rows": shares[:SHOWN], "more": max(0, len(shares) - SHOWN)}


def _who_reviews(by, task: BulkTask) -> tuple[str, dict]:
    return "cleanup/_shares.html", {"shares": _shares(task.values.get("dates", {}))}


def _not_overdue(keys: list[int]) -> set[int]:
    return set(keys) - {row.key for row in overdue_among(SYSTEM, keys)}


def _review_now(batch: Batch, document: Document) -> str:
    return day_words(document.review_on) or "Not set"


def _review_after(batch: Batch, document: Document) -> str:
    day = day_of(batch.values["dates"], document.pk)
    return day_words(day) if day else _review_now(batch, document)


def _spread(*, by, batch: Batch, document: Document, row_version: int) -> int | str:
    day = day_of(batch.values["dates"], document.pk)
    if day is None:
        raise ValidationError(f"{NOT_OVERDUE[:1].upper()}{NOT_OVERDUE[1:]}.")
    if document.review_on == day:
        return SAME
    reviews.set_review_date(
        by=by, document=document, row_version=row_version, review_on=day,
        reason=batch.values["reason"],
    )  # fmt: skip
    return 0


GOING_LIVE = (
    Kind("release", "Release {} for messages", "released for messages", _now, _after, _release,
         heading="Messages and review", form=lambda by, partnerships: forms.ReleaseForm,
         fill=_with_dates, more=_what_goes),
    Kind("spread", "Spread the overdue reviews of {}", "review date changed", _review_now,
         _review_after, _spread, heading="Review date",
         form=lambda by, partnerships: forms.SpreadForm, left_out=_not_overdue, why=NOT_OVERDUE,
         fill=_with_dates, more=_who_reviews),
)  # fmt: skip
WORDS = {"release": "Release for messages", "spread": "Spread overdue reviews"}
