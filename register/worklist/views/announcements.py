"""What the office announces, who has read it, and saying that one has."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from register.directory.views.conversation import belongs
from register.documents.views.conversation import asks
from register.ui.listing import page_of, size_of
from register.ui.pages import after, form_page
from register.worklist.announced import not_acknowledged_by, visible_announcements
from register.worklist.forms import AnnouncementForm
from register.worklist.models import Announcement
from register.worklist.permissions import announcing_partnerships, may_acknowledge, may_announce
from register.worklist.services import announcing


@require_safe
@belongs
def announcements(request: HttpRequest) -> HttpResponse:
    """What was announced in the reader's partnerships, newest first."""
    asked = request.GET.dict()
    rows = visible_announcements(request.user).select_related("partnership")
    page = page_of(rows, order=["-pk"], asked=asked, size=size_of(asked))
    context = {
        "title": "Announcements",
        "page": page,
        "may_announce": bool(announcing_partnerships(request.user)),
    }
    return render(request, "worklist/announcements.html", context)


@asks
def write(request: HttpRequest) -> HttpResponse:
    """The form by which the office announces something."""
    partnerships = announcing_partnerships(request.user)
    if not partnerships:
        raise PermissionDenied("Only officers of a partnership office may announce something.")
    back = reverse("worklist:announcements")
    return form_page(
        request, partial(AnnouncementForm, partnerships=partnerships),
        act=partial(announcing.announce, by=request.user), title="Write an announcement",
        button="Show it to everybody", done="It is shown to everybody of the partnership.",
        to=lambda row: reverse("worklist:announcement", args=[row.pk]), back=back,
    )  # fmt: skip


@require_safe
@belongs
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """One announcement; for the office also who has acknowledged it, and who has not."""
    row = _row(request, pk)
    is_office = bool(may_announce(request.user, row.partnership))
    said = list(row.acknowledgements.order_by("-pk")) if is_office else []
    person = getattr(request.user, "person", None)
    context = {
        "title": row.title,
        "row": row,
        "is_office": is_office,
        "said": said,
        "missing": not_acknowledged_by(row) if is_office and row.ended_at is None else [],
        "mine": row.acknowledgements.filter(person=person).first() if person else None,
        "may_acknowledge": may_acknowledge(request.user, row),
        "back": reverse("worklist:announcements"),
    }
    return render(request, "worklist/announcement.html", context)


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has read an announcement."""
    row = _row(request, pk)
    announcing.acknowledge(by=request.user, announcement=row)
    messages.success(request, f"You have acknowledged “{row.title}”.")
    return redirect(after(request, reverse("dashboard:home")))


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an announcement no more."""
    row = _row(request, pk)
    announcing.end_announcement(by=request.user, announcement=row)
    messages.success(request, f"“{row.title}” is shown to nobody any more.")
    return redirect(after(request, reverse("worklist:announcements")))


def _row(request: HttpRequest, pk: int) -> Announcement:
    rows = visible_announcements(request.user).select_related("partnership")
    return get_object_or_404(rows, pk=pk)
