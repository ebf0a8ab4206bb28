"""What changed in a period: the page, the print for a board, the spreadsheets."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from register.core.dates import now, today
from register.directory.views.conversation import belongs
from register.ledger.access import note_access
from register.printing.bounded import render as render_pdf
from register.printing.refusals import PrintFailed
from register.reports.periods.drawings import drawn
from register.reports.periods.forms import PeriodForm
from register.reports.periods.printing import printable
from register.reports.periods.report import Report, report_of
from register.reports.periods.scope import Scope
from register.reports.periods.tables import flat, tables_of
from register.reports.sheets import book_answer, sheet_answer

FLAT_HEADER = ("Table", "Row", "Column", "Figure")


@require_safe
@belongs
def page(request: HttpRequest) -> HttpResponse:
    """The figures of the period that the address asks for, each with its chart and its list."""
    form = PeriodForm(request)
    if not form.is_valid():
        return refused(request, form)
    report = _report(request, form)
    context = {
        "title": "What changed in a period",
        "form": form,
        "report": report,
        "about": form.about,
        "kept": form.kept,
        **drawn(report, every_body="bodies" in request.GET),
    }
    return render(request, "reports/periods/period.html", context)


@require_safe
@belongs
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """All figures: XLSX with a sheet for each, CSV with a line for each number."""
    asked = PeriodForm(request)
    if form not in ("csv", "xlsx"):
        raise Http404
    if not asked.is_valid():
        return refused(request, asked)
    report = _report(request, asked)
    name = f"what-changed-{slugify(report.period.words)}"
    if form == "csv":
        return sheet_answer(request, form, name=name, header=FLAT_HEADER, rows=flat(report))
    sheets = [(table.name, table.columns, table.rows) for table in tables_of(report)]
    return book_answer(request, name=name, sheets=sheets)


@require_POST
@belongs
def pdf(request: HttpRequest) -> HttpResponse:
    """The report as PDF for a board, laid out in the bounded process."""
    form = PeriodForm(request)
    if not form.is_valid():
        return refused(request, form)
    by = getattr(getattr(request.user, "person", None), "name", request.user.email)
    report = _report(request, form)
    told = printable(report, printed_by=by, about=form.about) | {"printed_at": now().isoformat()}
    try:
        content = render_pdf({"report": told})
    except PrintFailed as refusal:
        context = {"sentence": refusal.sentence}
        return render(request, "printing/nothing.html", context, status=422)
    note_access(kind="report.exported.pdf", user=request.user, path=request.path)
    answer = HttpResponse(content, content_type="application/pdf")
    name = f"what-changed-{slugify(report.period.words)}-{today().isoformat()}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def refused(request: HttpRequest, form: PeriodForm) -> HttpResponse:
    """The page with nothing but the form and what is wrong with the period asked for."""
    context = {"title": "What changed in a period", "form": form}
    return render(request, "reports/periods/period.html", context, status=422)


def _report(request: HttpRequest, form: PeriodForm) -> Report:
    return report_of(Scope(request.user, form.chosen_partnership), form.chosen)
