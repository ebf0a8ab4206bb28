"""The controllers of an impact assessment: how it stands, what is advised, what is decided."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from agreements.risks.forms.dpias import (
    AdviceForm,
    ControllerForm,
    DecisionForm,
    ReasonForm,
    StatusForm,
)
from agreements.risks.models import Dpia, DpiaController
from agreements.risks.permissions import (
    may_advise,
    may_decide,
    may_keep_controller,
    may_keep_dpia,
)
from agreements.risks.services import decisions
from agreements.risks.services import dpias as services
from agreements.risks.statuses import DECISIONS, RECORDED
from agreements.risks.views.conversation import dpia_or_404, facts_of
from register.core.verdicts import require
from register.documents.views.conversation import asks, edit_page


@asks
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Name a further controller."""
    found = dpia_or_404(request, ref)
    require(may_keep_dpia(request.user, found))
    return _page(
        request, found, partial(ControllerForm, user=request.user),
        act=partial(services.add_controller, by=request.user, dpia=found),
        title="Add a controller", button="Add the controller", done="The controller is added.",
    )  # fmt: skip


@asks
def status(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """How the DPIA stands with a controller, short of a decision."""
    found, row = _row(request, ref, pk)
    require(may_keep_controller(request.user, row))
    initial = facts_of(row, ("status", "status_reason", "relies_on"))
    initial["relies_on"] = row.relies_on_id
    if row.status not in RECORDED:
        initial["status"] = ""
    return _page(
        request, found, partial(StatusForm, user=request.user, dpia=found), initial=initial,
        act=partial(services.set_status, by=request.user, row=row),
        title=f"How it stands with {row.organisation.called}", button="Save the status",
        done="The status is saved.",
        intro="A decision of the controller is recorded on a page of its own."
        if not row.decided_on else "The controller has decided. A status here takes its place.",
    )  # fmt: skip


@asks
def advise(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """What the data protection officer of a controller advises."""
    found, row = _row(request, ref, pk)
    require(may_advise(request.user, row))
    initial = facts_of(row, decisions.ADVICE)
    return _page(
        request, found, AdviceForm, initial=initial,
        act=partial(decisions.advise, by=request.user, row=row),
        title=f"Advice to {row.organisation.called}", button="Record the advice",
        done="The advice is recorded.",
        intro="The data protection officer advises; the senior information risk owner or the asset "
        "owner decides (UK GDPR, Articles 35(2) and 39).",
    )  # fmt: skip


@asks
def decide(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """What a controller decides."""
    found, row = _row(request, ref, pk)
    require(may_decide(request.user, row))
    decider = decisions.decider(request.user, row)
    names = ("status", "conditions", "decision_reason", "decided_by", "decided_on")
    initial = facts_of(row, names)
    if row.status not in DECISIONS:
        initial["status"] = ""
    return _page(
        request, found, partial(DecisionForm, decider=decider), initial=initial,
        act=partial(decisions.decide, by=request.user, row=row),
        title=f"Decision of {row.organisation.called}", button="Record the decision",
        done="The decision is recorded.", template="risks/decide.html",
        context={"row": row, "decider": decider},
    )  # fmt: skip


@asks
def remove(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Take a controller off a DPIA on which it has not decided."""
    found, row = _row(request, ref, pk)
    require(may_keep_dpia(request.user, found))
    return _page(
        request, found, ReasonForm, act=partial(services.remove_controller, by=request.user, row=row),
        title=f"Take {row.organisation.called} off the DPIA?", button="Take the controller off",
        done="The controller is off the DPIA.", context={"danger": True, "unsaved_page": ""},
    )  # fmt: skip


def _row(request: HttpRequest, ref: str, pk: int) -> tuple[Dpia, DpiaController]:
    found = dpia_or_404(request, ref)
    rows = found.controllers.select_related("organisation", "relies_on")
    row = get_object_or_404(rows, pk=pk)
    row.dpia = found
    return found, row


def _page(
    request: HttpRequest, found: Dpia, make, *, intro: str = "", context=None, **words
) -> HttpResponse:
    context = {"caption": str(found), "intro": intro, **(context or {})}
    address = found.get_absolute_url()
    return edit_page(request, make, to=address, back=address, context=context, **words)
