"""The bodies named in a draft."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.documents.forms.drafting import values_of
from register.documents.forms.parties import PartyAddForm, PartyEditForm
from register.documents.models import Party, Version
from register.documents.services import content
from register.documents.views.conversation import asks
from register.documents.views.drafting import task_page
from register.documents.views.finding import draft_or_refusal, row_of, row_or_404
from register.documents.views.rows import gone, move_page, remove_page
from register.lists.labels import labels

FIELDS = ("part", "role", "only_this_reason")


@require_safe
def parties(request: HttpRequest, ref: str) -> HttpResponse:
    """The bodies named, in their order."""
    version = draft_or_refusal(request, ref)
    rows = Party.objects.filter(version=version).select_related("organisation")
    words = labels("controller_role")
    context = {
        "title": "Parties",
        "version": version,
        "document": version.document,
        "rows": [(row, words.get(row.role, row.role)) for row in rows],
    }
    return render(request, "documents/parties.html", context)


@asks
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Name a body: of the partnership, or any that the search finds."""
    version = draft_or_refusal(request, ref)
    search = request.GET.get("q", "").strip()[:200]
    make = partial(
        PartyAddForm, user=request.user, partnership=version.document.partnership, search=search
    )
    return task_page(
        request, version, make, "Name a body", template="documents/party_add.html",
        act=partial(content.add_party, by=request.user, version=version),
        to=_address(version), back=_address(version), context={"search": search},
    )  # fmt: skip


@asks
def change(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Change what part a body plays, and in which role."""
    version = draft_or_refusal(request, ref)
    if (row := row_of(Party, pk, version)) is None:
        return gone(request)
    make = partial(
        PartyEditForm, partnership=version.document.partnership, organisation=row.organisation
    )
    return task_page(
        request, version, make, str(row.organisation), initial=values_of(row, FIELDS),
        act=partial(content.change_party, by=request.user, party=row),
        to=_address(version), back=_address(version),
    )  # fmt: skip


@asks
def remove(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Take a body out of a draft, once it is confirmed."""
    version = draft_or_refusal(request, ref)
    return remove_page(request, row_or_404(Party, pk, version), "body", to=_address(version))


@asks
def move(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Move a body up or down."""
    version = draft_or_refusal(request, ref)
    return move_page(request, row_or_404(Party, pk, version), to=_address(version))


def _address(version: Version) -> str:
    return reverse("documents:parties", args=[version.document.reference])
