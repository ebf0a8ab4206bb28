"""The list of reports on offer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from register.directory.views.conversation import belongs
from register.reports.ways import REPORTS


@require_safe
@belongs
def reports(request: HttpRequest) -> HttpResponse:
    """Every report on offer, with what it answers."""
    return render(request, "reports/reports.html", {"title": "Reports", "reports": REPORTS})
