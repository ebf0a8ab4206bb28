"""The list of impact assessments, the page of one, and what is kept of it."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agreements.risks.filters import dpias_asked, dpias_filter
from agreements.risks.forms.dpias import DpiaEditForm, DpiaForm, RecordFileForm
from agreements.risks.models import Dpia
from agreements.risks.permissions import (
    deciding_posts,
    may_advise,
    may_decide,
    may_keep_controller,
    may_keep_dpia,
    may_make_any,
)
from agreements.risks.screening import screened
from agreements.risks.services import dpias as services
from agreements.risks.views.conversation import (
    download_of,
    dpia_or_404,
    facts_of,
    history_page,
    linked_documents,
    places_of,
)
from agreements.risks.warnings import dpia_warnings
from register.core.dates import today
from register.core.verdicts import no, require
from register.directory.views.conversation import belongs
from register.documents.views.conversation import asks, edit_page
from register.lists.labels import labels
from register.ui.listing import page_of, size_of


@require_safe
@belongs
def dpias(request: HttpRequest) -> HttpResponse:
    """Every DPIA that the reader may know of, dense, with filters."""
    asked = request.GET.dict()
    rows = dpias_asked(request.user, asked).select_related("owner", "partnership")
    rows = rows.prefetch_related("controllers__organisation")
    page = page_of(rows, order=["reference"], asked=asked, size=size_of(asked))
    day = today()
    context = {
        "title": "Data protection impact assessments",
        "page": page,
        "lines": [{"dpia": row, "is_late": _is_late(row, day)} for row in page.rows],
        "filter": dpias_filter(request.user),
        "asked": asked,
        "may_make": may_make_any(request.user),
    }
    return render(request, "risks/dpias.html", context)


@require_safe
def dpia(request: HttpRequest, ref: str) -> HttpResponse:
    """A DPIA: how it stands with each controller, and the agreements that it serves."""
    found = dpia_or_404(request, ref)
    known = labels("dpia_screening")
    keeps = may_keep_dpia(request.user, found)
    context = {
        "title": f"{found.reference} {found.title}",
        "dpia": found,
        "screening": screened(found.screening),
        "ticked": [known.get(code, code) for code in found.screening],
        "controllers": _controllers(request, found),
        "links": linked_documents(request, found, keeps=keeps),
        "warnings": dpia_warnings(found, today()),
        "may_keep": keeps,
    }
    return render(request, "risks/dpia.html", context)


@asks
def make(request: HttpRequest) -> HttpResponse:
    """Record a DPIA."""
    if not may_make_any(request.user):
        require(no("Only officers of a body or of the partnership office may do this."))
    return edit_page(
        request, partial(DpiaForm, user=request.user, places=places_of(request)),
        act=partial(services.make_dpia, by=request.user),
        title="Record an impact assessment", button="Record the DPIA", done="The DPIA is recorded.",
        to=lambda made: made.get_absolute_url(), back=reverse("risks:dpias"),
    )  # fmt: skip


@asks
def change(request: HttpRequest, ref: str) -> HttpResponse:
    """What a DPIA says of itself."""
    found = dpia_or_404(request, ref)
    require(may_keep_dpia(request.user, found))
    return edit_page(
        request, DpiaEditForm, initial=facts_of(found, services.FACTS),
        act=partial(services.change_dpia, by=request.user, dpia=found),
        title="Change the DPIA", button="Save the DPIA", done="The DPIA is saved.",
        to=found.get_absolute_url(), back=found.get_absolute_url(),
        context={"caption": str(found)},
    )  # fmt: skip


@asks
def file(request: HttpRequest, ref: str) -> HttpResponse:
    """The file of a DPIA."""
    found = dpia_or_404(request, ref)
    require(may_keep_dpia(request.user, found))

    def act(file, row_version):
        return services.file_dpia(
            by=request.user,
            dpia=found,
            row_version=row_version,
            content=file.read(),
            name=file.name,
        )

    return edit_page(
        request, RecordFileForm, initial={"row_version": found.row_version}, act=act,
        title="Replace the file" if found.file_name else "Add the file", button="Save the file",
        done="The file is kept with the DPIA.", to=found.get_absolute_url(),
        back=found.get_absolute_url(), context={"caption": str(found), "unsaved_page": ""},
    )  # fmt: skip


@require_safe
def download(request: HttpRequest, ref: str) -> HttpResponse:
    """The bytes of a DPIA's file."""
    return download_of(dpia_or_404(request, ref))


@require_safe
def history(request: HttpRequest, ref: str) -> HttpResponse:
    """Who changed what about a DPIA."""
    found = dpia_or_404(request, ref)
    return history_page(request, found, f"History of {found.reference}")


def _controllers(request: HttpRequest, found: Dpia) -> list[dict]:
    rows = found.controllers.select_related("organisation", "relies_on", "dpia__owner")
    known = Dpia.objects.visible_to(request.user)
    relied = {row.relies_on_id for row in rows if row.relies_on_id}
    readable = set(known.filter(pk__in=relied).values_list("pk", flat=True)) if relied else set()
    posts = deciding_posts(request.user)
    described = []
    for row in sorted(rows, key=lambda row: (row.organisation.legal_name, row.pk)):
        row.dpia = found
        described.append(
            {
                "row": row,
                "may_read_relied": row.relies_on_id in readable,
                "may_keep": may_keep_controller(request.user, row),
                "may_advise": may_advise(request.user, row),
                "may_decide": may_decide(request.user, row, posts),
                "may_remove": not row.advised_on
                and not row.decided_on
                and row.organisation_id != found.owner_id,
            }
        )
    return described


def _is_late(row: Dpia, day) -> bool:
    return row.review_on is not None and row.review_on < day
