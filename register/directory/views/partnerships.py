"""Pages of a partnership: its tiers, its settings, what it expects, whom it waits for."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.core.dates import today
from register.core.verdicts import require
from register.directory.forms.partnerships import (
    PartnershipAddForm,
    PartnershipEditForm,
    TierPostsForm,
)
from register.directory.models import Community, Membership
from register.directory.models.partnerships import Tier
from register.directory.permissions import may_administer, may_keep_members, visible_partnerships
from register.directory.rosters import missing_nominations
from register.directory.services import partnerships as services
from register.directory.views.conversation import (
    asks,
    belongs,
    facts_of,
    history_page,
    partnership_or_404,
)
from register.ledger.models import Entry
from register.lists.labels import labels
from register.ui.pages import form_page


@require_safe
@belongs
def partnerships(request: HttpRequest) -> HttpResponse:
    """The partnerships of the reader."""
    rows = list(visible_partnerships(request.user).order_by("name", "pk"))
    context = {
        "title": "Partnerships",
        "partnerships": rows,
        "may_add": may_administer(request.user),
    }
    return render(request, "directory/partnerships.html", context)


@require_safe
def partnership(request: HttpRequest, slug: str) -> HttpResponse:
    """A partnership: its tiers, its members, what is missing."""
    found = partnership_or_404(request, slug)
    members = _current_members(found)
    context = {
        "title": found.name,
        "partnership": found,
        "members": members,
        "bodies_count": len(members),
        "communities": list(_current_communities(found)),
        "tiers": _tiers(found),
        "missing": missing_nominations(found),
        "may_settings": may_administer(request.user, found),
        "may_members": may_keep_members(request.user, found),
    }
    return render(request, "directory/partnership.html", context)


@asks
def add_partnership(request: HttpRequest) -> HttpResponse:
    """Add a partnership."""
    require(may_administer(request.user))
    return form_page(
        request,
        PartnershipAddForm,
        act=partial(services.add_partnership, by=request.user),
        title="Add a partnership",
        button="Add the partnership",
        done="The partnership is added.",
        to=lambda added: added.get_absolute_url(),
        back=reverse("directory:partnerships"),
    )


@asks
def change_partnership(request: HttpRequest, slug: str) -> HttpResponse:
    """The settings of a partnership."""
    found = partnership_or_404(request, slug)
    require(may_administer(request.user, found))
    return form_page(
        request,
        PartnershipEditForm,
        act=partial(services.change_partnership, by=request.user, partnership=found),
        title=f"Settings of {found.name}",
        button="Save the settings",
        done="The settings are saved.",
        to=found.get_absolute_url(),
        back=found.get_absolute_url(),
        initial=facts_of(found, services.FACTS),
    )


@asks
def set_tier_posts(request: HttpRequest, slug: str, tier: int) -> HttpResponse:
    """Which posts of each party are expected to sign documents of a tier."""
    found = partnership_or_404(request, slug)
    if tier not in Tier.values:
        raise Http404("There are three tiers.")
    require(may_administer(request.user, found))
    word = found.word(tier)
    return form_page(
        request,
        TierPostsForm,
        act=partial(services.set_tier_posts, by=request.user, partnership=found, tier=tier),
        title=f"Who signs tier {tier}: {word}",
        button="Save the posts",
        done=f"The posts expected to sign tier {tier} are saved.",
        to=found.get_absolute_url(),
        back=found.get_absolute_url(),
        initial=_tier_initial(found, tier),
        context={"intro": "Each party is asked for these posts, in this order."},
    )


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Who changed what about a partnership."""
    found = partnership_or_404(request, slug)
    entries = Entry.objects.about(found)
    title = f"History of {found.name}"
    return history_page(request, entries, title=title, back=found.get_absolute_url())


def _current_members(partnership) -> list[Membership]:
    rows = partnership.memberships.current(today()).select_related("organisation__merged_into")
    return list(rows.order_by("organisation__legal_name", "pk"))


def _current_communities(partnership):
    return Community.objects.current(today()).filter(partnership=partnership).order_by("name")


def _tiers(partnership) -> list[dict]:
    words = labels("post_kind")
    posts: dict[int, list[dict]] = {}
    for row in partnership.tier_posts.order_by("tier", "position"):
        said = {"words": words.get(row.post_kind, row.post_kind), "is_required": row.is_required}
        posts.setdefault(row.tier, []).append(said)
    return [
        {"number": tier.value, "word": partnership.word(tier), "posts": posts.get(tier.value, [])}
        for tier in Tier
    ]


def _tier_initial(partnership, tier: int) -> dict:
    initial = {}
    rows = partnership.tier_posts.filter(tier=tier).order_by("position")
    for number, row in enumerate(rows, 1):
        initial[f"post_{number}"] = row.post_kind
        initial[f"needed_{number}"] = row.is_required
    return initial
