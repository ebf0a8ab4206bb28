"""The risks of a draft: the list, what is proposed, adding and changing."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agreements.risks.forms.risks import ProposalsForm, RiskEditForm, RiskForm
from agreements.risks.models import Risk
from agreements.risks.ratings import rating
from agreements.risks.services import risks as services
from agreements.risks.sharing import proposals_for
from agreements.risks.views.draft import agreement_draft
from register.documents.forms.drafting import values_of
from register.documents.models import Version
from register.documents.views.conversation import asks
from register.documents.views.drafting import task_page
from register.documents.views.finding import row_of, row_or_404
from register.documents.views.rows import gone, move_page, remove_page


@require_safe
def risks(request: HttpRequest, ref: str) -> HttpResponse:
    """The risks of a draft with their ratings, and how many more are proposed."""
    version = agreement_draft(request, ref)
    context = {
        "title": "Risks",
        "version": version,
        "document": version.document,
        "rows": list(Risk.objects.filter(version=version)),
        "proposed": len(proposals_for(version)),
    }
    return render(request, "risks/risks.html", context)


@asks
def propose(request: HttpRequest, ref: str) -> HttpResponse:
    """The risks that follow from the answers and the flows, to be picked from."""
    version = agreement_draft(request, ref)
    proposed = proposals_for(version)
    rated = [(each, rating(each.likelihood, each.impact)) for each in proposed]
    return task_page(
        request, version, partial(ProposalsForm, proposed=proposed), "Proposed risks",
        act=partial(services.take_over, by=request.user, version=version),
        template="risks/propose.html", to=_address(version), back=_address(version),
        context={"proposed": rated, "button": "Take the chosen risks over", "unsaved_page": ""},
    )  # fmt: skip


@asks
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Add a risk."""
    version = agreement_draft(request, ref)
    return task_page(
        request, version, RiskForm, "Add a risk",
        act=partial(services.add_risk, by=request.user, version=version),
        to=_address(version), back=_address(version),
    )  # fmt: skip


@asks
def change(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Change a risk."""
    version = agreement_draft(request, ref)
    if (row := row_of(Risk, pk, version)) is None:
        return gone(request)
    return task_page(
        request, version, RiskEditForm, "Change the risk",
        initial=values_of(row, services.FIELDS),
        act=partial(services.change_risk, by=request.user, risk=row),
        to=_address(version), back=_address(version),
    )  # fmt: skip


@asks
def remove(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Remove a risk, once it is confirmed."""
    version = agreement_draft(request, ref)
    return remove_page(request, row_or_404(Risk, pk, version), "risk", to=_address(version))


@asks
def move(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Move a risk up or down."""
    version = agreement_draft(request, ref)
    return move_page(request, row_or_404(Risk, pk, version), to=_address(version))


def _address(version: Version) -> str:
    return reverse("risks:risks", args=[version.document.reference])
