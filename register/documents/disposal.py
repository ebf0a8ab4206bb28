"""Drafts that nobody used for as long as the retention rule says: they are ended, never deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, Subquery

from register.core.dates import LONDON
from register.documents.lifecycle import EDITABLE
from register.documents.models import Document, Version
from register.documents.services.moving import discard
from register.ledger.models import Entry
from register.ledger.retention import held

UNUSED = "Unused for as long as drafts are kept."


def dispose_of_unused_drafts(*, by, before: date, dry_run: bool) -> Iterator[str]:
    """End drafts about whose entry nothing was done since a day; those on legal hold stay."""
    kept = held(Document)
    for version in unused_drafts(before):
        if str(version.document_id) not in kept:
            if not dry_run:
                discard(by=by, version=version, reason=UNUSED)
            yield str(version)


def unused_drafts(before: date) -> Iterator[Version]:
    """The drafts about whose entry nothing was done since a day, by their keys."""
    past = Version.history.filter(id=OuterRef("pk")).order_by("-history_id")
    drafts = Version.objects.filter(state__in=EDITABLE, is_admitted=False)
    # The acts on an entry are asked about where the version itself has rested for so long.
    drafts = drafts.annotate(rested=Subquery(past.values("history_date")[:1]))
    drafts = drafts.filter(rested__date__lt=before)
    for version in drafts.select_related("document__partnership", "document__lead").order_by("pk"):
        if (last := last_done(version)) is not None and last < before:
            yield version


def last_done(version: Version) -> date | None:
    """The day of the last act on the entry of a version, in London."""
    history = version.history.order_by("-history_id").values_list("history_date", flat=True)
    entries = Entry.objects.about(version.document).order_by("-number")
    last = entries.values_list("at", flat=True).first() or history.first()
    return last.astimezone(LONDON).date() if last else None
