"""Pages for a body's names and numbers, its arrangement, and records that are one body."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from register.core.dates import today
from register.core.verdicts import require
from register.directory.forms.fields import LastDayForm
from register.directory.forms.organisations import (
    ArrangementMemberForm,
    BodyEditForm,
    IdentifierForm,
    MergeForm,
    NameForm,
    ReasonForm,
)
from register.directory.models import Organisation
from register.directory.permissions import may_keep_body, may_maintain
from register.directory.services import merging, names
from register.directory.services import organisations as services
from register.directory.views.conversation import asks, body_or_404, facts_of
from register.directory.views.organisations import FACTS
from register.ui.pages import form_page


@asks
def add_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep another name of a body."""
    body = body_or_404(request, pk)
    require(may_keep_body(request.user, body))
    return _page(
        request, body, NameForm, names.add_name, "Add a name", "Add the name",
        "The name is added.",
    )  # fmt: skip


@asks
def remove_name(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a name off a body."""
    body = body_or_404(request, pk)
    found = get_object_or_404(body.names.all(), pk=row)
    require(may_keep_body(request.user, body))
    return form_page(
        request,
        ReasonForm,
        act=partial(names.remove_name, by=request.user, row=found),
        title=f"Remove the name “{found.name}”",
        button="Remove the name",
        done="The name is removed.",
        to=body.get_absolute_url(),
        back=body.get_absolute_url(),
        context={
            "intro": "Remove it only where it was recorded in error: imports match by it.",
            "danger": True,
        },
    )


@asks
def add_identifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a number of a body."""
    body = body_or_404(request, pk)
    require(may_maintain(request.user, body))
    return _page(
        request, body, IdentifierForm, names.add_identifier, "Add an identifier",
        "Add the identifier", "The identifier is added.",
    )  # fmt: skip


@asks
def end_identifier(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Record that a number is no longer the body's."""
    body = body_or_404(request, pk)
    found = get_object_or_404(body.identifiers.all(), pk=row)
    require(may_maintain(request.user, body))
    return form_page(
        request,
        LastDayForm,
        act=partial(names.end_identifier, by=request.user, row=found),
        title=f"End the identifier {found}",
        button="End the identifier",
        done="The identifier has an end.",
        to=body.get_absolute_url(),
        back=body.get_absolute_url(),
        initial={"ends_on": today()},
    )


@asks
def add_arrangement_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a body that makes up an arrangement."""
    body = body_or_404(request, pk)
    require(may_keep_body(request.user, body))
    return form_page(
        request,
        partial(ArrangementMemberForm, user=request.user),
        act=partial(services.add_arrangement_member, by=request.user, arrangement=body),
        title=f"Add a body to {body.called}",
        button="Add the body",
        done="The body is in the arrangement.",
        to=body.get_absolute_url(),
        back=body.get_absolute_url(),
        initial={"starts_on": today()},
    )


@asks
def end_arrangement_member(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Record that a body left an arrangement."""
    body = body_or_404(request, pk)
    found = get_object_or_404(body.arrangement_members.select_related("member"), pk=row)
    require(may_keep_body(request.user, body))
    return form_page(
        request,
        LastDayForm,
        act=partial(services.end_arrangement_member, by=request.user, row=found),
        title=f"{found.member} leaves {body.called}",
        button="End its time in the arrangement",
        done="The body has a last day in the arrangement.",
        to=body.get_absolute_url(),
        back=body.get_absolute_url(),
        initial={"ends_on": today()},
    )


@asks
def confirm_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a body that an import could not match, or merge it with the one that was meant."""
    body = body_or_404(request, pk)
    require(may_keep_body(request.user, body))
    context = {
        "organisation": body,
        "suggestions": merging.suggestions(body),
        "refers": merging.what_refers_to(body, request.user),
    }
    return form_page(
        request,
        partial(BodyEditForm, user=request.user),
        act=partial(services.confirm_organisation, by=request.user, organisation=body),
        title=f"Is {body.legal_name} a body of its own?",
        button="Confirm it as a body of its own",
        done="The body is confirmed.",
        to=body.get_absolute_url(),
        back=body.get_absolute_url(),
        template="directory/confirm.html",
        initial=facts_of(body, FACTS),
        context=context,
    )


@asks
def merge_organisations(request: HttpRequest, pk: int) -> HttpResponse:
    """Join a duplicate record to the one that survives, after a look at what refers to it."""
    body = body_or_404(request, pk)
    require(may_keep_body(request.user, body))
    context = {
        "organisation": body,
        "refers": merging.what_refers_to(body, request.user),
        "danger": True,
    }
    return form_page(
        request,
        partial(MergeForm, user=request.user),
        act=partial(merging.merge_organisations, by=request.user, duplicate=body),
        title=f"Merge {body.legal_name} into another record",
        button="Merge the records",
        done="The records are merged.",
        to=lambda survivor: survivor.get_absolute_url(),
        back=body.get_absolute_url(),
        template="directory/merge.html",
        initial={"row_version": body.row_version, "into": request.GET.get("into", "")},
        context=context,
    )


def _page(request, body: Organisation, form_class, act, title, button, done) -> HttpResponse:
    return form_page(
        request,
        form_class,
        act=partial(act, by=request.user, organisation=body),
        title=f"{title} to {body.called}",
        button=button,
        done=done,
        to=body.get_absolute_url(),
        back=body.get_absolute_url(),
    )
