"""Possible duplicates, many at once: they are none, or they go."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.cleanup import forms
from register.cleanup.alike import alike_among, earliest_of
from register.cleanup.taking_out import take_out
from register.dashboard.bulk.kind import SAME, Batch, Kind
from register.dashboard.bulk.models import BulkTask
from register.documents.models import Document
from register.reports.services import dismiss_duplicate
from register.search.models import Row

STAYS = "It came first of those that are alike, so it stays."


def _alike(batch: Batch, document: Document) -> str:
    others = _others(batch, document)
    rows = Row.objects.filter(pk__in=others).order_by("reference")
    named = [f"{reference} {title}" for reference, title in rows.values_list("reference", "title")]
    return "; ".join(named) or "Nothing"


def _others(batch: Batch, document: Document) -> list[int]:
    known = batch.values.get("alike", {})
    return known.get(str(document.pk), [])


def _with_alike(by, task: BulkTask, values: dict) -> dict:
    """What was typed, with the entries that each one may be the same as, and those of them that stay."""
    alike = alike_among(by, task.keys)
    stay = sorted(earliest_of(task.keys, alike))
    return values | {"alike": {str(key): others for key, others in alike.items()}, "stay": stay}


def _settle(*, by, batch: Batch, document: Document, row_version: int) -> int | str:
    wanted = set(_others(batch, document))
    left = [key for key in alike_among(by, [document.pk])[document.pk] if key in wanted]
    others = Document.objects.visible_to(by).in_bulk(left)
    for other in (others[key] for key in left if key in others):
        dismiss_duplicate(by=by, first=document, second=other, reason=batch.values["reason"])
    return 0 if others else SAME


def _take_out(*, by, batch: Batch, document: Document, row_version: int) -> int | str:
    if document.pk in batch.values.get("stay", []):
        raise ValidationError(STAYS)
    # Asked again: what it was like may have gone meanwhile, also by this same act.
    if not alike_among(by, [document.pk])[document.pk]:
        raise ValidationError("Nothing that is like it is left in the register, so it stays.")
    take_out(by=by, document=document, reason=batch.values["reason"])
    return 0


def _gone(batch: Batch, document: Document) -> str:
    return STAYS if document.pk in batch.values.get("stay", []) else "Ended, and in the archive"


DUPLICATES = (
    Kind("not_alike", "Say that {} are no duplicates", "settled as no duplicates", _alike,
         lambda batch, document: "No duplicate", _settle, heading="Like",
         form=lambda by, partnerships: forms.ReasonForm, fill=_with_alike),
    Kind("take_out", "Take out {} as duplicates", "taken out", _alike, _gone, _take_out,
         heading="Like", form=lambda by, partnerships: forms.ReasonForm, fill=_with_alike),
)  # fmt: skip
WORDS = {"not_alike": "Say that they are no duplicates", "take_out": "Take out as duplicates"}
