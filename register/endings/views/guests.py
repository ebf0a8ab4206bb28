"""The page on which a party gives its proof without an account, by the link that was mailed to it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from register.accounts.access import note_link
from register.consultation import limits
from register.core.conflicts import Conflict
from register.endings.forms import ProofForm
from register.endings.models import Proof, Way
from register.endings.permissions import holder
from register.endings.reading import pairs_of
from register.endings.services.giving import give as give_proof
from register.endings.services.links import proof_of
from register.ui.pages import form_page


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, token: str) -> HttpResponse:
    """Ask what became of the information, and take the answer. Reading changes nothing.

    A dead link and an unknown one get the same answer, with what was typed.
    """
    if limits.is_shut(request):
        return _too_much(request)
    proof = proof_of(token)
    if proof is None:
        return _too_much(request) if limits.unknown_link(request) else _gone(request)
    try:
        answer = _ask(request, proof)
        note_link(request, f"{proof.organisation.called}, end of {proof.ending.document.reference}")
    except (PermissionDenied, Conflict):
        answer = _gone(request)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _ask(request: HttpRequest, proof: Proof) -> HttpResponse:
    given: list[Proof] = []

    def act(**said) -> Proof:
        by = holder(proof, said["said_by_name"].strip() or "Somebody")
        given.append(give_proof(by=by, proof=proof, way=Way.LINK, **said))
        return given[0]

    answer = form_page(
        request, partial(ProofForm), act=act, title="What became of the information?",
        button="Send the proof", to=request.path, template="endings/give.html",
        context={
            "proof": proof, "version": proof.ending.version, "document": proof.ending.document,
            "caption": proof.organisation.legal_name,
        },
    )  # fmt: skip
    if not given:
        return answer
    messages.get_messages(request).used = True
    context = {"proof": given[0], "document": proof.ending.document, "pairs": pairs_of(given[0])}
    return render(request, "endings/given.html", context)


def _gone(request: HttpRequest) -> HttpResponse:
    typed = [
        (name.replace("_", " ").capitalize(), "\n".join(values))
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and any(values)
    ]
    return render(request, "endings/gone.html", {"typed": typed}, status=410)


def _too_much(request: HttpRequest) -> HttpResponse:
    return render(request, "consultation/too_much.html", {}, status=429)
