"""The whole history of a document, in sentences."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from register.documents.timeline import entries_about, may_read_history, milestones
from register.documents.views.finding import document_or_404, standing_of
from register.ledger.asking import AboutFilter, acts_file, wants_file
from register.ledger.sentences import lines
from register.ui.listing import page_of, size_of


@require_safe
def history(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Who changed what, when and why, newest first, a page at a time."""
    document = document_or_404(request, ref)
    standing = standing_of(request, document)
    context: dict[str, object] = {
        "document": document,
        "version": standing.shown,
        "title": f"History of {document.reference}",
    }
    if may_read_history(request.user, document):
        entries = entries_about(document)
        wanted = AboutFilter(request.GET, entries)
        if wants_file(request):
            title = f"History of {document.reference}"
            return acts_file(request, wanted.apply(entries), about=title, said=wanted.words())
        asked = request.GET.dict()
        page = page_of(wanted.apply(entries), order=["-number"], asked=asked, size=size_of(asked))
        context |= {"page": page, "lines": lines(page.rows), "wanted": wanted}
    else:
        context |= {"lines": milestones(standing), "is_milestones": True}
    return render(request, "documents/history.html", context)
