"""The coverage page: each community's members by tier, on screen, on paper and as a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.directory.models import Community, CommunityMember, Partnership
from register.directory.permissions import visible_communities, visible_partnerships
from register.directory.views.conversation import belongs
from register.ledger.entries import in_batches
from register.reports.coverage import Line, Mark, lines_of, members_of, summaries
from register.reports.sheets import sheet_answer
from register.ui.listing import page_of, size_of

PRINTED = 2_000  # rows on one page for printing
ORDER = ["community__name", "community_id", "organisation__legal_name", "pk"]
HEADER = (
    "Information community", "Body", "Charter", "Protocol", "Agreements signed", "Agreements asked",
    "Covered",
)  # fmt: skip


@require_safe
@belongs
def coverage(request: HttpRequest) -> HttpResponse:
    """Which member of which community has signed what."""
    asked = request.GET.dict()
    partnership, community = asked_for(request)
    members = members_of(request.user, partnership, community).order_by(*ORDER)
    is_whole = asked.get("all") == "1"
    if is_whole:
        page, rows = None, list(members[:PRINTED])
    else:
        page = page_of(members, order=ORDER, asked=asked, size=size_of({"size": "50", **asked}))
        rows = page.rows
    context = {
        "title": "Coverage",
        "partnership": partnership,
        "partnerships": list(visible_partnerships(request.user).order_by("name")),
        "community": community,
        "page": page,
        "is_whole": is_whole,
        "lines": lines_of(rows, request.user),
        "summaries": summaries(members_of(request.user, partnership), request.user),
    }
    return render(request, "reports/coverage.html", context)


@require_safe
@belongs
def export_coverage(request: HttpRequest, form: str) -> HttpResponseBase:
    """The coverage that the address asks for, all of it, as CSV or XLSX."""
    partnership, community = asked_for(request)
    members = members_of(request.user, partnership, community).order_by(*ORDER)
    rows = (_cells(line) for line in _every(members, request.user))
    return sheet_answer(request, form, name="coverage", header=HEADER, rows=rows)


def asked_for(request: HttpRequest) -> tuple[Partnership, Community | None]:
    """The partnership and the community that the address asks for; 404 for what may not be known of."""
    partnerships = visible_partnerships(request.user).order_by("name", "pk")
    communities = visible_communities(request.user)
    if slug := request.GET.get("community", ""):
        community = communities.select_related("partnership").filter(slug=slug).first()
        if community is None:
            raise Http404("No such community.")
        return community.partnership, community
    wanted = request.GET.get("partnership", "")
    partnership = partnerships.filter(slug=wanted).first() if wanted else partnerships.first()
    if partnership is None:
        raise Http404("No such partnership.")
    return partnership, None


def address_of(community: Community) -> str:
    """Where one community's coverage stands."""
    return f"{reverse('reports:coverage')}?community={community.slug}"


def _every(members, user) -> Iterator[Line]:
    rows: list[CommunityMember] = list(members)
    for some in in_batches(rows, 500):
        yield from lines_of(some, user)


def _cells(line: Line) -> list:
    return [
        line.member.community.name,
        line.member.organisation.legal_name,
        _words(line.charters),
        _words(line.protocols),
        line.signed,
        line.asked,
        "yes" if line.is_covered else "no",
    ]


def _words(marks: list[Mark]) -> str:
    said = (f"{mark.document.reference}: {mark.standing.words}" for mark in marks)
    return "; ".join(said) or "none"
