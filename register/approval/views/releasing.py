"""The designated officer of a body: lets requests go, names somebody else, or sends them back."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from register.approval import here as presence
from register.approval.forms import NoForm, ReleaseForm, ReturnForm
from register.approval.here import Here
from register.approval.releasing import held_for, who_may_sign
from register.approval.summary import summary_of
from register.approval.views.conversation import find
from register.signing import services
from register.signing.emails import about
from register.signing.models import SigningRequest
from register.ui.forms import Form
from register.ui.pages import add_errors

UNPROCESSABLE = 422
DONE = {
    "go": "The request is on its way to the person named.",
    "other": "The request is on its way to the person you named.",
    "back": "It is sent back with your comments.",
}


@never_cache
@require_http_methods(["GET", "HEAD"])
def held(request: HttpRequest) -> HttpResponse:
    """What waits for the designated officer; needs a sign-in."""
    here = _signed_in(request)
    rows = held_for(here.person) if here else SigningRequest.objects.none()
    words = {
        "title": "Requests that you let go",
        "here": here,
        "held": rows.select_related("person", "slot__organisation", "slot__version__document"),
    }
    return render(request, "approval/held.html", words)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: let it go, name somebody else, or send it back."""
    here = _signed_in(request)
    if here is None or not held_for(here.person).filter(pk=pk).exists():
        raise Http404("Nothing of theirs waits here.")
    asked = find(pk)
    forms = _forms(request, asked)
    chosen = request.POST.get("what", "") if request.method == "POST" else ""
    form = forms.get(chosen)
    if form is not None and form.is_valid() and _did(here, asked, chosen, form):
        messages.success(request, DONE[chosen])
        return redirect("approval:held")
    status = UNPROCESSABLE if request.method == "POST" else 200
    words = _words(here, asked) | {"forms": forms, "form": form, "chosen": chosen}
    return render(request, "approval/release.html", words, status=status)


def _did(here: Here, asked: SigningRequest, chosen: str, form) -> bool:
    acts: dict[str, Callable[..., object]] = {
        "go": partial(services.release, by=here.user, request=asked),
        "other": partial(services.release, by=here.user, request=asked),
        "back": partial(services.send_back, by=here.signer, request=asked),
    }
    try:
        acts[chosen](**form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True


def _forms(request: HttpRequest, asked: SigningRequest) -> dict:
    others = [person for person in who_may_sign(asked.slot) if person.pk != asked.person_id]
    make: dict[str, Callable[..., Form]] = {
        "go": NoForm,
        "other": partial(ReleaseForm, people=others),
        "back": ReturnForm,
    }
    chosen = request.POST.get("what")
    return {
        name: form(request.POST if name == chosen else None, auto_id=f"{name}_%s")
        for name, form in make.items()
    }


def _words(here: Here, asked: SigningRequest) -> dict:
    version = asked.slot.version
    body = json.loads(bytes(version.body.content))
    return {
        "title": f"{version.title}: let it go to {asked.person}?",
        "here": here,
        "asked": asked,
        "slot": asked.slot,
        "body": body,
        "summary": summary_of(version, body),
        **about(version),
    }


def _signed_in(request: HttpRequest) -> Here | None:
    return next((here for here in presence.everybody(request) if here.user), None)
