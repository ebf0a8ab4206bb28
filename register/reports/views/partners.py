"""The partner report: all that a body gives and receives, as page, PDF and spreadsheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from register.core.dates import now, today
from register.directory.models import AssuranceLevel, Organisation
from register.directory.views.conversation import belongs, body_or_404
from register.ledger.access import note_access
from register.lists.labels import label
from register.printing.bounded import render as render_pdf
from register.printing.refusals import PrintFailed
from register.reports.flow_list import ORDER
from register.reports.partner_report import (
    GIVES,
    HEADER,
    RECEIVES,
    cells,
    lines_of,
    printable,
    sharings,
)
from register.reports.seen import bodies_that_share, governing_lines
from register.reports.sheets import sheet_answer
from register.ui.listing import SIZES, count_of, page_of, size_of


@require_safe
@belongs
def choose(request: HttpRequest) -> HttpResponse:
    """The bodies that share, each with its report."""
    offered = bodies_that_share(governing_lines(request.user))
    asked = request.GET.get("body", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 19 and int(asked) in offered:
        return redirect("reports:partner", pk=int(asked))
    return render(request, "reports/partners.html", {"title": "Partner report", "bodies": offered})


@require_safe
@belongs
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    """What a body gives, or with `side=receives` what it receives, a page at a time."""
    body = body_or_404(request, pk).surviving
    pk = body.pk
    side = RECEIVES if request.GET.get("side") == RECEIVES else GIVES
    asked = request.GET.dict()
    page = page_of(lines_of(request.user, pk, side), order=ORDER, asked=asked, size=size_of(asked))
    other = GIVES if side == RECEIVES else RECEIVES
    context = {
        "title": body.legal_name,
        "body": body,
        "assurance": _assurance(body),
        "side": side,
        "page": page,
        "sizes": SIZES,
        "rows": sharings(page.rows, side),
        "counts": {side: page.count, other: count_of(lines_of(request.user, pk, other))[0]},
    }
    return render(request, "reports/partner.html", context)


@require_safe
@belongs
def export(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The whole report as CSV or XLSX."""
    body = body_or_404(request, pk).surviving
    name = f"partner-{slugify(body.legal_name)[:60]}"
    return sheet_answer(request, form, name=name, header=HEADER, rows=cells(request.user, body.pk))


@require_POST
@belongs
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as PDF, laid out in the bounded process; a refusal is said in its sentence."""
    body = body_or_404(request, pk).surviving
    by = getattr(getattr(request.user, "person", None), "name", request.user.email)
    report = printable(request.user, body, printed_by=by) | {"printed_at": now().isoformat()}
    try:
        content = render_pdf({"report": report})
    except PrintFailed as refusal:
        context = {"sentence": refusal.sentence}
        return render(request, "printing/nothing.html", context, status=422)
    note_access(kind="report.exported.pdf", user=request.user, path=request.path)
    answer = HttpResponse(content, content_type="application/pdf")
    name = f"partner-{slugify(body.legal_name)[:60]}-{today().isoformat()}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _assurance(body: Organisation) -> str:
    level = AssuranceLevel.objects.filter(organisation=body).first()
    if level is None:
        return ""
    return label("assurance_level", "expired" if level.until < today() else level.code)
