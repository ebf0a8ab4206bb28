"""Everything of one part of somebody's work, and putting entries and bodies off."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from register.directory.models import Organisation
from register.directory.permissions import visible_bodies
from register.directory.reach import reach_of
from register.directory.views.conversation import body_or_404
from register.documents.models import Document
from register.documents.views.conversation import asks
from register.ui.listing import page_of, size_of
from register.ui.pages import after, form_page
from register.worklist.forms import PutOffForm
from register.worklist.models import PutOff
from register.worklist.permissions import may_put_off
from register.worklist.putting_off import hidden_from, shown_to
from register.worklist.services import putting_off as services
from register.worklist.work import SOURCES, part_of

HOME = "dashboard:home"


@require_safe
def part(request: HttpRequest, code: str) -> HttpResponse:
    """Everything of one part of the reader's work, a page at a time."""
    source = next((each for each in SOURCES if each.code == code), None)
    if source is None:
        raise Http404("There is no such part.")
    asked = request.GET.dict()
    rows = source.rows(request.user, hidden_from(request.user))
    page = page_of(rows, order=source.order, asked=asked, size=size_of(asked))
    shown = part_of(source, request.user, page.rows, (page.count, page.is_more))
    context = {"title": source.heading, "part": shown, "page": page, "back": reverse(HOME)}
    return render(request, "worklist/part.html", context)


@require_safe
def put_offs(request: HttpRequest) -> HttpResponse:
    """What the reader put off, with the day on which it comes back."""
    context = {
        "title": "What I put off",
        "put_off": shown_to(request.user, hidden_from(request.user)),
        "back": reverse(HOME),
    }
    return render(request, "worklist/put_offs.html", context)


@asks
def put_off_entry(request: HttpRequest, ref: str) -> HttpResponse:
    """The form by which an entry is put off; it offers the body that is meant, where one is."""
    document = get_object_or_404(Document.objects.visible_to(request.user), reference=ref)
    return _form(
        request, f"Put off {document.reference}", document=document,
        body=_body_meant(request), about=f"{document.reference} is left out of your work until the "
        "day that you choose. Nobody else is touched, and no date of the entry changes.",
    )  # fmt: skip


@asks
def put_off_body(request: HttpRequest, pk: int) -> HttpResponse:
    """The form by which everything that a body leads or is waited for is put off."""
    body = body_or_404(request, pk)
    return _form(
        request, f"Put off what concerns {body.called}", organisation=body,
        about=f"Entries that {body.called} leads, its places to sign and tasks about it are left "
        "out of your work until the day that you choose. Nobody else is touched.",
    )  # fmt: skip


@require_POST
def show_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back what the reader put off."""
    person_id = reach_of(request.user).person_id
    row = get_object_or_404(PutOff.objects.of(person_id or 0), pk=pk)
    services.show_again(by=request.user, row=row)
    messages.success(request, f"{row.called} is shown in your work again.")
    return redirect(after(request, reverse(HOME)))


def _form(request: HttpRequest, title: str, *, about: str, body=None, **subject) -> HttpResponse:
    verdict = may_put_off(request.user)
    return form_page(
        request, PutOffForm, act=partial(services.put_off, by=request.user, **subject),
        title=title, button="Put it off", done="It is put off.", to=reverse(HOME),
        back=reverse(HOME), template="worklist/put_off.html",
        context={"about": about, "body": body, "verdict": verdict},
    )  # fmt: skip


def _body_meant(request: HttpRequest) -> Organisation | None:
    key = request.GET.get("body", "")
    if not key.isdigit() or len(key) > 18:
        return None
    return visible_bodies(request.user).filter(pk=int(key)).first()
