"""The groups of parties that a draft names."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agreements.flows.facts import groups_of
from agreements.flows.forms.groups import GroupEditForm, GroupForm
from agreements.flows.models import PartyGroup
from agreements.flows.views.finding import agreement_draft
from register.documents.forms.drafting import values_of
from register.documents.models import Version
from register.documents.services import content
from register.documents.views.conversation import asks
from register.documents.views.drafting import task_page
from register.documents.views.finding import row_of, row_or_404
from register.documents.views.rows import gone, move_page, remove_page

FIELDS = ("name", "who_may_join")


@require_safe
def groups(request: HttpRequest, ref: str) -> HttpResponse:
    """The groups in order, with how many bodies belong to each today."""
    version = agreement_draft(request, ref)
    context = {
        "title": "Groups of parties",
        "version": version,
        "document": version.document,
        "rows": groups_of([version.pk]).get(version.pk, []),
    }
    return render(request, "flows/groups.html", context)


@asks
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Name a group."""
    version = agreement_draft(request, ref)
    return task_page(
        request, version, GroupForm, "Add a group",
        act=partial(content.add_item, by=request.user, version=version, model=PartyGroup),
        to=_address(version), back=_address(version),
    )  # fmt: skip


@asks
def change(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Change what a group is called and who may join it."""
    version = agreement_draft(request, ref)
    if (row := row_of(PartyGroup, pk, version)) is None:
        return gone(request)
    return task_page(
        request, version, GroupEditForm, "Change the group", initial=values_of(row, FIELDS),
        act=partial(content.change_item, by=request.user, row=row),
        to=_address(version), back=_address(version),
    )  # fmt: skip


@asks
def remove(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Take a group out of a draft, once it is confirmed; it leaves the ends of flows as well."""
    version = agreement_draft(request, ref)
    return remove_page(request, row_or_404(PartyGroup, pk, version), "group", to=_address(version))


@asks
def move(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Move a group up or down."""
    version = agreement_draft(request, ref)
    return move_page(request, row_or_404(PartyGroup, pk, version), to=_address(version))


def _address(version: Version) -> str:
    return reverse("flows:groups", args=[version.document.reference])
