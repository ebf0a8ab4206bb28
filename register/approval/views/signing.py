"""The one tick and the one button, beside the exact words that they stand for."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from register.approval.forms import SignForm
from register.approval.here import Here
from register.approval.views.conversation import asked_page, refusal, refused
from register.signing import services
from register.signing.emails import about
from register.signing.models import SigningRequest
from register.signing.permissions import may_sign
from register.signing.signers import Authority, authority_of
from register.signing.statements import statement_for, statement_hash
from register.ui.pages import add_errors

UNPROCESSABLE = 422
AGAIN = (
    "You signed in a while ago. Sign out, sign in again with a new code, and come back: a signature "
    "needs a fresh sign-in."
)


@asked_page("GET", "HEAD", "POST")
def confirm(request: HttpRequest, here: Here, asked: SigningRequest) -> HttpResponse:
    """Ask for the tick; when it is sent, sign. Sent twice, it is signed once."""
    if here.must_prove_again:
        return _prove_again(request, here, asked)
    if request.method == "POST":
        return _sign(request, here, asked)
    verdict = may_sign(here.signer, asked)
    if not verdict:
        return refusal(request, here, asked, verdict.reason)
    senior = " ".join(request.GET.get("senior", "").replace("\0", "").split())[:200]
    return _show(request, here, asked, _form(here, asked, senior)(initial=_initial(asked, senior)))


def _sign(request: HttpRequest, here: Here, asked: SigningRequest) -> HttpResponse:
    senior = request.POST.get("senior", "").strip()[:200]
    form = _form(here, asked, senior)(request.POST, request.FILES)
    if form.is_valid():
        try:
            services.sign(by=here.signer, request=asked, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("approval:done", asked.pk)
    return _show(request, here, asked, form, status=UNPROCESSABLE)


def _form(here: Here, asked: SigningRequest, senior: str):
    given = _authority(here, asked).on_behalf_of
    return partial(
        SignForm,
        statement=statement_for(asked.slot, on_behalf_of=senior or given),
        needs_evidence=bool(senior) and senior != given,
    )


def _initial(asked: SigningRequest, senior: str) -> dict:
    return {"text_sha256": asked.slot.version.body_sha256, "senior": senior}


def _show(
    request: HttpRequest, here: Here, asked: SigningRequest, form: SignForm, status: int = 200
) -> HttpResponse:
    statement = str(form.fields["confirmed"].label)
    senior = form["senior"].value() or ""
    words = {
        "title": "Sign",
        "asked": asked,
        "here": here,
        "slot": asked.slot,
        "form": form,
        "statement_sha256": statement_hash(statement),
        "senior": senior or _authority(here, asked).on_behalf_of,
        "is_typed": bool(senior),
        "was_not_known": "evidence" in form.fields,
        **about(asked.slot.version),
    }
    return render(request, "approval/confirm.html", words, status=status)


def _authority(here: Here, asked: SigningRequest) -> Authority:
    return authority_of(here.person, asked.slot) or Authority("")


def _prove_again(request: HttpRequest, here: Here, asked: SigningRequest) -> HttpResponse:
    if not here.can_prove_again:
        return refused(request, AGAIN, 403)
    to = reverse("approval:confirm", args=[asked.pk])
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': to})}")
