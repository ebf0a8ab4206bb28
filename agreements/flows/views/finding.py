"""Finding the flows of a draft, and where their pages are."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from agreements.flows.facts import FlowFacts, flows_of
from agreements.flows.models import Flow
from register.documents.models import Version
from register.documents.views.finding import document_or_404, draft_or_refusal

AGREEMENT = 3


def agreement_draft(request: HttpRequest, ref: str) -> Version:
    """The version of an agreement whose content may change now; 404 for the other tiers."""
    if document_or_404(request, ref).tier != AGREEMENT:
        raise Http404("Only agreements have information flows.")
    return draft_or_refusal(request, ref)


def flow_in(version: Version, lineage: UUID) -> FlowFacts | None:
    """A flow of a draft with what hangs on it, or None where it is not there any more."""
    found = flows_of([version.pk]).get(version.pk, [])
    facts = next((each for each in found if each.flow.lineage == lineage), None)
    if facts is not None:
        facts.flow.version = version
        for end in facts.ends:
            if end.law is not None:
                end.law.version = version
    return facts


def flow_or_404(version: Version, lineage: UUID) -> FlowFacts:
    """A flow of a draft; 404 where it is not there any more."""
    if (facts := flow_in(version, lineage)) is None:
        raise Http404("That flow is not in the draft.")
    return facts


def list_address(version: Version) -> str:
    """Where the flows of a draft are listed."""
    return reverse("flows:flows", args=[version.document.reference])


def flow_address(version: Version, flow: Flow, page: str = "flow") -> str:
    """Where a flow, or one of its pages, is."""
    return reverse(f"flows:{page}", args=[version.document.reference, flow.lineage])
