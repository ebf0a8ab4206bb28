"""Dated notes and logged calls on an entry or a body."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError

from register.core.conflicts import expect
from register.core.dates import now, today
from register.core.verdicts import YES, Verdict, no, require
from register.directory.reach import reach_of
from register.documents.models import Document, Note
from register.documents.permissions import may_edit
from register.ledger.acts import act


def may_note(by, *, document: Document | None = None, organisation=None) -> Verdict:
    """Whether somebody may write notes about an entry or a body."""
    if document is not None:
        return may_edit(by, document)
    reach = reach_of(by)
    if reach.is_register_officer() or reach.maintains(organisation.pk):
        return YES
    return no(f"Only officers of {organisation} or of the partnership office may write notes here.")


def write_note(
    *, by, document: Document | None = None, organisation=None, kind="note", on=None, text: str,
    follow_up_on=None,
) -> Note:  # fmt: skip
    """Write a note or log a call about an entry or a body; `on` is its day, today where none is given."""
    if not text.strip():
        raise ValidationError({"text": "Enter what was said."})
    if on and on > today():
        raise ValidationError({"on": "Enter a day that is not after today."})
    subject = document or organisation
    with act(by=by, verb="note.written", subject=subject):
        require(may_note(by, document=document, organisation=organisation))
        note = Note(
            document=document,
            organisation=organisation,
            kind=kind,
            on=on or today(),
            text=text.strip(),
            writer=getattr(by, "person", None),
            follow_up_on=follow_up_on,
        )
        note.full_clean(exclude=["writer"])
        note.save()
    return note


def change_note(*, by, note: Note, row_version: int, **facts) -> Note:
    """Change a note; its earlier wording stays in the history."""
    with act(by=by, verb="note.changed", subject=note, quiet=True):
        note = Note.objects.select_for_update(of=("self",)).get(pk=note.pk)
        require(may_note(by, document=note.document, organisation=note.organisation))
        expect(note, row_version)
        if any(getattr(note, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(note, name, value)
            note.row_version += 1
            note.full_clean(exclude=["writer"])
            note.save()
    return note


def follow_up(*, by, note: Note) -> Note:
    """Record that what a note asked for was followed up."""
    with act(by=by, verb="note.followed_up", subject=note, quiet=True):
        note = Note.objects.select_for_update(of=("self",)).get(pk=note.pk)
        require(may_note(by, document=note.document, organisation=note.organisation))
        if note.follow_up_on is None:
            raise PermissionDenied("This note has no follow-up date.")
        if note.followed_up_at is None:
            note.followed_up_at = now()
            note.row_version += 1
            note.save()
    return note
