"""The log of access: who signed in, what was refused, which links were opened, what was taken."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from register.core.dates import today
from register.core.sheets_out import csv_lines
from register.core.verdicts import require
from register.directory.models import Person
from register.ledger.access import note_access
from register.ledger.retention import ACCESS, TRACES, rule_for
from register.records.access_log import (
    HEADER,
    AccessFilter,
    cells_of,
    events_for,
    lines_of,
    oversees_all,
    people_of,
)
from register.records.permissions import may_read_records, overseen
from register.ui.listing import SIZES, page_of


@require_safe
def access(request: HttpRequest) -> HttpResponse:
    """The events, newest first, a page at a time."""
    require(may_read_records(request.user))
    form = AccessFilter(request.GET)
    is_understood = form.is_valid()
    asked = form.cleaned_data
    events = form.apply(events_for(request.user)).prefetch_related("traces")
    page = page_of(events, order=["-at", "-pk"], asked=asked, size=asked.get("size") or SIZES[0])
    context = {
        "title": "Access to the register", "form": form, "is_understood": is_understood,
        "page": page, "lines": lines_of(request.user, page.rows), "asked": asked,
        "people": _people(request), "kept": rule_for(ACCESS).months,
        "addresses_kept": rule_for(TRACES).months,
    }  # fmt: skip
    return render(request, "records/access.html", context)


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The filtered events as CSV; that they were taken is an event too."""
    require(may_read_records(request.user))
    form = AccessFilter(request.GET)
    if not form.is_valid():
        raise PermissionDenied("Part of the filter was not understood: nothing was exported.")
    note_access(
        kind="access.exported.csv", user=request.user, path=request.path,
        detail=request.GET.urlencode()[:2000],
    )  # fmt: skip
    events = form.apply(events_for(request.user))
    answer = StreamingHttpResponse(
        (part.encode() for part in csv_lines(HEADER, cells_of(request.user, events))),
        content_type="text/csv; charset=utf-8",
    )
    answer["Content-Disposition"] = f'attachment; filename="access-{today().isoformat()}.csv"'
    return answer


def _people(request: HttpRequest):
    people = Person.objects.filter(user__isnull=False)
    if not oversees_all(request.user):
        people = people.filter(pk__in=people_of(overseen(request.user)))
    return people.order_by("name").values_list("pk", "name")
