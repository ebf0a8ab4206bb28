"""Notes and logged calls on an entry or a body."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from register.core.verdicts import require
from register.directory.permissions import visible_bodies
from register.documents.forms.drafting import values_of
from register.documents.forms.life import ConfirmForm
from register.documents.forms.notes import NoteEditForm, NoteForm
from register.documents.models import Document, Note
from register.documents.permissions import may_read_notes
from register.documents.services import notes as services
from register.documents.services.notes import may_note
from register.documents.views.conversation import asks, edit_page
from register.documents.views.finding import document_or_404

FIELDS = ("kind", "on", "text", "follow_up_on")


@asks
def write(request: HttpRequest, ref: str) -> HttpResponse:
    """Write a note on an entry, or log a call."""
    return _write(request, document=document_or_404(request, ref))


@asks
def write_on_body(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note on a body, or log a call."""
    return _write(request, organisation=get_object_or_404(visible_bodies(request.user), pk=pk))


@asks
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a note; its earlier wording stays in the history."""
    note = _note(request, pk)
    subject = note.document or note.organisation
    return edit_page(
        request, NoteEditForm, title="Change note", button="Save", back=_address(subject),
        initial=values_of(note, FIELDS), to=_address(subject),
        act=partial(services.change_note, by=request.user, note=note),
        context={"caption": str(subject)},
    )  # fmt: skip


@asks
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that what a note asked for was done."""
    note = _note(request, pk)
    subject = note.document or note.organisation
    return edit_page(
        request, ConfirmForm, title="Has this been followed up?", button="Mark as followed up",
        back=_address(subject), to=_address(subject), done="Marked as followed up.",
        act=lambda: services.follow_up(by=request.user, note=note),
        context={"caption": str(subject), "intro": note.text, "unsaved_page": ""},
    )  # fmt: skip


def _write(request: HttpRequest, **about) -> HttpResponse:
    [subject] = about.values()
    require(may_note(request.user, **about))
    return edit_page(
        request, NoteForm, title="Write a note or log a call", button="Save note",
        back=_address(subject), to=_address(subject),
        act=partial(services.write_note, by=request.user, **about),
        context={"caption": str(subject)},
    )  # fmt: skip


def _note(request: HttpRequest, pk: int) -> Note:
    note = get_object_or_404(Note.objects.select_related("document", "organisation"), pk=pk)
    document, organisation = note.document, note.organisation
    if document and not _may_know(request, document):
        raise Http404("There is no such note.")
    if not may_read_notes(request.user, document=document, organisation=organisation):
        raise Http404("There is no such note.")
    require(may_note(request.user, document=document, organisation=organisation))
    return note


def _may_know(request: HttpRequest, document: Document) -> bool:
    return Document.objects.visible_to(request.user).filter(pk=document.pk).exists()


def _address(subject) -> str:
    return f"{subject.get_absolute_url()}#notes"
