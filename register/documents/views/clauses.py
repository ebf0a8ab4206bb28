"""The clauses of a draft, or the governing file in their place."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.documents.forms.clauses import ClauseEditForm, ClauseForm
from register.documents.forms.drafting import GoverningFileForm, PasteForm, values_of
from register.documents.forms.life import ConfirmForm
from register.documents.models import Clause, TextKind, Version
from register.documents.numbering import numbered
from register.documents.pasted import clauses_in
from register.documents.services import attachments, content
from register.documents.views.conversation import asks
from register.documents.views.drafting import task_page
from register.documents.views.finding import draft_or_refusal, row_of, row_or_404
from register.documents.views.rows import gone, move_page, remove_page

FIELDS = ("level", "marker", "heading", "text")


@require_safe
def clauses(request: HttpRequest, ref: str) -> HttpResponse:
    """The clauses in order, each with the number that it will print."""
    version = draft_or_refusal(request, ref)
    context = {
        "title": "Clauses" if version.text_kind == TextKind.CLAUSES else "Governing file",
        "version": version,
        "document": version.document,
        "clauses": numbered(Clause.objects.filter(version=version)),
        "is_file": version.text_kind == TextKind.FILE,
    }
    return render(request, "documents/clauses.html", context)


@asks
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Write a clause at the end, or after another."""
    version = draft_or_refusal(request, ref)
    after = None
    if (wanted := request.GET.get("after", "")).isdigit():
        after = row_of(Clause, int(wanted[:18]), version)
    initial = {"level": after.level, "marker": after.marker} if after else {}
    return task_page(
        request, version, ClauseForm, "Add a clause", initial=initial,
        act=partial(content.add_clause, by=request.user, version=version, after=after),
        to=lambda row: f"{_address(version)}#row-{row.pk}", back=_address(version),
        context={"intro": f"It goes after “{after.heading or 'the clause chosen'}”." if after else ""},
    )  # fmt: skip


@asks
def change(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Change a clause."""
    version = draft_or_refusal(request, ref)
    if (row := row_of(Clause, pk, version)) is None:
        return gone(request)
    return task_page(
        request, version, ClauseEditForm, "Change clause", initial=values_of(row, FIELDS),
        act=partial(content.change_item, by=request.user, row=row),
        to=f"{_address(version)}#row-{row.pk}", back=_address(version),
    )  # fmt: skip


@asks
def remove(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Remove a clause, once it is confirmed."""
    version = draft_or_refusal(request, ref)
    row = row_or_404(Clause, pk, version)
    return remove_page(request, row, "clause", to=_address(version))


@asks
def move(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Move a clause up or down."""
    version = draft_or_refusal(request, ref)
    return move_page(request, row_or_404(Clause, pk, version), to=_address(version))


@asks
def paste(request: HttpRequest, ref: str) -> HttpResponse:
    """Many clauses at once from plain text; numbers at the head of lines become levels."""
    version = draft_or_refusal(request, ref)

    def act(pasted):
        rows = clauses_in(pasted)
        if not rows:
            raise ValidationError({"pasted": "Enter the text of at least one clause."})
        return content.add_items(by=request.user, version=version, model=Clause, rows=rows)

    return task_page(
        request, version, PasteForm, "Paste clauses", act=act, to=_address(version),
        back=_address(version),
    )  # fmt: skip


@asks
def governing_file(request: HttpRequest, ref: str) -> HttpResponse:
    """Make a PDF on somebody else's paper the text."""
    version = draft_or_refusal(request, ref)

    def act(file, row_version):
        return attachments.make_governing(
            by=request.user, version=version, content=file.read(), name=file.name,
            row_version=row_version,
        )  # fmt: skip

    return task_page(
        request, version, GoverningFileForm, "Governing file",
        initial={"row_version": version.row_version}, act=act, to=_address(version),
        back=_address(version), context={"unsaved_page": ""},
    )  # fmt: skip


@asks
def write_instead(request: HttpRequest, ref: str) -> HttpResponse:
    """Go back from a governing file to clauses written here."""
    version = draft_or_refusal(request, ref)
    return task_page(
        request, version, ConfirmForm, "Write clauses instead of the file?",
        act=lambda: attachments.write_clauses_instead(
            by=request.user, version=version, row_version=version.row_version
        ),
        to=_address(version), back=_address(version),
        context={
            "intro": "The file no longer governs. Clauses written before it are used again.",
            "button": "Write clauses instead",
            "unsaved_page": "",
        },
    )  # fmt: skip


def _address(version: Version) -> str:
    return reverse("documents:clauses", args=[version.document.reference])
