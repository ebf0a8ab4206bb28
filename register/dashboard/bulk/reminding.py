"""Reminding the signatories of many entries: one message a person a day, however many entries wait."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.dashboard.bulk.kind import Batch, Kind, asked_requests
from register.documents.models import Document
from register.signing import services as signing

NOBODY = "Nobody is asked to sign it who has not answered."
TODAY = "Those who are asked had a reminder today, or have no e-mail address on record."


def _asked(batch: Batch, document: Document) -> str:
    names = dict.fromkeys(row.person.name for row in batch.asked.get(document.pk, []))
    return ", ".join(names) or "Nobody is asked"


def _unasked(keys: list[int]) -> set[int]:
    found = asked_requests(keys).order_by().values_list("slot__version__document_id", flat=True)
    return set(keys) - set(found)


def _after(batch: Batch, document: Document) -> str:
    return "A reminder today" if batch.asked.get(document.pk) else "Nothing"


def _remind(*, by, batch: Batch, document: Document, row_version: int) -> int:
    rows = batch.asked.get(document.pk, [])
    if not rows:
        raise ValidationError(NOBODY)
    if not (sent := signing.remind(by=by, requests=rows)):
        raise ValidationError(TODAY)
    return sent


REMIND = Kind(
    "remind", "Send reminders for {}", "reminded", _asked, _after, _remind,
    heading="Waiting for", left_out=_unasked, why="nobody is asked to sign them who has not answered",
)  # fmt: skip
