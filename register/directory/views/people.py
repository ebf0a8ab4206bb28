"""The list of people, the page of a person, how to reach them, and their login."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.accounts.roles import ROLES
from register.core.dates import today
from register.core.verdicts import require
from register.directory.forms.organisations import ReasonForm
from register.directory.forms.people import CloseLoginForm, ContactForm, PersonForm, RenameForm
from register.directory.models import Appointment, Organisation, Person
from register.directory.permissions import (
    may_add_person,
    may_administer,
    may_change_contact,
    may_close_login,
    may_keep_person,
    may_read_contact,
    may_read_person_history,
    visible_people,
)
from register.directory.searching import people_like
from register.directory.services import logins
from register.directory.services import people as services
from register.directory.services.appointments import may_end
from register.directory.timeline import acts_of_and_about
from register.directory.views.conversation import (
    asks,
    belongs,
    history_page,
    person_or_404,
)
from register.ledger.private import open_to
from register.ui.listing import page_of, size_of
from register.ui.pages import form_page


@require_safe
@belongs
def people(request: HttpRequest) -> HttpResponse:
    """Everybody that the reader may know of, with the posts and roles they hold today."""
    asked = request.GET.dict()
    rows = people_like(visible_people(request.user), asked.get("name", ""))
    page = page_of(rows, order=["name", "pk"], asked=asked, size=size_of(asked))
    context = {
        "title": "People",
        "page": page,
        "lines": _lines(page.rows),
        "asked": asked,
        "may_add": may_add_person(request.user),
    }
    return render(request, "directory/people.html", context)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person: posts and roles now and before, and, for colleagues, how to reach them."""
    found = person_or_404(request, pk)
    day = today()
    rows = _appointments(Appointment.objects.filter(person=found)).order_by("-starts_on", "-pk")
    lines = [_appointment_line(request, row, day) for row in rows]
    administers = may_administer(request.user)
    context = {
        "title": found.name,
        "person": found,
        "current": [line for line in lines if line["is_current"]],
        "past": [line for line in lines if not line["is_current"]],
        "contact": getattr(found, "contact", None),
        "may_read_contact": may_read_contact(request.user, found),
        "may_contact": may_change_contact(request.user, found),
        "may_keep": may_keep_person(request.user, found),
        "may_history": may_read_person_history(request.user, found),
        "may_login": may_close_login(request.user, found),
        "administers": administers,
    }
    return render(request, "directory/person.html", context)


@asks
def add_person(request: HttpRequest) -> HttpResponse:
    """Add a person."""
    require(may_add_person(request.user))
    return form_page(
        request,
        PersonForm,
        act=partial(services.add_person, by=request.user),
        title="Add a person",
        button="Add the person",
        done="The person is added.",
        to=lambda added: _after_adding(request, added),
        back=reverse("directory:people"),
    )


@asks
def rename_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a person's name."""
    found = person_or_404(request, pk)
    require(may_keep_person(request.user, found))
    return form_page(
        request,
        RenameForm,
        act=partial(services.rename_person, by=request.user, person=found),
        title=f"Change the name of {found.name}",
        button="Save the name",
        done="The name is saved.",
        to=found.get_absolute_url(),
        back=found.get_absolute_url(),
        initial={"name": found.name, "row_version": found.row_version},
        context={"intro": "What this person signed keeps the name of its day."},
    )


@asks
def change_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how to reach a person."""
    found = person_or_404(request, pk)
    require(may_change_contact(request.user, found))
    contact = getattr(found, "contact", None)
    initial = {
        "email": contact.email if contact else "",
        "phone": contact.phone if contact else "",
        "row_version": contact.row_version if contact else 0,
    }
    return form_page(
        request,
        ContactForm,
        act=partial(services.change_contact, by=request.user, person=found),
        title=f"How to reach {found.name}",
        button="Save the contact details",
        done="The contact details are saved.",
        to=found.get_absolute_url(),
        back=found.get_absolute_url(),
        initial=initial,
    )


@asks
def erase_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Empty a person's contact details."""
    found = person_or_404(request, pk)
    require(may_keep_person(request.user, found))
    return form_page(
        request,
        CloseLoginForm,
        act=partial(services.erase_contact, by=request.user, person=found),
        title=f"Erase the contact details of {found.name}",
        button="Erase the contact details",
        done="The contact details are erased.",
        to=found.get_absolute_url(),
        back=found.get_absolute_url(),
        context={"danger": True},
    )


@asks
def close_login(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a person's login at once."""
    found = person_or_404(request, pk)
    require(may_close_login(request.user, found))
    return form_page(
        request,
        CloseLoginForm,
        act=partial(logins.close_login, by=request.user, person=found),
        title=f"Close the login of {found.name}",
        button="Close the login",
        done="The login is closed.",
        to=found.get_absolute_url(),
        back=found.get_absolute_url(),
        context={
            "intro": "Open sessions end at once, and codes and links stop working.",
            "danger": True,
        },
    )


@asks
def open_login(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed login again."""
    found = person_or_404(request, pk)
    require(may_close_login(request.user, found))
    return form_page(
        request,
        ReasonForm,
        act=partial(logins.open_login, by=request.user, person=found),
        title=f"Open the login of {found.name} again",
        button="Open the login",
        done="The login is open.",
        to=found.get_absolute_url(),
        back=found.get_absolute_url(),
    )


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was done about a person, and what the person did."""
    found = person_or_404(request, pk)
    return history_page(
        request,
        open_to(request.user, acts_of_and_about(found)),
        title=f"History of {found.name}",
        back=found.get_absolute_url(),
        verdict=may_read_person_history(request.user, found),
    )


def _after_adding(request: HttpRequest, added: Person) -> str:
    # A body's own officer sees a person once appointed, so not yet.
    if visible_people(request.user).filter(pk=added.pk).exists():
        return added.get_absolute_url()
    return reverse("directory:people")


def _appointments(rows):
    return rows.select_related(
        "post__organisation", "membership__organisation", "membership__partnership", "partnership"
    )


def _appointment_line(request: HttpRequest, row: Appointment, day) -> dict:
    body: Organisation | None = None
    if row.post_id:
        body = row.post.organisation
    elif row.membership_id:
        body = row.membership.organisation
    is_over = row.ends_on is not None and row.ends_on < day
    return {
        "row": row,
        "words": row.post.title if row.post_id else ROLES[row.role].name,
        "capacity": row.get_capacity_display() if row.post_id else "Role in the register",
        "body": body,
        "partnership": row.partnership,
        "is_current": not is_over,
        "may_end": row.ends_on is None and bool(may_end(request.user, row)),
    }


def _lines(rows: list[Person]) -> list[dict]:
    held: dict[int, list[Appointment]] = {}
    found = Appointment.objects.current(today()).filter(person__in=rows)
    for row in _appointments(found).order_by("starts_on", "pk"):
        held.setdefault(row.person_id, []).append(row)
    return [
        {
            "person": person,
            "posts": [row.post for row in held.get(person.pk, []) if row.post_id],
            "roles": [_role(row) for row in held.get(person.pk, []) if row.role],
        }
        for person in rows
    ]


def _role(row: Appointment) -> str:
    place = row.partnership or row.membership.organisation
    return f"{ROLES[row.role].name}, {place}"
