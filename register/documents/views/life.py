"""The named acts in the life of a document: what each will do, its reason, its button."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from register.core.ripple import touched_for
from register.core.verdicts import require
from register.documents.forms.life import ResumeForm
from register.documents.life import LIFE_ACTS
from register.documents.permissions import may_edit
from register.documents.ripples import causes_of_act
from register.documents.services import facts
from register.documents.views.conversation import asks, edit_page, refused
from register.documents.views.finding import document_or_404, standing_of


@asks
def act_page(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """Say what an act will do, ask for its reason, and do it."""
    document = document_or_404(request, ref)
    life_act, standing = LIFE_ACTS[code], standing_of(request, document)
    require(may_edit(request.user, document))
    if not (verdict := life_act.verdict(request.user, standing)):
        return refused(request, verdict.reason, status=409)
    address = document.get_absolute_url()
    to = reverse("documents:draft", args=[ref]) if life_act.to_draft else address
    return edit_page(
        request, partial(life_act.form, standing=standing),
        act=partial(life_act.run, by=request.user, standing=standing),
        title=life_act.button, button=life_act.button, done=life_act.done, to=to, back=address,
        undo=reverse(f"documents:{life_act.undo}", args=[ref]) if life_act.undo else "",
        context=_words(standing, life_act.consequences, danger=life_act.is_danger)
        | _touched(request, document, code),
    )  # fmt: skip


@asks
def resume(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Record that sharing goes on again."""
    document = document_or_404(request, ref)
    suspension = get_object_or_404(document.suspensions.filter(ends_on__isnull=True), pk=pk)
    require(may_edit(request.user, document))
    whom = f"For {suspension.party}. " if suspension.party else ""
    return edit_page(
        request, ResumeForm,
        act=partial(facts.resume, by=request.user, suspension=suspension),
        title="Resume sharing", button="Resume sharing", done="Sharing goes on again.",
        to=document.get_absolute_url(), back=document.get_absolute_url(),
        context=_words(
            standing_of(request, document), f"{whom}Suspended because: {suspension.reason}"
        ),
    )  # fmt: skip


def _touched(request: HttpRequest, document, code: str) -> dict:
    if not (causes := causes_of_act(document, code)):
        return {}
    found: dict[str, object] = {
        "touches": [t for cause in causes for t in touched_for(cause, request.user)]
    }
    if code == "suspend":
        found["touches_if"] = (
            "Where it is suspended for everybody, each of these gets a task to confirm again."
        )
    return found


def _words(standing, intro: str, *, danger: bool = False) -> dict:
    shown = standing.shown
    return {
        "document": standing.document,
        "version": shown,
        "caption": f"{standing.document.reference} · {shown.title}" if shown else "",
        "intro": intro,
        "danger": danger,
    }
