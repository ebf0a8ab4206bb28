"""The whole history of a document, in sentences."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from register.documents.timeline import entries_about, may_read_history, milestones
from register.documents.views.finding import document_or_404, standing_of
from register.ledger.sentences import lines
from register.ui.listing import page_of, size_of


@require_safe
def history(request: HttpRequest, ref: str) -> HttpResponse:
    """Who changed what, when and why, newest first, a page at a time."""
    document = document_or_404(request, ref)
    standing = standing_of(request, document)
    context: dict[str, object] = {
        "document": document,
        "version": standing.shown,
        "title": f"History of {document.reference}",
    }
    if may_read_history(request.user, document):
        asked = request.GET.dict()
        page = page_of(entries_about(document), order=["-number"], asked=asked, size=size_of(asked))
        context |= {"page": page, "lines": lines(page.rows)}
    else:
        context |= {"lines": milestones(standing), "is_milestones": True}
    return render(request, "documents/history.html", context)
