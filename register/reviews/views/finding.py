"""Finding what an address names, as far as the reader may know of it; and the words of every page."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from register.core.verdicts import require
from register.documents.models import Document
from register.documents.permissions import may_edit
from register.documents.views.finding import document_or_404, standing_of
from register.reviews.models import Review
from register.reviews.permissions import may_read_review, may_work_on


def kept(request: HttpRequest, ref: str) -> Document:
    """The document of a reference for somebody who keeps it; 403 with the reason for others."""
    document = document_or_404(request, ref)
    require(may_edit(request.user, document))
    return document


def review_or_404(request: HttpRequest, ref: str, pk: int) -> Review:
    """A review of a document for somebody who may read it."""
    document = document_or_404(request, ref)
    require(may_read_review(request.user, document))
    rows = Review.objects.filter(document=document).select_related(
        "version", "merged_into", "led_to", "opened_by"
    )
    review = get_object_or_404(rows, pk=pk)
    review.document = review.version.document = document
    return review


def open_or_refusal(request: HttpRequest, ref: str, pk: int) -> Review:
    """A review that somebody may work on now; 403 for those who keep it not."""
    review = review_or_404(request, ref, pk)
    require(may_edit(request.user, review.document))
    require(may_work_on(request.user, review))
    return review


def words_of(request: HttpRequest, document: Document) -> dict:
    """The words at the head of every page about a document's reviews."""
    shown = standing_of(request, document).shown
    if shown is None:
        raise Http404("It has no version that you may read.")
    return {
        "document": document,
        "version": shown,
        "caption": f"{document.reference} · {shown.title}",
    }
