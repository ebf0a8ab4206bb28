"""A Word file that came back: filed for its body as it came, with what it says as comments."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from register.consultation.marks import bookmark_of
from register.consultation.models import Comment, ReturnedFile, Source
from register.consultation.parts import WHOLE, Part, parts_of
from register.consultation.permissions import may_settle
from register.consultation.replacing import holds
from register.consultation.services.commenting import MOST, Writer, made
from register.consultation.word_in import Said, said_in, version_in
from register.core.dates import now, today
from register.core.verdicts import require
from register.directory.models import Organisation
from register.documents import files
from register.documents.models import Party, Version
from register.documents.services.locks import lock_version
from register.ledger.acts import act, bulk_create


def file_returned(
    *, by, version: Version, organisation: Organisation, content: bytes, name: str,
    received_on: date | None = None, note: str = "",
) -> ReturnedFile:  # fmt: skip
    """File a Word file for the body that sent it back, and list its comments and tracked changes.

    Raises ValidationError with a sentence for a file that is no sound Word file, is of another
    document, or was filed already, and for a body that the draft does not name.
    """
    said = read_file(version, content, name)
    with act(by=by, verb="draft.file_returned", subject=version) as this:
        version = lock_version(version)
        require(may_settle(by, version))
        _check(version, organisation, received_on)
        row = ReturnedFile(
            version=version, organisation=organisation, file=files.store(content, name),
            name=files.safe_name(name), received_on=received_on or today(), note=note.strip(),
            filed_at=now(),
        )  # fmt: skip
        row.validate_constraints()
        row.save()
        if Comment.objects.filter(version=version).count() + len(said) > MOST:
            raise ValidationError(f"There would be more than {MOST:,} comments on this draft.")
        parts = {bookmark_of(code): part for code, part in parts_of(version).items()}
        bulk_create([_comment(row, each, parts) for each in said])
        this.detail = {"file": row.name, "comments": len(said)}
    return row


def read_file(version: Version, content: bytes, name: str) -> list[Said]:
    """What a Word file says; raises ValidationError where it is no sound Word file of this document."""
    if files.examine(content, name) != files.DOCX:
        raise ValidationError({"file": "Choose a Word file whose name ends with .docx."})
    named = version_in(content)
    if named is not None and named[0] != version.document.reference:
        raise ValidationError(
            {"file": f"This file is a draft of {named[0]}, not of {version.document.reference}."}
        )
    return said_in(content)


def bodies_for(version: Version) -> list[Organisation]:
    """The bodies for which a file may be filed: those that the draft names, and its lead."""
    named = Party.objects.filter(version=version).values_list("organisation_id", flat=True)
    keys = set(named)
    if version.document.lead_id:
        keys.add(version.document.lead_id)
    return list(Organisation.objects.filter(pk__in=keys).order_by("legal_name"))


def _check(version: Version, organisation: Organisation, received_on: date | None) -> None:
    if organisation.pk not in {body.pk for body in bodies_for(version)}:
        raise ValidationError({"organisation": f"The draft does not name {organisation}."})
    if received_on and received_on > today():
        raise ValidationError({"received_on": "Enter a day that is not after today."})


def _comment(row: ReturnedFile, said: Said, parts: dict[str, Part]) -> Comment:
    part = parts.get(said.bookmark) or Part(WHOLE, "The whole draft", WHOLE)
    text, suggestion = said.text, said.suggestion
    if suggestion and not (part.takes_suggestions and holds(part.html, said.quoted)):
        text, suggestion = f"{text}. It would read: “{suggestion}”", ""
    body = row.organisation
    writer = Writer(said.author or f"Somebody of {body.called}"[:200], None, body, body.called)
    comment = made(
        row.version, part, writer, text=text, suggestion=suggestion, quoted=said.quoted,
        returned=row, source=Source.WORD_CHANGE if said.is_change else Source.WORD_COMMENT,
    )  # fmt: skip
    if said.written_at and said.written_at <= comment.written_at:
        comment.written_at = said.written_at
    return comment
