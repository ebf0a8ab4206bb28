"""The list of bodies, the page of a body, and what is kept on it."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.core.dates import today
from register.core.verdicts import require
from register.directory.assurance_lines import section_of
from register.directory.forms.fields import LastDayForm
from register.directory.forms.organisations import AddressesForm, BodyEditForm, BodyFacts
from register.directory.models import CommunityMember, Identifier, Membership, Organisation
from register.directory.permissions import (
    may_add_body,
    may_keep_body,
    may_maintain,
    visible_bodies,
    visible_communities,
    visible_partnerships,
)
from register.directory.rosters import lacks_senior_officer, posts_of
from register.directory.searching import (
    STANDINGS,
    bodies_in,
    bodies_like,
    bodies_standing,
    cleaned,
)
from register.directory.services import organisations as services
from register.directory.survivors import records_of
from register.directory.timeline import acts_about_body
from register.directory.views.conversation import (
    asks,
    belongs,
    body_or_404,
    facts_of,
    history_page,
)
from register.lists.labels import choices, label, labels
from register.ui.listing import page_of, size_of
from register.ui.pages import form_page

FACTS = tuple(name for name in services.FACTS if name != "ends_on")


@require_safe
@belongs
def organisations(request: HttpRequest) -> HttpResponse:
    """Every body that the reader may know of, dense, with search and filters."""
    asked = request.GET.dict()
    places = visible_partnerships(request.user)
    rows = bodies_standing(visible_bodies(request.user), asked.get("standing", ""))
    rows = bodies_like(rows, asked.get("name", ""))
    if kind := cleaned(asked.get("kind", "")):
        rows = rows.filter(kind=kind)
    if asked.get("partnership", "").isdecimal():
        rows = bodies_in(rows, int(asked["partnership"][:18]))
    rows = rows.prefetch_related("identifiers", "memberships__partnership")
    page = page_of(rows, order=["legal_name", "pk"], asked=asked, size=size_of(asked))
    context = {
        "title": "Bodies",
        "page": page,
        "lines": [_line(body) for body in page.rows],
        "kinds": choices("organisation_kind"),
        "standings": STANDINGS,
        "partnerships": list(places.order_by("name")),
        "asked": asked,
        "may_add": may_add_body(request.user),
    }
    return render(request, "directory/organisations.html", context)


@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """A body: its facts, names, numbers, memberships, posts and who holds them."""
    body = body_or_404(request, pk)
    # What hangs on records that were merged into it is the body's own.
    records = {pk} if body.merged_into_id else records_of(pk)
    roster = posts_of(Organisation.objects.filter(pk__in=records))
    context = {
        "title": body.legal_name,
        "organisation": body,
        "kind": label("organisation_kind", body.kind) if body.kind else "Not recorded",
        "posts": roster,
        "lacks_senior_officer": lacks_senior_officer(body, roster),
        "may_keep": may_keep_body(request.user, body),
        "may_maintain": may_maintain(request.user, body),
        "has_ended": body.ends_on is not None and body.ends_on < today(),
        "about_body": ["documents/_about_body.html", "directory/_nothing.html"],
        "assurance": section_of(request.user, body),
        **_around(request, body, records),
    }
    return render(request, "directory/organisation.html", context)


@asks
def add_organisation(request: HttpRequest) -> HttpResponse:
    """Add a body."""
    require(may_add_body(request.user))
    return form_page(
        request,
        partial(BodyFacts, user=request.user),
        act=partial(services.add_organisation, by=request.user),
        title="Add a body",
        button="Add the body",
        done="The body is added.",
        to=lambda added: added.get_absolute_url(),
        back=reverse("directory:organisations"),
    )


@asks
def change_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """The facts of a body; for its own officer its addresses and ICO registration."""
    body = body_or_404(request, pk)
    require(may_maintain(request.user, body))
    keeps = bool(may_keep_body(request.user, body))
    names = FACTS if keeps else services.CONTACT_FACTS
    return form_page(
        request,
        partial(BodyEditForm, user=request.user) if keeps else AddressesForm,
        act=partial(services.change_organisation, by=request.user, organisation=body),
        title=f"Change {body.called}",
        button="Save the body",
        done="The body is saved.",
        to=body.get_absolute_url(),
        back=body.get_absolute_url(),
        initial=facts_of(body, names),
    )


@asks
def end_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a body has ended."""
    body = body_or_404(request, pk)
    require(may_keep_body(request.user, body))
    intro = "What it signed keeps its name. It can no longer be chosen for something new."
    return form_page(
        request,
        LastDayForm,
        act=partial(services.end_organisation, by=request.user, organisation=body),
        title=f"{body.called} has ended",
        button="Record the end of the body",
        done="The end of the body is recorded.",
        to=body.get_absolute_url(),
        back=body.get_absolute_url(),
        initial={"ends_on": today()},
        context={"intro": intro, "danger": True},
    )


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who changed what about a body, its posts and its memberships."""
    body = body_or_404(request, pk)
    entries = acts_about_body(request.user, body)
    title = f"History of {body.legal_name}"
    return history_page(request, entries, title=title, back=body.get_absolute_url())


def _around(request: HttpRequest, body: Organisation, records: set[int]) -> dict:
    places = visible_partnerships(request.user)
    communities = visible_communities(request.user)
    members = body.arrangement_members.select_related("member")
    return {
        "names": body.names.order_by("name"),
        "identifiers": Identifier.objects.filter(organisation__in=records).order_by(
            "scheme", "value"
        ),
        "memberships": Membership.objects.filter(organisation__in=records, partnership__in=places)
        .select_related("partnership")
        .order_by("partnership__name", "starts_on"),
        "communities": CommunityMember.objects.filter(
            organisation__in=records, community__in=communities
        )
        .select_related("community")
        .order_by("community__name"),
        "arrangement_members": members.order_by("member__legal_name"),
        "arrangements": body.arrangements.select_related("arrangement"),
        "units": body.units.filter(merged_into__isnull=True).order_by("legal_name"),
        "merged_from": body.merged_from.order_by("legal_name"),
        "day": today(),
    }


def _line(body: Organisation) -> dict:
    words, day = labels("organisation_kind"), today()
    current = [row for row in body.memberships.all() if row.holds_on(day)]
    return {
        "body": body,
        "kind": words.get(body.kind, body.kind),
        "identifiers": list(body.identifiers.all())[:3],
        "memberships": current,
        "has_ended": body.ends_on is not None and body.ends_on < day,
    }
