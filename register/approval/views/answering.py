"""Every other answer: decline, send back, object, ask, pass on, take a signature back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from register.approval.forms import (
    AskForm,
    DeclineForm,
    ObjectForm,
    PassOnForm,
    ReturnForm,
    TakeBackForm,
)
from register.approval.here import Here
from register.approval.views.conversation import asked_page, page, refusal, refused
from register.core.verdicts import Verdict
from register.directory.models import Person
from register.signing import services
from register.signing.emails import about
from register.signing.models import SigningRequest, Slot
from register.signing.permissions import may_answer, may_withdraw_own
from register.ui.forms import Form
from register.ui.pages import add_errors

UNPROCESSABLE = 422


@asked_page("GET", "HEAD", "POST")
def decline(request: HttpRequest, here: Here, asked: SigningRequest) -> HttpResponse:
    """Refuse to sign, on a ground and with a reason."""
    intro = "Use this if your organisation will not sign. Everybody who has signed is told."
    return _answer(
        request, here, asked, DeclineForm, services.refuse, title="Do not sign",
        button="Send my answer", intro=intro,
    )  # fmt: skip


@asked_page("GET", "HEAD", "POST")
def send_back(request: HttpRequest, here: Here, asked: SigningRequest) -> HttpResponse:
    """Send it back with comments: neither signed nor refused."""
    intro = "Use this if you would sign when something is changed. You say neither yes nor no."
    return _answer(
        request, here, asked, ReturnForm, services.return_with_comments,
        title="Send it back with comments", button="Send my comments", intro=intro,
    )  # fmt: skip


@asked_page("GET", "HEAD", "POST")
def object_to(request: HttpRequest, here: Here, asked: SigningRequest) -> HttpResponse:
    """Object to a change of which somebody was only told."""
    intro = "Your organisation's signature is taken off, and you are asked whether you sign again."
    return _answer(
        request, here, asked, ObjectForm, services.object_to, title="Object to the change",
        button="Send my objection", intro=intro,
    )  # fmt: skip


@asked_page("GET", "HEAD", "POST")
def ask(request: HttpRequest, here: Here, asked: SigningRequest) -> HttpResponse:
    """Ask whoever sent it; the request stays open."""

    def sent(**said) -> HttpResponse:
        services.ask_question(by=here.signer, request=asked, **said)
        messages.success(request, "Your question is on its way. You can still sign later.")
        return redirect("approval:review", asked.pk)

    return _form_page(
        request, here, asked, AskForm, sent, title="Ask a question", button="Send my question",
        intro="Your question goes by e-mail to whoever asks you to sign.", verdict=may_answer(here.signer, asked),
    )  # fmt: skip


@asked_page("GET", "HEAD", "POST")
def pass_on(request: HttpRequest, here: Here, asked: SigningRequest) -> HttpResponse:
    """Pass the request on to a colleague of the same body."""
    slot = asked.slot
    make = partial(
        PassOnForm, slot=slot, person=here.person, domains=services.domains_of(here.signer, slot)
    )

    def sent(
        person: Person | None, name: str, email: str, reason: str
    ) -> HttpResponse:  # fmt: skip
        by = here.signer
        if person is not None:
            services.pass_on(by=by, request=asked, person=person, reason=reason)
        else:
            services.pass_on_to_new(by=by, request=asked, name=name, email=email, reason=reason)
        return redirect("approval:done", asked.pk)

    return _form_page(
        request, here, asked, make, sent, title="Somebody else should sign", button="Pass it on",
        intro=f"Choose a colleague at {slot.organisation}. They sign on your behalf.",
        verdict=may_answer(here.signer, asked), template="approval/pass_on.html",
    )  # fmt: skip


@page("GET", "HEAD", "POST")
def take_back(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take one's own signature back, or that of the post one holds."""
    slot = _own_slot(here, pk)
    verdict = may_withdraw_own(here.signer, slot)
    if not verdict:
        return refused(request, verdict.reason, 409)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        services.withdraw(by=here.signer, slot=slot, **form.cleaned_data)
        messages.success(request, "Your signature is taken back. The officer is told.")
        return redirect("approval:tray")
    intro = (
        f"You signed {slot.version.title} for {slot.organisation}. The record stays, and says why."
    )
    words = {"title": "Take your signature back", "form": form, "intro": intro, "here": here,
             "button": "Take my signature back", "back": reverse("approval:tray"), "is_danger": True,
             **about(slot.version)}  # fmt: skip
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "approval/form.html", words, status=status)


def _answer(
    request: HttpRequest, here: Here, asked: SigningRequest, make: type[Form],
    service: Callable[..., object], **words,
) -> HttpResponse:  # fmt: skip
    def sent(**said) -> HttpResponse:
        service(by=here.signer, request=asked, **said)
        return redirect("approval:done", asked.pk)

    verdict = may_answer(here.signer, asked)
    return _form_page(request, here, asked, make, sent, verdict=verdict, **words)


def _form_page(
    request: HttpRequest, here: Here, asked: SigningRequest, make: Callable[..., Form],
    sent: Callable[..., HttpResponse], *, verdict: Verdict, template: str = "approval/form.html",
    **words,
) -> HttpResponse:  # fmt: skip
    if not verdict:
        return refusal(request, here, asked, verdict.reason)
    form = make(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return sent(**form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
    words |= {"form": form, "asked": asked, "here": here, "slot": asked.slot,
              "back": reverse("approval:review", args=[asked.pk]), **about(asked.slot.version)}  # fmt: skip
    return render(request, template, words, status=UNPROCESSABLE if form.is_bound else 200)


def _own_slot(here: Here, pk: int) -> Slot:
    slots = Slot.objects.select_related(
        "organisation", "post", "version__document__partnership", "version__round__officer__contact"
    )
    slot = slots.filter(pk=pk).first()
    signed = slot is not None and slot.signatures.filter(person=here.person).exists()
    if slot is None or not (signed or may_withdraw_own(here.signer, slot)):
        raise Http404("No signature of theirs.")
    return slot
