"""Files on an entry or a body: attached, taken off, fetched."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from register.core.verdicts import require
from register.directory.permissions import visible_bodies
from register.documents import files
from register.documents.forms.notes import AttachForm, TakeOffForm
from register.documents.models import Attachment, Document, StoredFile
from register.documents.permissions import may_read_notes
from register.documents.services import attachments
from register.documents.services.notes import may_note
from register.documents.views.conversation import asks, edit_page
from register.documents.views.finding import document_or_404, standing_of


@asks
def attach(request: HttpRequest, ref: str) -> HttpResponse:
    """Attach a file to an entry."""
    return _attach(request, document=document_or_404(request, ref))


@asks
def attach_to_body(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach a file to a body."""
    return _attach(request, organisation=get_object_or_404(visible_bodies(request.user), pk=pk))


@asks
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off the page; its bytes and its history stay."""
    attachment = _attachment(request, pk)
    subject = attachment.document or attachment.organisation
    require(
        may_note(request.user, document=attachment.document, organisation=attachment.organisation)
    )
    return edit_page(
        request, TakeOffForm, title=f"Take {attachment.name} off the page?",
        button="Take the file off", back=_address(subject), to=_address(subject),
        done="The file is off the page.",
        act=partial(attachments.remove, by=request.user, attachment=attachment),
        context={"caption": str(subject), "danger": True},
    )  # fmt: skip


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes of an attached file."""
    attachment = _attachment(request, pk)
    return file_answer(attachment.file, attachment.name)


@require_safe
def governing(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """The governing file of a version."""
    standing = standing_of(request, document_or_404(request, ref))
    version = next((v for v in standing.versions if v.number == number), None)
    if version is None or version.governing_file is None:
        raise Http404("That version has no governing file.")
    return file_answer(version.governing_file, version.governing_file_name)


def file_answer(file: StoredFile, name: str) -> HttpResponse:
    """Bytes as a download that no browser opens in the register's own name and nobody keeps."""
    try:
        content = files.read(file)
    except (OSError, ValidationError) as error:
        raise PermissionDenied(
            "The stored file is missing or does not match its hash. Tell the administrator."
        ) from error
    answer = HttpResponse(content, content_type=file.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, files.safe_name(name))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _attach(request: HttpRequest, **about) -> HttpResponse:
    [subject] = about.values()
    require(may_note(request.user, **about))

    def act(file, **said):
        return attachments.attach(
            by=request.user, content=file.read(), name=file.name, **about, **said
        )

    return edit_page(
        request, AttachForm, title="Attach a file", button="Attach file", act=act,
        done="The file is attached.", back=_address(subject), to=_address(subject),
        context={"caption": str(subject), "unsaved_page": ""},
    )  # fmt: skip


def _attachment(request: HttpRequest, pk: int) -> Attachment:
    rows = Attachment.objects.select_related("document", "organisation", "file")
    found = get_object_or_404(rows.filter(removed_at__isnull=True), pk=pk)
    if found.document_id:
        known = Document.objects.visible_to(request.user).filter(pk=found.document_id).exists()
    else:
        known = bool(may_read_notes(request.user, organisation=found.organisation))
    if not known:
        raise Http404("There is no such file.")
    return found


def _address(subject) -> str:
    return f"{subject.get_absolute_url()}#files"
