"""Attaching files to entries and bodies, and making a file the governing text of a version."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.core.conflicts import expect
from register.core.dates import now, today
from register.core.verdicts import require
from register.documents import files
from register.documents.models import Attachment, Document, TextKind, Version
from register.documents.permissions import may_edit_version
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_version
from register.documents.services.notes import may_note
from register.ledger.acts import act


def attach(
    *, by, content: bytes, name: str, kind: str, document: Document | None = None,
    organisation=None, dated_on=None, note: str = "",
) -> Attachment:  # fmt: skip
    """Attach a file to an entry or a body, with its kind and the date it bears."""
    if dated_on and dated_on > today():
        raise ValidationError({"dated_on": "Enter a date that is not after today."})
    with act(by=by, verb="file.attached", subject=document or organisation):
        require(may_note(by, document=document, organisation=organisation))
        attachment = Attachment(
            document=document,
            organisation=organisation,
            file=files.store(content, name),
            name=files.safe_name(name),
            kind=kind,
            dated_on=dated_on,
            note=note,
        )
        attachment.full_clean()
        attachment.save()
    return attachment


def remove(*, by, attachment: Attachment, reason: str) -> Attachment:
    """Take a file off the page; its bytes and its history stay."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why the file is taken off the page."})
    with act(by=by, verb="file.removed", subject=attachment, reason=reason):
        row = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
        require(may_note(by, document=row.document, organisation=row.organisation))
        if row.removed_at is None:
            row.removed_at = now()
            row.row_version += 1
            row.save()
    return row


def make_governing(*, by, version: Version, content: bytes, name: str, row_version: int) -> Version:
    """Make a PDF on somebody else's paper the text of a draft, instead of clauses."""
    with act(by=by, verb="version.file_governs", subject=version):
        version = lock_version(version)
        require(may_edit_version(by, version))
        expect(version, row_version)
        file = files.store(content, name)
        if file.media_type != files.PDF:
            raise ValidationError(
                {"file": "Choose a PDF: the governing file must look the same for all."}
            )
        version.text_kind = TextKind.FILE
        version.governing_file = file
        version.governing_file_name = files.safe_name(name)
        version.row_version += 1
        version.save()
        keep_up([version.document_id])
    return version


def write_clauses_instead(*, by, version: Version, row_version: int) -> Version:
    """Go back from a governing file to clauses written here."""
    with act(by=by, verb="version.clauses_govern", subject=version, quiet=True):
        version = lock_version(version)
        require(may_edit_version(by, version))
        expect(version, row_version)
        if version.text_kind == TextKind.FILE:
            version.text_kind = TextKind.CLAUSES
            version.governing_file = None
            version.governing_file_name = ""
            version.row_version += 1
            version.save()
            keep_up([version.document_id])
    return version
