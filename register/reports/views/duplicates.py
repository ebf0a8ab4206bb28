"""Duplicates: what was found, the two side by side, and saying that they are none."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.flows.models import Flow
from register.directory.views.conversation import belongs
from register.documents.models import Document
from register.reports.differences import agreements_side_by_side, flows_side_by_side
from register.reports.duplicates import Duplicates, Likeness, duplicates_for
from register.reports.forms import DismissForm
from register.reports.models import DuplicateDismissal
from register.reports.permissions import may_settle_likeness
from register.reports.services import dismiss_duplicate, take_back_dismissal
from register.search.models import Row
from register.ui.pages import form_page


@require_safe
@belongs
def duplicates(request: HttpRequest) -> HttpResponse:
    """The agreements that could be one, the near-identical flows, and what was settled."""
    found = duplicates_for(request.user)
    visible = Document.objects.visible_to(request.user)
    settled = DuplicateDismissal.objects.filter(first__in=visible, second__in=visible)
    context = {
        "title": "Duplicates",
        **_dressed(found),
        "settled": settled.select_related("first", "second").order_by("-pk")[:100],
    }
    return render(request, "reports/duplicates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@belongs
def agreements(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """Two agreements side by side, and the form that says they are no duplicates."""
    one, other = _document(request, first), _document(request, second)
    context = {
        "compared": agreements_side_by_side(one, other),
        "heads": [(d.reference, d.get_absolute_url()) for d in (one, other)],
        "title": f"{one.reference} and {other.reference}",
    }
    return _page(request, one, other, {}, context)


@require_http_methods(["GET", "HEAD", "POST"])
@belongs
def flows(
    request: HttpRequest, first: str, first_flow: UUID, second: str, second_flow: UUID
) -> HttpResponse:
    """Two flows side by side, and the form that says they are no duplicates."""
    one, other = _document(request, first), _document(request, second)
    versions = (one.governing, other.governing)
    if None in versions:
        raise Http404
    compared = flows_side_by_side(*versions, (first_flow, second_flow))
    if not compared:
        raise Http404
    ends = ((one, first_flow), (other, second_flow))
    context = {
        "compared": compared,
        "heads": [
            (f"A flow of {d.reference}", f"{d.get_absolute_url()}#flow-{lineage}")
            for d, lineage in ends
        ],
        "title": f"Two flows: {one.reference} and {other.reference}",
    }
    named = {"first_flow": first_flow, "second_flow": second_flow}
    return _page(request, one, other, named, context)


@require_POST
@belongs
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the report compare the two again."""
    visible = Document.objects.visible_to(request.user)
    rows = DuplicateDismissal.objects.filter(first__in=visible, second__in=visible)
    take_back_dismissal(by=request.user, dismissal=get_object_or_404(rows, pk=pk))
    messages.success(request, "The two are compared again.")
    return redirect("reports:duplicates")


def _page(request, one: Document, other: Document, named: dict, context: dict) -> HttpResponse:
    context["differ"] = sum(not row.is_same for row in context["compared"])
    context["verdict"] = may_settle_likeness(request.user, one, other)

    def act(reason: str) -> DuplicateDismissal:
        return dismiss_duplicate(by=request.user, first=one, second=other, reason=reason, **named)

    return form_page(
        request,
        DismissForm,
        act=act,
        title=context["title"],
        done="The report leaves these two out from now on.",
        to=reverse("reports:duplicates"),
        button="These are not duplicates",
        template="reports/side_by_side.html",
        context=context,
    )


def _document(request: HttpRequest, ref: str) -> Document:
    visible = Document.objects.visible_to(request.user).select_related("lead", "partnership")
    return get_object_or_404(visible, reference=ref, tier=3)


def _dressed(found: Duplicates) -> dict:
    """What was found with the names that a page shows; two statements."""
    pairs = [*found.flows, *(pair for one in found.agreements for pair in one.flows)]
    keys = {pk for pair in pairs for pk in (pair.first, pair.second)}
    flows = Flow.objects.filter(pk__in=keys).select_related("version").in_bulk()
    documents = {flow.version.document_id for flow in flows.values()}
    documents |= {pk for one in found.agreements for pk in (one.first, one.second)}
    rows = Row.objects.in_bulk(documents)
    return {
        "agreements": [
            {
                "first": rows[one.first],
                "second": rows[one.second],
                "flows": len(one.flows),
                "address": reverse(
                    "reports:duplicate_agreements",
                    args=[rows[one.first].reference, rows[one.second].reference],
                ),
            }
            for one in found.agreements
        ],
        "flows": [_dressed_flows(pair, flows, rows) for pair in found.flows],
    }


def _dressed_flows(pair: Likeness, flows: dict[int, Flow], rows: dict[int, Row]) -> dict:
    ends = [(flows[pk], rows[flows[pk].version.document_id]) for pk in (pair.first, pair.second)]
    names = [part for flow, row in ends for part in (row.reference, flow.lineage)]
    return {
        "ends": ends,
        "score": pair.score,
        "address": reverse("reports:duplicate_flows", args=names),
    }
