"""Asking for a PDF or a ZIP, waiting for it, and taking it away."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from register.documents.models import Document, Version
from register.documents.permissions import readable_of, readable_versions
from register.printing import papers, services
from register.printing.models import PrintRequest, PrintState


@require_POST
def ask(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Ask for the PDF of a version."""
    document = get_object_or_404(Document.objects.visible_to(request.user), reference=ref)
    version = get_object_or_404(readable_versions(request.user, document), number=number)
    made = services.ask(
        user=request.user, versions=[version], is_headings=request.POST.get("form") == "headings"
    )
    return redirect(made)


@require_POST
def pack(request: HttpRequest) -> HttpResponse:
    """Ask for several chosen entries as one PDF, or with `paper=zip` as separate ones in a ZIP."""
    chosen = list(dict.fromkeys(request.POST.getlist("ref")))[: services.PACK_LIMIT + 1]
    documents = Document.objects.visible_to(request.user).filter(reference__in=chosen)
    return packed(request, documents.order_by("reference"))


def packed(request: HttpRequest, documents: Iterable[Document]) -> HttpResponse:
    """Ask for a pack of entries that a login may know of; the answer leads to the waiting page.

    What governs is packed, else the newest that the login may read. Lists elsewhere that offer a pack
    call this with the entries they show, in their order.
    """
    paper = request.POST.get("paper", "")
    try:
        made = services.ask(
            user=request.user,
            versions=shown_versions(request.user, documents),
            title=request.POST.get("title", "").strip()[:200] or "Pack of entries",
            is_headings=request.POST.get("form") == "headings",
            paper=papers.ZIP if paper == papers.ZIP and papers.ZIP in papers.PAPERS else "",
        )
    except ValidationError as error:
        return render(request, "printing/nothing.html", {"sentence": error.messages[0]}, status=422)
    return redirect(made)


def shown_versions(user, documents: Iterable[Document]) -> list[Version]:
    """Of each entry the version that stands for it to a login; entries without one are left out."""
    found = list(documents)
    readable = readable_of(user, [each.pk for each in found])
    return [version for each in found if (version := _shown(readable[each.pk]))]


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a print has come; the page asks again by itself until it is ready."""
    wanted = get_object_or_404(PrintRequest, pk=pk, asked_by=request.user)
    versions, unread = _readable_in(request.user, wanted)
    is_waiting = wanted.state in (PrintState.WAITING, PrintState.WORKING)
    words = {
        "wanted": wanted,
        "versions": versions,
        "is_withdrawn": bool(unread),
        "is_waiting": is_waiting,
        "file_word": wanted.ending.upper(),
        "paper_words": papers.words_of(wanted.paper),
    }
    return render(request, "printing/print.html", words)


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file itself, for the one who asked for it and may still read what is in it."""
    wanted = get_object_or_404(PrintRequest, pk=pk, asked_by=request.user, state=PrintState.DONE)
    _, unread = _readable_in(request.user, wanted)
    if unread or not default_storage.exists(wanted.path):
        raise Http404
    answer = FileResponse(
        default_storage.open(wanted.path),
        as_attachment=request.GET.get("open") != "here",
        filename=wanted.name,
        content_type=papers.MEDIA[wanted.ending],
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _shown(versions: list[Version]) -> Version | None:
    return next((v for v in versions if v.is_governing), versions[0] if versions else None)


def _readable_in(user, wanted: PrintRequest) -> tuple[list[Version], int]:
    """What is in a print and may be read still, and how many versions may not be read any more."""
    versions = [item.version for item in wanted.items.select_related("version__document")]
    asked = {version.document_id for version in versions}
    known = Document.objects.visible_to(user).filter(pk__in=asked).values_list("pk", flat=True)
    readable = {v.pk for some in readable_of(user, known).values() for v in some}
    still = [version for version in versions if version.pk in readable]
    return still, len(versions) - len(still)
