"""The duty-to-share ledger: counts, as a page and as a file; and whose bank holidays count."""

from __future__ import annotations

from functools import partial

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agreements.requests import figures, permissions
from agreements.requests.emergency_forms import CalendarForm
from agreements.requests.forms import LedgerFilter
from agreements.requests.services import emergencies as services
from register.core.dates import today
from register.core.sheets_out import csv_lines, xlsx_file
from register.core.verdicts import require
from register.directory.models import Organisation, Partnership
from register.directory.permissions import may_administer
from register.directory.views.conversation import asks, partnership_or_404
from register.ledger.access import note_access
from register.ui.pages import form_page

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EVERY = "The whole partnership"


@require_safe
def ledger_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The ledger of a partnership: everybody reads its counts, each body its own, the office all."""
    found = partnership_or_404(request, slug)
    year, body = _asked(request, found)
    context = {
        "title": "Duty-to-share ledger",
        "partnership": found,
        "body": body,
        "year": year,
        "years": figures.years_of(found),
        "bodies": list(_bodies(request.user, found)),
        "ledger": figures.ledger(found, year=year, body_id=body.pk if body else None),
        "by_body": _by_body(request.user, found, year),
        "sees_all": permissions.may_read_figures_by_body(request.user, found),
        "calendar": services.calendar_of(found),
        "may_administer": may_administer(request.user, found),
    }
    return render(request, "requests/ledger.html", context)


@require_safe
def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The ledger as CSV or XLSX; that it was taken is noted."""
    found = partnership_or_404(request, slug)
    if form not in ("csv", "xlsx"):
        raise Http404("The ledger leaves as CSV or XLSX.")
    year, body = _asked(request, found)
    ledger = figures.ledger(found, year=year, body_id=body.pk if body else None)
    named = body.legal_name if body else EVERY
    rows = [figures.cells(row, named) for row in [*ledger.quarters, ledger.total]]
    rows += [figures.cells(row, row.name) for row in _by_body(request.user, found, year)]
    note_access(kind=f"requests.exported.{form}", user=request.user, path=request.path)
    name = f"duty-to-share-{found.slug}-{today().isoformat()}.{form}"
    if form == "xlsx":
        file = xlsx_file(figures.HEADER, rows, sheet="Duty to share")
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)
    response = StreamingHttpResponse(
        (part.encode() for part in csv_lines(figures.HEADER, rows)),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@asks
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Whose bank holidays count when a review falls due."""
    found = partnership_or_404(request, slug)
    require(may_administer(request.user, found))
    row = services.calendar_of(found)
    to = reverse("requests:ledger", args=[found.slug])
    return form_page(
        request,
        CalendarForm,
        act=partial(services.set_nation, by=request.user, partnership=found),
        title="Bank holidays",
        button="Save the bank holidays",
        done="The bank holidays are saved. Reviews that are due already keep their day.",
        to=to,
        back=to,
        initial={"nation": row.nation, "row_version": row.row_version},
        context={
            "intro": "An emergency share is reviewed five working days later: "
            "Monday to Friday, without these bank holidays."
        },
    )


def _asked(
    request: HttpRequest, partnership: Partnership
) -> tuple[int | None, Organisation | None]:
    form = LedgerFilter(request.GET)
    form.is_valid()
    body = None
    if pk := form.cleaned_data.get("body"):
        body = _bodies(request.user, partnership).filter(pk=pk).first()
        if body is None:
            require(permissions.may_read_figures_by_body(request.user, partnership))
            raise Http404("There is no such body in the partnership.")
    return form.cleaned_data.get("year"), body


def _bodies(user, partnership: Partnership):
    """The bodies whose own figures somebody may read."""
    bodies = Organisation.objects.filter(memberships__partnership=partnership).distinct()
    if not permissions.may_read_figures_by_body(user, partnership):
        bodies = bodies.filter(pk__in=permissions.bodies_read_for(user, partnership))
    return bodies.order_by("legal_name", "pk")


def _by_body(user, partnership: Partnership, year: int | None) -> list[figures.Figures]:
    if permissions.may_read_figures_by_body(user, partnership):
        return figures.by_body(partnership, year=year)
    mine = permissions.bodies_read_for(user, partnership)
    return figures.by_body(partnership, year=year, only=mine) if mine else []
