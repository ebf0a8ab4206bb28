"""Pages for posts, who holds them, roles and invitations."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.accounts.roles import PARTNERSHIP_ROLES, ROLES
from register.core.dates import today
from register.core.verdicts import require
from register.directory.forms.fields import LastDayForm
from register.directory.forms.people import (
    FillPostForm,
    InviteForm,
    InvitePersonForm,
    PostEditForm,
    PostForm,
    RoleForm,
)
from register.directory.models import Appointment, Partnership
from register.directory.permissions import (
    may_administer,
    may_maintain,
    visible_partnerships,
    visible_people,
)
from register.directory.services import appointments as services
from register.directory.services import logins, posts
from register.directory.views.conversation import (
    asks,
    body_or_404,
    facts_of,
    partnership_or_404,
    person_or_404,
    post_or_404,
)
from register.ui.pages import form_page

POST_FACTS = ("kind", "title", "mailbox", "phone")


@asks
def add_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a post to a body."""
    body = body_or_404(request, pk)
    require(may_maintain(request.user, body))
    return form_page(
        request,
        PostForm,
        act=partial(posts.add_post, by=request.user, organisation=body),
        title=f"Add a post to {body.called}",
        button="Add the post",
        done="The post is added. It is vacant until somebody is appointed.",
        to=body.get_absolute_url(),
        back=body.get_absolute_url(),
    )


@asks
def change_post(request: HttpRequest, pk: int) -> HttpResponse:
    """The kind, the title and the contacts of a post."""
    post = post_or_404(request, pk)
    require(may_maintain(request.user, post.organisation))
    back = post.organisation.get_absolute_url()
    return form_page(
        request,
        PostEditForm,
        act=partial(posts.change_post, by=request.user, post=post),
        title=f"Change {post}",
        button="Save the post",
        done="The post is saved.",
        to=back,
        back=back,
        initial=facts_of(post, POST_FACTS),
    )


@asks
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Abolish a post."""
    post = post_or_404(request, pk)
    require(may_maintain(request.user, post.organisation))
    back = post.organisation.get_absolute_url()
    return form_page(
        request,
        LastDayForm,
        act=partial(posts.end_post, by=request.user, post=post),
        title=f"End the post {post}",
        button="End the post",
        done="The post has an end.",
        to=back,
        back=back,
        initial={"ends_on": today()},
        context={"danger": True},
    )


@asks
def fill_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint somebody to a post."""
    post = post_or_404(request, pk)
    require(may_maintain(request.user, post.organisation))
    back = post.organisation.get_absolute_url()
    search = request.GET.get("name", "")
    return form_page(
        request,
        partial(FillPostForm, user=request.user, post=post, search=search),
        act=partial(services.fill_post, by=request.user, post=post),
        title=f"Appoint somebody to {post}",
        button="Appoint to the post",
        done="The appointment is made.",
        to=back,
        back=back,
        template="directory/fill_post.html",
        initial={"starts_on": today(), "capacity": "holder"},
        context={"search": search, "post": post},
    )


@asks
def end_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """End an appointment to a post or a role."""
    rows = Appointment.objects.filter(person__in=visible_people(request.user))
    row = get_object_or_404(
        rows.select_related("person", "post__organisation", "membership__organisation"), pk=pk
    )
    require(services.may_end(request.user, row))
    back = row.person.get_absolute_url()
    return form_page(
        request,
        LastDayForm,
        act=partial(services.end_appointment, by=request.user, appointment=row),
        title=f"End the appointment of {row}",
        button="End the appointment",
        done="The appointment has an end.",
        to=back,
        back=back,
        initial={"ends_on": today()},
        context={"danger": True, "intro": "What was signed in this appointment stays signed."},
    )


@require_safe
def roles(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has which role in a partnership: for its administrators."""
    place = partnership_or_404(request, slug)
    require(may_administer(request.user, place))
    rows = Appointment.objects.to_roles().current(today())
    rows = rows.filter(partnership=place) | rows.filter(membership__partnership=place)
    rows = rows.select_related("person__user", "membership__organisation", "partnership")
    context = {
        "title": f"Roles in {place.name}",
        "partnership": place,
        "rows": sorted(rows, key=_rank),
        "roles": ROLES.values(),
    }
    return render(request, "directory/roles.html", context)


@asks
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Give somebody new a login and a role."""
    place = partnership_or_404(request, slug)
    require(may_administer(request.user, place))
    back = reverse("directory:roles", args=[place.slug])
    return form_page(
        request,
        partial(InviteForm, partnership=place),
        act=partial(logins.invite, by=request.user),
        title=f"Invite somebody to {place.name}",
        button="Send the invitation",
        done="The invitation is on its way.",
        to=back,
        back=back,
        initial={"starts_on": today()},
    )


@asks
def invite_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody in the directory a role, and a login where they have none."""
    person = person_or_404(request, pk)
    place = _place(request)
    require(may_administer(request.user, place))
    contact = getattr(person, "contact", None)
    common: dict[str, Any] = {
        "to": person.get_absolute_url(),
        "back": person.get_absolute_url(),
        "initial": {"starts_on": today(), "email": contact.email if contact else ""},
        "context": {"partnership": place},
    }
    if person.user_id:
        return form_page(
            request,
            partial(RoleForm, partnership=place),
            act=partial(services.appoint_to_role, by=request.user, person=person),
            title=f"Give {person.name} a role in {place.name}",
            button="Give the role",
            done="The role is given.",
            **common,
        )
    return form_page(
        request,
        partial(InvitePersonForm, partnership=place),
        act=partial(logins.invite, by=request.user, person=person),
        title=f"Give {person.name} a login and a role in {place.name}",
        button="Send the invitation",
        done="The invitation is on its way.",
        **common,
    )


def _place(request: HttpRequest) -> Partnership:
    """The partnership that the address names, else the first that the reader administers."""
    places = visible_partnerships(request.user).order_by("pk")
    if slug := request.GET.get("partnership", ""):
        return get_object_or_404(places, slug=slug)
    administered = [place for place in places if may_administer(request.user, place)]
    if not administered:
        require(may_administer(request.user))
    return administered[0]


def _rank(row: Appointment) -> tuple:
    is_body = row.role not in PARTNERSHIP_ROLES
    body = row.membership.organisation.legal_name if row.membership_id else ""
    return (is_body, list(ROLES).index(row.role), body, row.person.name)
