"""Pages of a proof for people who sign in: one of them, recording, correcting, doing without."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from register.core.verdicts import require
from register.directory.views.conversation import facts_of
from register.documents.views.conversation import asks, edit_page
from register.documents.views.files import file_answer
from register.endings import permissions
from register.endings.forms import CorrectForm, RecordForm, WithoutForm
from register.endings.models import Proof
from register.endings.reading import pairs_of
from register.endings.services import asking, giving


@require_safe
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """What a party said became of the information, or that it is waited for."""
    found, user = proof_or_404(request, pk), request.user
    context = {
        "title": f"Return or deletion: {found.organisation.called}",
        "row": found,
        "document": found.ending.document,
        "pairs": pairs_of(found),
        "may_give": permissions.may_give(user, found),
        "may_correct": found.is_given and permissions.may_record(user, found),
        "may_chase": permissions.may_chase(user, found),
    }
    return render(request, "endings/proof.html", context)


@asks
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a party says became of the information."""
    found = proof_or_404(request, pk)
    # Whoever comes second is shown that it was given.
    verdict = permissions.may_record if request.method == "POST" else permissions.may_give
    require(verdict(request.user, found))
    return _page(
        request, found, giving.give, RecordForm, title=f"Record the proof of {found.organisation}",
        button="Record the proof", done="The proof is recorded.",
        initial={"row_version": found.row_version},
    )  # fmt: skip


@asks
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a proof that was given."""
    found = proof_or_404(request, pk)
    require(permissions.may_record(request.user, found))
    if not found.is_given:
        raise Http404("There is no proof yet to correct.")
    return _page(
        request, found, giving.correct, CorrectForm, title="Correct the proof",
        button="Save the proof", done="The proof is saved.",
        initial=facts_of(found, giving.FACTS),
    )  # fmt: skip


@asks
def without(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that no proof of a party is needed."""
    found = proof_or_404(request, pk)
    require(permissions.may_chase(request.user, found))
    return _page(
        request, found, giving.do_without, WithoutForm,
        title=f"No proof of {found.organisation} is needed?", button="Do without this proof",
        done="It is not waited for any more.", initial={"row_version": found.row_version},
    )  # fmt: skip


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a party once more now."""
    found = proof_or_404(request, pk)
    if asking.ask_again(by=request.user, proof=found):
        messages.success(request, f"{found.organisation.called} is asked again.")
    else:
        messages.info(
            request,
            f"No message goes: {found.organisation.called} has no address here, or was asked "
            "again today. Ring, and record what they say.",
        )
    return redirect(found.get_absolute_url())


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate as a download."""
    found = proof_or_404(request, pk)
    if found.file is None:
        raise Http404("No certificate is kept with it.")
    return file_answer(found.file, found.file_name)


def proof_or_404(request: HttpRequest, pk: int) -> Proof:
    """A proof that the reader may know of."""
    rows = Proof.objects.visible_to(request.user).select_related(*asking.RELATED, "file")
    return get_object_or_404(rows, pk=pk)


def _page(request, found: Proof, act, form_class, **words) -> HttpResponse:
    to = found.get_absolute_url()
    return edit_page(
        request, form_class, act=partial(act, by=request.user, proof=found), to=to, back=to,
        context={"caption": f"{found.ending.document.reference} · {found.organisation}"}, **words,
    )  # fmt: skip
