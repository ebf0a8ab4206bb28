"""The report of adherence checks done and due."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from register.concerns.due import STANDINGS, agreements_to_check, lines_of, ordered
from register.concerns.models import AdherenceCheck
from register.core.dates import today, words
from register.core.sheets_out import csv_lines
from register.directory.views.conversation import belongs
from register.ledger.access import note_access
from register.ui.listing import count_of, page_of, size_of

RELATED = ("partnership", "lead")
HEADER = ("Agreement", "Title", "Lead body", "Last check", "Checked by", "Conclusion", "Next check")
STEP = 500


@require_safe
@belongs
def done_and_due(request: HttpRequest) -> HttpResponse:
    """Which agreements are to be checked, and the checks that were made."""
    asked, user = request.GET.dict(), request.user
    standing = asked.get("standing", "")
    standing = standing if standing in STANDINGS else ""
    rows = agreements_to_check(user, standing).select_related(*RELATED)
    order = ["next_on", "reference"] if standing in ("", "planned") else ["reference"]
    if standing == "planned":
        order = ["reference"]
    page = page_of(rows, order=order, asked=asked, size=size_of(asked))
    done = AdherenceCheck.objects.visible_to(user).select_related("document")
    context = {
        "title": "Adherence checks",
        "page": page,
        "lines": lines_of(user, page.rows),
        "standing": standing,
        "standings": STANDINGS.items(),
        "never": count_of(agreements_to_check(user, "never"))[0],
        "due": count_of(agreements_to_check(user))[0],
        "done": list(done.order_by("-checked_on", "-pk")[:10]),
    }
    return render(request, "concerns/due.html", context)


@require_safe
@belongs
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The agreements asked for, with their last and next checks, as CSV; that it was taken is noted."""
    standing = request.GET.get("standing", "all")
    note_access(kind="checks.exported.csv", user=request.user, path=request.path)
    lines = csv_lines(HEADER, _cells(request.user, standing))
    answer = StreamingHttpResponse(
        (part.encode() for part in lines), content_type="text/csv; charset=utf-8"
    )
    name = f"adherence-checks-{today().isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _cells(user, standing: str) -> Iterator[tuple]:
    documents = list(ordered(agreements_to_check(user, standing)).select_related(*RELATED))
    for start in range(0, len(documents), STEP):
        for line in lines_of(user, documents[start : start + STEP]):
            last = line.last
            yield (
                line.document.reference,
                line.title,
                line.document.lead.called if line.document.lead else "",
                words(last.checked_on) if last else "Never checked",
                last.checker_name if last else "",
                last.get_conclusion_display() if last else "",
                words(line.next_on),
            )
