"""The report “Proofs outstanding”: who has not said what became of the information."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from register.core.dates import today, words
from register.core.sheets_out import csv_lines
from register.directory.views.conversation import belongs
from register.endings.models import Proof
from register.endings.querysets import ProofQuerySet
from register.ledger.access import note_access
from register.ui.listing import count_of, page_of, size_of

STANDINGS = (("", "Outstanding"), ("given", "Given"), ("all", "All"))
RELATED = ("organisation", "ending__document__lead", "ending__version")
HEADER = (
    "Agreement", "Title", "Body", "Due", "Last reminded", "What became of it", "Given", "Who says so",
)  # fmt: skip


@require_safe
@belongs
def outstanding(request: HttpRequest) -> HttpResponse:
    """The proofs that are waited for, the first due first."""
    asked = request.GET.dict()
    standing = asked.get("standing", "")
    rows = _asked_for(request, standing)
    mine = Proof.objects.visible_to(request.user)
    context = {
        "title": "Proofs outstanding",
        "page": page_of(rows, order=["due_on", "pk"], asked=asked, size=size_of(asked)),
        "overdue": count_of(mine.overdue(today()))[0],
        "standing": standing,
        "standings": STANDINGS,
    }
    return render(request, "endings/outstanding.html", context)


@require_safe
@belongs
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same as CSV; that it was taken is noted."""
    note_access(kind="proofs.exported.csv", user=request.user, path=request.path)
    rows = _asked_for(request, request.GET.get("standing", "")).order_by("due_on", "pk")
    answer = StreamingHttpResponse(
        (part.encode() for part in csv_lines(HEADER, _cells(rows))),
        content_type="text/csv; charset=utf-8",
    )
    name = f"proofs-{today().isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _asked_for(request: HttpRequest, standing: str) -> ProofQuerySet:
    mine = Proof.objects.visible_to(request.user).select_related(*RELATED)
    chosen = {"given": mine.exclude(fate=""), "all": mine}
    return chosen.get(standing, mine.outstanding())


def _cells(rows: ProofQuerySet) -> Iterator[tuple]:
    for row in rows.iterator(chunk_size=500):
        yield (
            row.ending.document.reference,
            row.ending.version.title,
            row.organisation.legal_name,
            words(row.due_on),
            words(row.reminded_on),
            row.get_fate_display() or ("Not needed" if row.not_needed_because else "Outstanding"),
            words(row.given_on),
            row.said_by_name,
        )
