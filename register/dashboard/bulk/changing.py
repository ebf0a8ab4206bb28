"""What changes the living facts of many entries: owner, tags, archive."""

from __future__ import annotations

from functools import partial

from register.core.dates import words as day_words
from register.dashboard.bulk import forms
from register.dashboard.bulk.kind import SAME, Batch, Kind
from register.documents.lifecycle import GOVERNING, PREPARING
from register.documents.models import Document, Version
from register.documents.services import facts


def _owner(batch: Batch, document: Document) -> str:
    return document.owner.name if document.owner else "Nobody yet"


def _new_owner(batch: Batch, document: Document) -> str:
    return batch.owner.name if batch.owner else ""


def _change_owner(*, by, batch: Batch, document: Document, row_version: int) -> int | str:
    if document.owner_id == batch.values["owner"]:
        return SAME
    facts.change_facts(
        by=by, document=document, row_version=row_version, owner=batch.owner,
        reason=batch.values.get("reason", ""),
    )  # fmt: skip
    return 0


def _change_tags(*, by, batch: Batch, document: Document, row_version: int) -> int | str:
    tags = batch.new_tags(document)
    if tags == batch.tags(document):
        return SAME
    facts.change_facts(by=by, document=document, row_version=row_version, tags=tags)
    return 0


def _said(tags: list[str]) -> str:
    return ", ".join(tags) or "None"


def _archived(batch: Batch, document: Document) -> str:
    return (
        f"Archived on {day_words(document.archived_on)}" if document.archived_on else "In the lists"
    )


def _archive(*, by, batch: Batch, document: Document, row_version: int) -> int | str:
    if document.archived_on is not None:
        return SAME
    facts.archive(by=by, document=document)
    return 0


def _not_ended(keys: list[int]) -> set[int]:
    """The entries with a version in force or in preparation. One statement."""
    found = Version.objects.filter(document__in=keys, state__in=[*GOVERNING, *PREPARING])
    return set(found.order_by().values_list("document_id", flat=True))


def _restore(*, by, batch: Batch, document: Document, row_version: int) -> int | str:
    if document.archived_on is None:
        return SAME
    facts.restore(by=by, document=document)
    return 0


CHANGING = (
    Kind(
        "owner", "Change the owner of {}", "owner changed",
        _owner, _new_owner, _change_owner, heading="Owner",
        form=lambda by, partnerships: partial(forms.OwnerForm, partnerships=partnerships),
    ),
    Kind(
        "tags", "Change the tags of {}", "tags changed",
        lambda batch, document: _said(batch.tags(document)),
        lambda batch, document: _said(batch.new_tags(document)),
        _change_tags, heading="Tags", form=lambda by, partnerships: forms.TagsForm,
    ),
    Kind(
        "archive", "Archive {}", "archived", _archived,
        lambda batch, document: "Archived", _archive, heading="Where it is", undo="restore",
        left_out=_not_ended, why="only what has ended is archived",
    ),
    Kind(
        "restore", "Bring {} back from the archive", "back in the lists",
        _archived, lambda batch, document: "In the lists", _restore,
        heading="Where it is", undo="archive",
    ),
)  # fmt: skip
