"""Pages about the members of a partnership."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.core.dates import today
from register.core.ripple import touched_for
from register.core.verdicts import require
from register.directory import causes
from register.directory.forms.fields import LastDayForm
from register.directory.forms.partnerships import MemberAddForm, MembershipEditForm
from register.directory.models import Membership
from register.directory.permissions import may_keep_members, visible_partnerships
from register.directory.rosters import missing_nominations
from register.directory.services import memberships as services
from register.directory.views.conversation import asks, facts_of, partnership_or_404
from register.ui.listing import page_of, size_of
from register.ui.pages import form_page


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Every membership of a partnership, ended ones too, with its days."""
    found = partnership_or_404(request, slug)
    rows = found.memberships.select_related("organisation", "supported_by__organisation")
    if request.GET.get("standing") != "every":
        rows = rows.current(today())
    asked = request.GET.dict()
    order = ["organisation__legal_name", "pk"]
    context = {
        "title": f"Members of {found.name}",
        "partnership": found,
        "page": page_of(rows, order=order, asked=asked, size=size_of(asked)),
        "may_members": may_keep_members(request.user, found),
        "is_every": asked.get("standing") == "every",
    }
    return render(request, "directory/members.html", context)


@require_safe
def nominations(request: HttpRequest, slug: str) -> HttpResponse:
    """The members that have named no senior officer, and the posts that stand empty."""
    found = partnership_or_404(request, slug)
    context = {
        "title": "Missing nominations",
        "partnership": found,
        "missing": missing_nominations(found),
    }
    return render(request, "directory/nominations.html", context)


@asks
def add_member(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a body to a partnership."""
    found = partnership_or_404(request, slug)
    require(may_keep_members(request.user, found))
    to = reverse("directory:members", args=[found.slug])
    return form_page(
        request,
        partial(MemberAddForm, partnership=found, user=request.user),
        act=partial(services.add_member, by=request.user, partnership=found),
        title=f"Add a member to {found.name}",
        button="Add the member",
        done="The member is added.",
        to=to,
        back=to,
        initial={"starts_on": today(), "kind": "full"},
    )


@asks
def change_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """The kind and the days of a membership."""
    found = _membership_or_404(request, pk)
    require(may_keep_members(request.user, found.partnership))
    to = reverse("directory:members", args=[found.partnership.slug])
    return form_page(
        request,
        partial(MembershipEditForm, partnership=found.partnership),
        act=partial(services.change_membership, by=request.user, membership=found),
        title=f"Membership of {found.organisation}",
        button="Save the membership",
        done="The membership is saved.",
        to=to,
        back=to,
        initial=facts_of(found, services.FACTS),
        context={
            "touches": touched_for(causes.membership_changes(found), request.user),
            "touches_if": "Where you change the kind, or set or change the last day, each of these "
            "gets a task to confirm again.",
        },
    )


@asks
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """End a membership."""
    found = _membership_or_404(request, pk)
    require(may_keep_members(request.user, found.partnership))
    to = reverse("directory:members", args=[found.partnership.slug])
    intro = (
        "What the body has signed stays as it is. Its people lose the access that the membership "
        "gives them after its last day."
    )
    return form_page(
        request,
        LastDayForm,
        act=partial(services.end_membership, by=request.user, membership=found),
        title=f"End the membership of {found.organisation}",
        button="End the membership",
        done="The membership has an end.",
        to=to,
        back=to,
        initial={"ends_on": today()},
        context={
            "intro": intro,
            "danger": True,
            "touches": touched_for(causes.membership_ends(found), request.user),
        },
    )


def _membership_or_404(request: HttpRequest, pk: int) -> Membership:
    rows = Membership.objects.filter(partnership__in=visible_partnerships(request.user))
    return get_object_or_404(rows.select_related("organisation", "partnership"), pk=pk)
