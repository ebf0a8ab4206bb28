"""Starting an entry as a copy of another one: which one, and what the copy is called."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.core.verdicts import require
from register.directory.permissions import visible_partnerships
from register.documents.forms.copying import CopyForm
from register.documents.forms.titles import titled
from register.documents.models import Document, TextKind, Version
from register.documents.permissions import may_start_any
from register.documents.services.copying import copy_document
from register.documents.views.conversation import asks, edit_page
from register.documents.views.finding import document_or_404, standing_of

SHOWN = 25


@asks
def copy(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask what the copy of an entry is called and who keeps it, and start it."""
    version = standing_of(request, document_or_404(request, ref)).shown
    if version is None:
        raise Http404("It has no version that you may read.")
    document = version.document
    require(may_start_any(request.user, document.partnership))

    def act(title, lead):
        return copy_document(
            by=request.user, version=version, title=title, lead=lead,
            owner=getattr(request.user, "person", None),
        )  # fmt: skip

    return edit_page(
        request,
        partial(CopyForm, user=request.user, version=version),
        act=act,
        title=f"Copy as a new {document.tier_word.lower()}",
        button="Start the copy",
        done=f"The copy of {version} has begun.",
        back=document.get_absolute_url(),
        to=lambda new: reverse("documents:draft", args=[new.document.reference]),
        context={"document": document, "version": version, "caption": f"{version} · {version.title}",
                 "intro": _consequences(version)},
    )  # fmt: skip


@require_safe
def copy_from(request: HttpRequest) -> HttpResponse:
    """Choose the entry that a new one is copied from."""
    partnerships = [
        each for each in visible_partnerships(request.user) if may_start_any(request.user, each)
    ]
    if not partnerships:
        raise PermissionDenied("You draft for no body and for no partnership office.")
    search = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:200]
    entries = titled(Document.objects.visible_to(request.user)).select_related("partnership")
    entries = entries.filter(partnership__in=partnerships, shown_title__isnull=False)
    if search:
        entries = entries.filter(Q(reference__icontains=search) | Q(shown_title__icontains=search))
    found = list(entries[: SHOWN + 1])
    context = {
        "title": "Start from a copy of an entry",
        "search": search,
        "found": found[:SHOWN],
        "is_more": len(found) > SHOWN,
        "back": reverse("documents:choose"),
    }
    return render(request, "documents/copy_from.html", context)


def _consequences(version: Version) -> str:
    said = (
        f"Everything that stands in version {version.number} is copied into a new draft, with its "
        "parties, its places to sign and its place in the three tiers. Signatures, dates, comments, "
        "tasks, files, other references and members who joined a group stay with the old entry."
    )
    if version.text_kind == TextKind.FILE:
        said += " Its text is a file of its own: attach the new one, or write clauses instead."
    return said
