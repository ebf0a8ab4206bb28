"""The page of what is not covered: parties, members, and agreements outside the framework."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from register.directory.permissions import visible_partnerships
from register.directory.views.conversation import belongs
from register.documents.models import Document
from register.ledger.entries import in_batches
from register.reports import gaps
from register.reports.coverage_pages import asked_for
from register.reports.gaps import Framework, Reason
from register.reports.sheets import sheet_answer
from register.search.models import Row
from register.ui.listing import page_of, size_of

OF = {
    "parties": "Parties of agreements",
    "members": "Members of communities",
    "outside": "Agreements outside the framework",
}
ORDERS = {
    "parties": ["version__document__reference", "organisation__legal_name", "pk"],
    "members": ["community__name", "community_id", "organisation__legal_name", "pk"],
    "outside": ["document__reference", "pk"],
}
HEADERS = {
    "parties": ("Reference", "Title", "Body", "Gap"),
    "members": ("Information community", "", "Body", "Gap"),
    "outside": ("Reference", "Title", "Body", "Reason"),
}


@require_safe
@belongs
def not_covered(request: HttpRequest) -> HttpResponse:
    """Every gap of a partnership, with what exactly is missing."""
    asked = request.GET.dict()
    partnership, community = asked_for(request)
    what = _of(request)
    rows, framework = _rows(request, what, partnership, community)
    page = page_of(rows, order=ORDERS[what], asked=asked, size=size_of({"size": "50", **asked}))
    context = {
        "title": "What is not covered",
        "partnership": partnership,
        "partnerships": list(visible_partnerships(request.user).order_by("name")),
        "community": community if what == "members" else None,
        "of": what,
        "kinds": OF,
        "page": page,
        "lines": _lines(what, page.rows, request.user, framework),
    }
    return render(request, "reports/gaps.html", context)


@require_safe
@belongs
def export_not_covered(request: HttpRequest, form: str) -> HttpResponseBase:
    """The gaps that the address asks for, all of them, as CSV or XLSX."""
    partnership, community = asked_for(request)
    what = _of(request)
    found, framework = _rows(request, what, partnership, community)
    found = found.order_by(*ORDERS[what])
    rows = _cells(what, found, request.user, framework)
    return sheet_answer(request, form, name="not-covered", header=HEADERS[what], rows=rows)


def _of(request: HttpRequest) -> str:
    asked = request.GET.get("of", "")
    return asked if asked in OF else "parties"


def _rows(request: HttpRequest, what: str, partnership, community):
    if what == "outside":
        return gaps.outside(partnership, request.user), None
    framework = Framework(partnership, request.user)
    if what == "members":
        rows = gaps.uncovered_members(partnership, request.user, framework, community)
        return rows, framework
    return gaps.uncovered_parties(partnership, request.user, framework), framework


def _lines(what: str, rows: list, user, framework: Framework | None) -> list[dict]:
    """Rows as the page and the sheet show them: about, address, body, reasons."""
    if what == "members" and framework is not None:
        found = gaps.reasons_for_members(rows, user, framework)
        return [
            _line(row.community.name, "", row.community.get_absolute_url(), row.organisation, why)
            for row, why in found
        ]
    documents = [row.document if what == "outside" else row.version.document for row in rows]
    titles = Row.objects.in_bulk({document.pk for document in documents})
    lines = []
    for row, document in zip(rows, documents, strict=True):
        title = titles[document.pk].title if document.pk in titles else ""
        body = None if what == "outside" else row.organisation
        lines.append(_about(document, title, body, _reasons(what, row, framework)))
    return lines


def _reasons(what: str, row, framework: Framework | None) -> list[Reason]:
    if what == "outside" or framework is None:
        return [Reason(row.outside_reason)]
    return gaps.reasons_for(row, framework)


def _about(document: Document, title: str, body, reasons: list[Reason]) -> dict:
    return _line(document.reference, title, document.get_absolute_url(), body, reasons)


def _line(about: str, title: str, address: str, body, reasons: list[Reason]) -> dict:
    return {"about": about, "title": title, "address": address, "body": body, "reasons": reasons}


def _cells(what: str, found, user, framework: Framework | None) -> Iterator[list]:
    for some in in_batches(list(found), 500):
        for line in _lines(what, some, user, framework):
            body = line["body"].legal_name if line["body"] else ""
            said = " ".join(reason.says for reason in line["reasons"])
            yield [line["about"], line["title"], body, said]
