"""Taking back what an import did, for as long as nothing was built on it."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from register.core.dates import today
from register.core.verdicts import require
from register.documents.lifecycle import PAST
from register.documents.models import Document, Party, Version
from register.documents.permissions import may_edit
from register.documents.services.keeping_up import keep_up, kept_up_once
from register.documents.services.moving import take_out
from register.ledger.acts import act, bulk_delete, bulk_update


def take_back_entries(*, by, documents: Iterable[int], reason: str) -> int:
    """End and archive entries that came in by import; their reference stays taken, their text stays.

    `documents` are their keys. The row of the source is free again: when the same file comes in once
    more, it makes new entries. Returns how many were taken back. Raises ValidationError for one that
    was revised here.
    """
    ids = sorted(documents)
    if not ids:
        return 0
    with act(by=by, verb="document.taken_back", reason=reason, quiet=True) as this:
        locked = _locked(by, ids)
        if not locked:
            return 0
        this.subject = locked[0].partnership
        standing = _standing(ids)
        with kept_up_once(by=by):
            take_out(standing, by=by, reason=reason)
        for document in locked:
            document.source_key = ""
            document.archived_on = document.archived_on or today()
            document.row_version += 1
        bulk_update(locked, ["source_key", "archived_on", "row_version"])
        keep_up(ids)
    return len(locked)


def end_drafts(*, by, versions: Iterable[int], reason: str) -> None:
    """End versions that an import added as drafts, by their keys."""
    rows = Version.objects.filter(pk__in=list(versions)).exclude(state__in=PAST)
    drafts = list(rows.select_related("document__partnership").order_by("pk"))
    _locked(by, sorted({draft.document_id for draft in drafts}))
    take_out(drafts, by=by, reason=reason)


def take_parties_back(*, by, parties: Iterable[int], reason: str) -> int:
    """Take off parties that an import named, by the keys of their rows; frozen versions keep theirs."""
    found = Party.objects.filter(pk__in=list(parties), version__frozen_at__isnull=True)
    rows = list(found.select_related("version__document").order_by("pk"))
    if not rows:
        return 0
    with act(by=by, verb="version.parties_taken_back", reason=reason, quiet=True) as this:
        documents = {row.version.document_id for row in rows}
        this.subject = _locked(by, sorted(documents))[0]
        bulk_delete(rows)
        keep_up(documents)
    return len(rows)


def _locked(by, ids: list[int]) -> list[Document]:
    rows = Document.objects.select_for_update(of=("self",)).select_related("partnership", "lead")
    documents = list(rows.filter(pk__in=ids).order_by("pk"))
    for document in documents:
        require(may_edit(by, document))
    return documents


def _standing(ids: list[int]) -> list[Version]:
    rows = Version.objects.select_for_update(of=("self",)).filter(document_id__in=ids)
    versions = list(rows.select_related("document__partnership").order_by("document_id", "number"))
    for version in versions:
        if version.frozen_at is not None or not version.is_admitted:
            raise ValidationError(f"{version.document} was revised here and stays.")
    return [version for version in versions if version.state not in PAST]
