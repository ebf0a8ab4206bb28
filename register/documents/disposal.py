"""Drafts that nobody used for as long as the retention rule says: they are ended, never deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from register.documents.lifecycle import EDITABLE
from register.documents.models import Document, Version
from register.documents.services.moving import discard
from register.ledger.retention import held


def dispose_of_unused_drafts(*, by, before: date, dry_run: bool) -> Iterator[str]:
    """End drafts whose last change lies before a day; those on legal hold stay."""
    kept = held(Document)
    drafts = Version.objects.filter(state__in=EDITABLE, is_admitted=False)
    for version in drafts.select_related("document__partnership", "document__lead"):
        last = version.history.order_by("-history_date").values_list("history_date", flat=True)
        if last[0].date() < before and str(version.document_id) not in kept:
            if not dry_run:
                discard(by=by, version=version, reason="Unused for as long as drafts are kept.")
            yield str(version)
