"""Word files: a draft as it goes out, and what comes back."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.consultation.forms import ReturnedForm
from register.consultation.models import ReturnedFile
from register.consultation.permissions import may_settle
from register.consultation.services.returning import file_returned
from register.consultation.views.comments import version_or_404, words_of
from register.consultation.views.desk import Desk
from register.consultation.views.reading import word_answer
from register.core.verdicts import require
from register.documents.views.conversation import asks, edit_page
from register.documents.views.files import file_answer
from register.documents.views.finding import draft_or_refusal


@require_safe
def download(request: HttpRequest, ref: str) -> HttpResponse:
    """The draft as a Word file."""
    version = draft_or_refusal(request, ref)
    return word_answer(Desk(version, request.user, None))


@asks
def returned(request: HttpRequest, ref: str) -> HttpResponse:
    """File a Word file that came back."""
    version = draft_or_refusal(request, ref)
    require(may_settle(request.user, version))
    back = reverse("consultation:comments", args=[ref])

    def act(file, **said):
        return file_returned(
            by=request.user, version=version, content=file.read(), name=file.name, **said
        )

    return edit_page(
        request, partial(ReturnedForm, version=version), act=act,
        title="File a returned Word file", button="File the Word file",
        done="The file is kept, and what it says stands among the comments.", to=back, back=back,
        context=words_of(version)
        | {"intro": "The file is kept as it came. Its comments and tracked changes are listed with "
           "the clause that they are about.", "unsaved_page": ""},
    )  # fmt: skip


@require_safe
def returned_file(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """A file as it came back."""
    version = version_or_404(request, ref)
    rows = ReturnedFile.objects.select_related("file")
    row = get_object_or_404(rows, pk=pk, version__document=version.document)
    return file_answer(row.file, row.name)
