"""Pages of information communities."""

from __future__ import annotations

from functools import partial

from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.core.dates import today
from register.core.ripple import touched_for
from register.core.verdicts import require
from register.directory.causes import community_ends
from register.directory.forms.communities import CommunityEditForm, CommunityForm, JoinForm
from register.directory.forms.fields import LastDayForm
from register.directory.permissions import (
    may_keep_members,
    visible_communities,
    visible_partnerships,
)
from register.directory.services import communities as services
from register.directory.views.conversation import (
    asks,
    belongs,
    community_or_404,
    facts_of,
    history_page,
    partnership_or_404,
)
from register.ledger.models import Entry
from register.ui.pages import form_page


@require_safe
@belongs
def communities(request: HttpRequest) -> HttpResponse:
    """The information communities of the reader's partnerships."""
    day = today()
    runs = Q(members__ends_on__isnull=True) | Q(members__ends_on__gte=day)
    begun = Q(members__starts_on__isnull=True) | Q(members__starts_on__lte=day)
    rows = visible_communities(request.user).select_related("partnership")
    rows = rows.annotate(
        members_now=Count("members", filter=Q(members__isnull=False) & runs & begun)
    )
    places = list(visible_partnerships(request.user).order_by("name"))
    context = {
        "title": "Information communities",
        "communities": list(rows.order_by(F("ends_on").asc(nulls_first=True), "name", "pk")),
        "day": day,
        "addable": [place for place in places if may_keep_members(request.user, place)],
        "is_many": len(places) > 1,
    }
    return render(request, "directory/communities.html", context)


@require_safe
def community(request: HttpRequest, slug: str) -> HttpResponse:
    """A community: its shared objective and its members, past ones too."""
    found = community_or_404(request, slug)
    day = today()
    members = found.members.select_related("organisation__merged_into")
    rows = list(members.order_by("organisation__legal_name", "starts_on", "pk"))
    context = {
        "title": found.name,
        "community": found,
        "members": [row for row in rows if row.ends_on is None or row.ends_on >= day],
        "past": [row for row in rows if row.ends_on is not None and row.ends_on < day],
        "may_keep": may_keep_members(request.user, found.partnership),
    }
    return render(request, "directory/community.html", context)


@asks
def add_community(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a community to a partnership."""
    place = partnership_or_404(request, slug)
    require(may_keep_members(request.user, place))
    return form_page(
        request,
        CommunityForm,
        act=partial(services.add_community, by=request.user, partnership=place),
        title="Add an information community",
        button="Add the community",
        done="The community is added.",
        to=lambda added: added.get_absolute_url(),
        back=reverse("directory:communities"),
    )


@asks
def change_community(request: HttpRequest, slug: str) -> HttpResponse:
    """The name, the objective and the days of a community."""
    found = community_or_404(request, slug)
    require(may_keep_members(request.user, found.partnership))
    return form_page(
        request,
        CommunityEditForm,
        act=partial(services.change_community, by=request.user, community=found),
        title=f"Change {found.name}",
        button="Save the community",
        done="The community is saved.",
        to=found.get_absolute_url(),
        back=found.get_absolute_url(),
        initial=facts_of(found, services.FACTS),
    )


@asks
def join_community(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a body to a community."""
    found = community_or_404(request, slug)
    require(may_keep_members(request.user, found.partnership))
    return form_page(
        request,
        partial(JoinForm, user=request.user),
        act=partial(services.join_community, by=request.user, community=found),
        title=f"Add a body to {found.name}",
        button="Add the body",
        done="The body is in the community.",
        to=found.get_absolute_url(),
        back=found.get_absolute_url(),
        initial={"starts_on": today()},
    )


@asks
def leave_community(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End a body's time in a community."""
    found = community_or_404(request, slug)
    member = get_object_or_404(found.members.select_related("organisation"), pk=pk)
    require(may_keep_members(request.user, found.partnership))
    return form_page(
        request,
        LastDayForm,
        act=partial(services.leave_community, by=request.user, member=member),
        title=f"{member.organisation} leaves {found.name}",
        button="End its time in the community",
        done=f"{member.organisation} has a last day in the community.",
        to=found.get_absolute_url(),
        back=found.get_absolute_url(),
        initial={"ends_on": today()},
        context={"danger": True, "touches": touched_for(community_ends(member), request.user)},
    )


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Who changed what about a community."""
    found = community_or_404(request, slug)
    entries = Entry.objects.about(found)
    title = f"History of {found.name}"
    return history_page(request, entries, title=title, back=found.get_absolute_url())
