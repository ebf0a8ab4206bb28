"""Starting a document."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from register.core.verdicts import require
from register.directory.models import Partnership
from register.directory.permissions import visible_bodies, visible_partnerships
from register.directory.reach import reach_of
from register.documents.forms.starting import ChooseForm, leads_for, start_form
from register.documents.permissions import may_start
from register.documents.services.content import add_party
from register.documents.services.drafting import start as start_document
from register.documents.tiers import TIERS
from register.documents.views.conversation import asks, edit_page


@asks
def choose(request: HttpRequest) -> HttpResponse:
    """Which tier, and which partnership where there are several."""
    partnerships = list(_partnerships(request))
    if not partnerships:
        raise PermissionDenied("You draft for no body and for no partnership office.")
    queryset = Partnership.objects.filter(pk__in=[p.pk for p in partnerships])
    form = ChooseForm(request.POST if request.method == "POST" else None, partnerships=queryset)
    if form.is_valid():
        chosen = form.cleaned_data
        address = reverse("documents:start", args=[chosen["tier"]])
        return redirect(f"{address}?partnership={chosen['partnership'].slug}")
    context = {"form": form, "title": "New entry", "button": "Continue", "back": _register()}
    return render(request, "documents/choose.html", context, status=422 if form.errors else 200)


@asks
def start(request: HttpRequest, tier: int) -> HttpResponse:
    """Title, kind, lead and place of a new document."""
    if (room := TIERS.get(tier)) is None:
        raise Http404("There are three tiers.")
    partnership = _partnership(request)
    bodies = leads_for(request.user, partnership)
    if not reach_of(request.user).may_edit_all(partnership.pk) and not bodies.exists():
        require(may_start(request.user, partnership))
    make = partial(start_form(room), tier=room, user=request.user, partnership=partnership)

    def act(title, kind, lead, **companion):
        version = start_document(
            by=request.user, partnership=partnership, tier=tier, title=title, kind=kind,
            lead=lead, owner=getattr(request.user, "person", None), **companion,
        )  # fmt: skip
        for body in _parties_named(request).exclude(pk=getattr(lead, "pk", None)):
            add_party(by=request.user, version=version, organisation=body)
        return version

    return edit_page(
        request,
        make,
        act=act,
        title=f"New {partnership.word(tier).lower()}",
        button="Start the draft",
        back=reverse("documents:choose"),
        to=lambda version: reverse("documents:draft", args=[version.document.reference]),
        initial={"lead": bodies.filter(pk__in=_numbers(request, "lead")).first()},
    )


def _partnerships(request: HttpRequest):
    partnerships = visible_partnerships(request.user).order_by("name")
    reach = reach_of(request.user)
    return [
        partnership
        for partnership in partnerships
        if reach.may_edit_all(partnership.pk) or leads_for(request.user, partnership).exists()
    ]


def _partnership(request: HttpRequest) -> Partnership:
    slug = request.GET.get("partnership", "")
    if slug:
        return get_object_or_404(visible_partnerships(request.user), slug=slug[:60])
    found = _partnerships(request)
    if not found:
        raise PermissionDenied("You draft for no body and for no partnership office.")
    return found[0]


def _parties_named(request: HttpRequest):
    """The bodies that the address names as parties beside the lead, from a record that led here."""
    return visible_bodies(request.user).filter(pk__in=_numbers(request, "party")).order_by("pk")


def _numbers(request: HttpRequest, name: str) -> list[int]:
    typed = request.GET.getlist(name)[:20]
    return [int(word) for word in typed if word.isascii() and word.isdigit() and len(word) < 19]


def _register() -> str:
    return reverse("dashboard:register")
