"""The list of processor contracts, the page of one, and what is kept of it."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agreements.risks.facts import missing_points
from agreements.risks.filters import contracts_asked, contracts_filter
from agreements.risks.forms.bodies import named
from agreements.risks.forms.contracts import ContractEditForm, ContractForm
from agreements.risks.forms.dpias import RecordFileForm
from agreements.risks.models import Point
from agreements.risks.permissions import may_keep_contract, may_make_any
from agreements.risks.services import contracts as services
from agreements.risks.views.conversation import (
    contract_or_404,
    download_of,
    facts_of,
    history_page,
    linked_documents,
    places_of,
)
from agreements.risks.warnings import contract_warnings
from register.core.dates import today
from register.core.verdicts import no, require
from register.directory.views.conversation import belongs
from register.documents.views.conversation import asks, edit_page
from register.ui.listing import page_of, size_of


@require_safe
@belongs
def contracts(request: HttpRequest) -> HttpResponse:
    """Every processor contract that the reader may know of, dense, with filters."""
    asked = request.GET.dict()
    rows = contracts_asked(request.user, asked).select_related("processor", "partnership")
    rows = rows.prefetch_related("controllers__organisation")
    page = page_of(rows, order=["reference"], asked=asked, size=size_of(asked))
    missing = missing_points([row.pk for row in page.rows])
    day = today()
    context = {
        "title": "Processor contracts",
        "page": page,
        "lines": [
            {"contract": row, "warnings": contract_warnings(row, missing[row.pk], day)}
            for row in page.rows
        ],
        "filter": contracts_filter(request.user),
        "asked": asked,
        "may_make": may_make_any(request.user),
    }
    return render(request, "risks/contracts.html", context)


@require_safe
def contract(request: HttpRequest, ref: str) -> HttpResponse:
    """A processor contract: controllers, what Article 28(3) asks, sub-processors, entries served."""
    found = contract_or_404(request, ref)
    keeps = may_keep_contract(request.user, found)
    points = {row.point: row for row in found.points.all()}
    missing = tuple(code for code in Point.values if code not in points or not points[code].is_met)
    controllers = found.controllers.select_related("organisation")
    context = {
        "title": f"{found.reference} {found.title}",
        "contract": found,
        "controllers": list(controllers.order_by("organisation__legal_name")),
        "points": [(words, points.get(code)) for code, words in Point.choices],
        "sub_processors": list(found.sub_processors.select_related("organisation").order_by("pk")),
        "links": linked_documents(request, found, keeps=keeps),
        "warnings": contract_warnings(found, missing, today()),
        "may_keep": keeps,
    }
    return render(request, "risks/contract.html", context)


@asks
def make(request: HttpRequest) -> HttpResponse:
    """Record a processor contract."""
    if not may_make_any(request.user):
        require(no("Only officers of a body or of the partnership office may do this."))
    return edit_page(
        request, partial(ContractForm, user=request.user, places=places_of(request)),
        act=partial(services.make_contract, by=request.user),
        title="Record a processor contract", button="Record the contract",
        done="The contract is recorded. Check it against Article 28(3) next.",
        to=lambda made: made.get_absolute_url(), back=reverse("risks:contracts"),
    )  # fmt: skip


@asks
def change(request: HttpRequest, ref: str) -> HttpResponse:
    """What a processor contract says of itself."""
    found = contract_or_404(request, ref)
    require(may_keep_contract(request.user, found))
    initial = facts_of(found, services.FACTS)
    initial["processor"] = found.processor.legal_name
    rows = found.controllers.select_related("organisation").order_by("pk")
    initial["controllers"] = named(row.organisation for row in rows)
    return edit_page(
        request, partial(ContractEditForm, user=request.user), initial=initial,
        act=partial(services.change_contract, by=request.user, contract=found),
        title="Change the contract", button="Save the contract", done="The contract is saved.",
        to=found.get_absolute_url(), back=found.get_absolute_url(), theirs=_theirs,
        context={"caption": str(found)},
    )  # fmt: skip


@asks
def file(request: HttpRequest, ref: str) -> HttpResponse:
    """The file of a processor contract."""
    found = contract_or_404(request, ref)
    require(may_keep_contract(request.user, found))

    def act(file, row_version):
        return services.file_contract(
            by=request.user, contract=found, row_version=row_version, content=file.read(),
            name=file.name,
        )  # fmt: skip

    return edit_page(
        request, RecordFileForm, initial={"row_version": found.row_version}, act=act,
        title="Replace the file" if found.file_name else "Add the file", button="Save the file",
        done="The file is kept with the contract.", to=found.get_absolute_url(),
        back=found.get_absolute_url(), context={"caption": str(found), "unsaved_page": ""},
    )  # fmt: skip


@require_safe
def download(request: HttpRequest, ref: str) -> HttpResponse:
    """The bytes of a contract's file."""
    return download_of(contract_or_404(request, ref))


@require_safe
def history(request: HttpRequest, ref: str) -> HttpResponse:
    """Who changed what about a processor contract."""
    found = contract_or_404(request, ref)
    return history_page(request, found, f"History of {found.reference}")


def _theirs(current) -> list[tuple[str, object]]:
    rows = current.controllers.select_related("organisation").order_by("pk")
    return [
        ("Title", current.title),
        ("Controllers", [row.organisation for row in rows]),
        ("Processor", current.processor),
        ("What the processor does", current.summary),
        ("It also covers law enforcement processing under Part 3 (DPA 2018, section 59)",
         current.is_part3),
        ("From", current.starts_on),
        ("Until", current.ends_on),
        ("Link to the contract", current.link),
    ]  # fmt: skip
