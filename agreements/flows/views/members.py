"""Who belongs to a group of an agreement: the dated schedule, joining and leaving."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from agreements.flows.forms.groups import DayForm, JoinForm, LeaveForm
from agreements.flows.models import GroupMember, PartyGroup
from agreements.flows.services import groups as services
from register.core.dates import today
from register.core.sheets_out import csv_lines
from register.core.verdicts import require
from register.directory.forms.fields import offer_bodies
from register.documents.models import Document
from register.documents.permissions import may_edit, readable_versions
from register.documents.views.conversation import asks, edit_page
from register.documents.views.files import file_answer
from register.documents.views.finding import document_or_404

HEADER = ("Body", "From", "Until", "Joining form signed by", "Post", "Joining form")


@require_safe
def members(request: HttpRequest, ref: str, group: UUID) -> HttpResponse:
    """The bodies that belong to a group on a day, and those that have left it."""
    document = document_or_404(request, ref)
    found = _group(request, document, group)
    asked = DayForm(request.GET or None)
    day = _day(request)
    context = {
        "title": f"Members of {found.name}",
        "document": document,
        "group": found,
        "form": asked,
        "day": day,
        "rows": list(_members(document, group).current(day)),
        "others": list(_members(document, group).exclude(pk__in=_on(document, group, day))),
        "may_edit": may_edit(request.user, document),
    }
    status = 422 if asked.is_bound and not asked.is_valid() else 200
    return render(request, "flows/members.html", context, status=status)


@require_safe
def export(request: HttpRequest, ref: str, group: UUID) -> StreamingHttpResponse:
    """The members of a group on a day as a CSV file."""
    document = document_or_404(request, ref)
    found = _group(request, document, group)
    rows = (
        (
            m.organisation.legal_name,
            m.starts_on,
            m.ends_on,
            m.form_signatory,
            m.form_post,
            m.form_name,
        )
        for m in _members(document, group).current(_day(request))
    )
    lines = (line.encode() for line in csv_lines(HEADER, rows))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"{document.reference} {found.name} {_day(request):%Y-%m-%d}.csv".replace("/", "-")
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@asks
def join(request: HttpRequest, ref: str, group: UUID) -> HttpResponse:
    """Record that a body joined by its joining form."""
    document = document_or_404(request, ref)
    require(may_edit(request.user, document))
    found = _group(request, document, group)

    def make(data=None, files=None, initial=None):
        made = JoinForm(data, files, initial=initial)
        offer_bodies(made, request.user)
        return made

    def act(form=None, **said):
        given = {"content": form.read(), "name": form.name} if form else {}
        return services.join_group(by=request.user, document=document, group=group, **said, **given)

    to = _address(document, group)
    return edit_page(
        request, make, act=act, title=f"Add a member of {found.name}", button="Add member",
        done="The body is a member of the group.", to=to, back=to,
        context={"document": document, "caption": document.reference},
    )  # fmt: skip


@asks
def leave(request: HttpRequest, ref: str, group: UUID, pk: int) -> HttpResponse:
    """Record a body's last day in a group."""
    document = document_or_404(request, ref)
    require(may_edit(request.user, document))
    found = _group(request, document, group)
    member = get_object_or_404(_members(document, group), pk=pk)
    to = _address(document, group)
    return edit_page(
        request, LeaveForm, title=f"{member.organisation} leaves {found.name}",
        initial={"row_version": member.row_version, "on": member.ends_on or today()},
        act=partial(services.leave_group, by=request.user, member=member),
        button="Record the last day", done="The last day is recorded.", to=to, back=to,
        theirs=lambda now: [("Last day in the group", now.ends_on)],
        context={"document": document, "caption": document.reference},
    )  # fmt: skip


@require_safe
def joining_form(request: HttpRequest, ref: str, group: UUID, pk: int) -> HttpResponse:
    """The scanned joining form of a member."""
    document = document_or_404(request, ref)
    require(may_edit(request.user, document))
    member = get_object_or_404(_members(document, group), pk=pk)
    if member.form is None:
        raise Http404("No joining form was kept.")
    return file_answer(member.form, member.form_name)


def _group(request: HttpRequest, document: Document, lineage: UUID) -> PartyGroup:
    versions = readable_versions(request.user, document).order_by()
    rows = PartyGroup.objects.filter(version__in=versions, lineage=lineage)
    found = rows.select_related("version").order_by("-version__number").first()
    if found is None:
        raise Http404("The agreement has no such group.")
    return found


def _members(document: Document, group: UUID):
    rows = GroupMember.objects.filter(document=document, group=group)
    rows = rows.select_related("organisation", "form")
    return rows.order_by("organisation__legal_name", "starts_on", "pk")


def _on(document: Document, group: UUID, day: date):
    return _members(document, group).current(day).order_by().values("pk")


def _day(request: HttpRequest) -> date:
    asked = DayForm(request.GET)
    return (asked.cleaned_data["on"] if asked.is_valid() else None) or today()


def _address(document: Document, group: UUID) -> str:
    return reverse("flows:members", args=[document.reference, group])
