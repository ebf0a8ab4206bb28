"""Finding what an address names, as far as the reader may know of it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from register.accounts.noting import is_about_restricted
from register.core.verdicts import require
from register.documents.models import Document, Version
from register.documents.permissions import (
    as_editor,
    may_draft,
    may_edit_version,
    readable_versions,
)
from register.documents.standing import Standing


def document_or_404(request: HttpRequest, ref: str) -> Document:
    """The document of a reference; 404 where the reader may not know of it."""
    documents = Document.objects.visible_to(request.user)
    documents = documents.select_related("partnership", "lead", "owner")
    document = get_object_or_404(documents, reference=ref)
    if document.is_restricted:
        is_about_restricted(request)
    return document


def standing_of(request: HttpRequest, document: Document) -> Standing:
    """A document with the versions that the reader may read."""
    versions = readable_versions(request.user, document).select_related("governing_file")
    found = list(versions)
    for version in found:
        version.document = document
    return Standing(document, found)


def draft_or_refusal(request: HttpRequest, ref: str) -> Version:
    """The version of a document whose content may change now; 403 with the reason where none may."""
    document = _drafted(request, ref)
    require(may_draft(request.user, document))
    standing = standing_of(request, document)
    if standing.editable is None:
        newest = standing.shown
        if newest is not None:
            require(may_edit_version(request.user, newest))
        raise PermissionDenied("It has no draft. Start a revision to change its text.")
    return standing.editable


def row_of(model, pk: int, version: Version):
    """A row of a version's content, or None where it is not there any more."""
    row = model._default_manager.filter(pk=pk, version=version).first()
    if row is not None:
        row.version = version
    return row


def row_or_404(model, pk: int, version: Version):
    """A row of a version's content; 404 where it is not there any more."""
    if (row := row_of(model, pk, version)) is None:
        raise Http404("That row is not in the draft.")
    return row


def _drafted(request: HttpRequest, ref: str) -> Document:
    try:
        return document_or_404(request, ref)
    except Http404:
        # Whose right to write in it was taken back knows of it, and gets back what they typed.
        documents = Document.objects.filter(reference=ref)
        for document in documents.select_related("partnership", "lead", "owner"):
            if (verdict := as_editor(request.user, document)) is not None:
                require(verdict)
        raise
