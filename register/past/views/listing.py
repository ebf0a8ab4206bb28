"""The list of entries as at a moment, on a page and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from register.core.sheets_out import csv_lines, xlsx_file
from register.documents.tiers import TIERS
from register.ledger.access import note_access
from register.lists.labels import labels
from register.past.entries_then import RowThen, rows_then
from register.past.forms import STATUSES, DayForm, PastFilter
from register.past.list_paper import MOST, list_report
from register.past.moments import Moment, moment_of
from register.past.seeing import visible_spans
from register.printing.bounded import render as render_pdf
from register.printing.refusals import PrintFailed
from register.ui.listing import SIZES, page_of

CHUNK = 500
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = (
    "As at", "Reference", "Title", "Tier", "Kind", "Status", "Version", "Information community",
    "Under", "Lead body", "Owner", "Bodies", "Parties", "Signed", "Slots", "In force from",
    "Ends on", "Next review", "Outside the framework",
)  # fmt: skip


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the day, and lead to the list or the entry of that day."""
    if "on" not in request.GET:
        return render(request, "past/start.html", _asking(DayForm()))
    form = DayForm(request.GET)
    if not form.is_valid():
        return render(request, "past/start.html", _asking(form), status=422)
    code, ref = form.cleaned_data["moment"].code, form.cleaned_data["ref"].strip()
    return redirect(
        reverse("past:entry", args=[code, ref]) if ref else reverse("past:list", args=[code])
    )


@require_safe
def entries(request: HttpRequest, when: str) -> HttpResponse:
    """The list as at a moment, a page at a time."""
    moment = moment_or_404(when)
    wanted = PastFilter(request.GET, user=request.user)
    page = page_of(
        wanted.apply(visible_spans(request.user), moment),
        order=["reference"],
        asked=wanted.asked,
        size=wanted.asked.get("size") or SIZES[0],
    )
    context = {
        "title": f"The register as at {moment.words}",
        "moment": moment,
        "wanted": wanted,
        "page": page,
        "rows": rows_then(request.user, [span.document_id for span in page.rows], moment),
        "statuses": STATUSES,
        "sizes": SIZES,
        "form": day_form(moment),
    }
    return render(request, "past/list.html", context)


@require_safe
def export(request: HttpRequest, when: str, form: str) -> HttpResponseBase:
    """The list as at a moment, all of it, as CSV or XLSX; the download is noted."""
    if form not in ("csv", "xlsx"):
        raise Http404
    moment = moment_or_404(when)
    wanted = PastFilter(request.GET, user=request.user)
    spans = wanted.apply(visible_spans(request.user), moment).order_by("reference")
    note_access(
        kind=f"past.exported.{form}",
        user=request.user,
        path=request.path,
        detail=f"As at {moment.words}: {wanted.words()}"[:2000],
    )
    ids = list(spans.values_list("document_id", flat=True))
    lines, name = _lines(request.user, ids, moment), f"register-as-at-{moment.code}.{form}"
    if form == "xlsx":
        file = xlsx_file(HEADER, lines, sheet=f"As at {moment.code}"[:31])
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)
    return download_csv(csv_lines(HEADER, lines), name)


@require_POST
def paper(request: HttpRequest, when: str) -> HttpResponse:
    """The list as at a moment as PDF; the download is noted."""
    moment = moment_or_404(when)
    wanted = PastFilter(request.GET, user=request.user)
    spans = wanted.apply(visible_spans(request.user), moment).order_by("reference")
    ids = list(spans.values_list("document_id", flat=True)[: MOST + 1])
    by = getattr(getattr(request.user, "person", None), "name", request.user.email)
    try:
        told = list_report(request.user, ids, moment, filtered=wanted.words(), printed_by=by)
        content = render_pdf({"report": told})
    except (PrintFailed, ValidationError) as refusal:
        sentence = getattr(refusal, "sentence", "") or refusal.messages[0]
        words = {"sentence": sentence, "title": "The PDF could not be made"}
        return render(request, "printing/nothing.html", words, status=422)
    note_access(
        kind="past.exported.pdf",
        user=request.user,
        path=request.path,
        detail=f"As at {moment.words}: {wanted.words()}"[:2000],
    )
    return pdf_answer(content, f"register-as-at-{moment.code}.pdf")


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A PDF to be saved, kept by nobody on the way."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def download_csv(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    """Lines of CSV as a file to be saved."""
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def moment_or_404(when: str) -> Moment:
    """The moment that an address means, or the answer that there is no such page."""
    if (moment := moment_of(when)) is None:
        raise Http404("The address names no day up to today.")
    return moment


def day_form(moment: Moment, ref: str = "") -> DayForm:
    """The form that asks for another day, with this one in it."""
    clock = f"{moment.clock:%H:%M}" if moment.clock else ""
    return DayForm(initial={"on": moment.day, "at": clock, "ref": ref})


def _asking(form: DayForm) -> dict:
    return {"title": "The register as it was", "form": form}


def _lines(user, ids: list[int], moment: Moment) -> Iterator[list]:
    kinds = {code: word for tier in TIERS.values() for code, word in labels(tier.kind_list).items()}
    left = iter(ids)
    while some := list(islice(left, CHUNK)):
        for then in rows_then(user, some, moment):
            yield _cells(then, moment, kinds)


def _cells(then: RowThen, moment: Moment, kinds: dict[str, str]) -> list:
    row = then.row
    return [
        moment.words, row.reference, row.title, row.tier_word, kinds.get(row.kind, row.kind),
        STATUSES.get(then.status, then.status), row.version_number, row.community_name,
        then.parent, row.lead_name, row.owner_name, "; ".join(then.bodies), row.parties,
        row.signed, row.slots, row.in_force_on, row.ends_on, then.review,
        "yes" if row.is_outside else "no",
    ]  # fmt: skip
