"""Pages that everybody may open."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from register.core.sheets_out import csv_lines
from register.public.reading import published_charters


@login_not_required
@require_safe
def signatories(request: HttpRequest) -> HttpResponse:
    """Who has signed the charters that are published."""
    words = {"title": "Who has signed the charter", "charters": published_charters()}
    return render(request, "public/signatories.html", words)


@login_not_required
@require_safe
def signatories_csv(request: HttpRequest) -> HttpResponse:
    """The same as a sheet."""
    head = ["Charter", "Title", "Version", "Body", "Post", "Status", "Date"]
    rows = [
        [charter.document.reference, charter.version.title, charter.version.number, row.body,
         row.post, row.status, row.on]
        for charter in published_charters()
        for row in charter.signatories
    ]  # fmt: skip
    answer = HttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="signatories.csv"'
    return answer
