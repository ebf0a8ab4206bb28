"""The draft of an agreement on which risks are written."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from register.documents.models import Version
from register.documents.views.finding import document_or_404, draft_or_refusal

AGREEMENT = 3


def agreement_draft(request: HttpRequest, ref: str) -> Version:
    """The version of an agreement whose content may change now; 404 for the other tiers."""
    if document_or_404(request, ref).tier != AGREEMENT:
        raise Http404("Only agreements have such a page.")
    return draft_or_refusal(request, ref)
