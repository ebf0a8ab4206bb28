"""What a processor contract says of Article 28(3), and whom the processor engages."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from agreements.risks.forms.contracts import (
    ChecklistForm,
    SubProcessorEditForm,
    SubProcessorForm,
)
from agreements.risks.models import Point, ProcessorContract, SubProcessor
from agreements.risks.permissions import may_keep_contract
from agreements.risks.services import contracts as services
from agreements.risks.views.conversation import contract_or_404, facts_of
from register.core.verdicts import require
from register.documents.forms.life import ConfirmForm
from register.documents.views.conversation import asks, edit_page


@asks
def checklist(request: HttpRequest, ref: str) -> HttpResponse:
    """Tick what the contract says, point by point."""
    found = _kept(request, ref)
    initial: dict[str, object] = {"row_version": found.row_version}
    for row in found.points.all():
        initial |= {row.point: row.is_met, f"{row.point}_note": row.note}

    def act(row_version, **said):
        points = {code: (said[code], said[f"{code}_note"]) for code in Point.values}
        return services.save_checklist(
            by=request.user, contract=found, row_version=row_version, points=points
        )

    return _page(
        request, found, ChecklistForm, initial=initial, act=act,
        title="Check it against Article 28(3)", button="Save the checklist",
        done="The checklist is saved.", theirs=_theirs,
        intro="Tick each point that the contract says, and note the clause.",
    )  # fmt: skip


@asks
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Name somebody whom the processor engages."""
    found = _kept(request, ref)
    return _page(
        request, found, partial(SubProcessorForm, user=request.user),
        act=partial(services.add_sub_processor, by=request.user, contract=found),
        title="Add a sub-processor", button="Add the sub-processor",
        done="The sub-processor is added.",
    )  # fmt: skip


@asks
def change(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """What is known of a sub-processor."""
    found = _kept(request, ref)
    row = _row(found, pk)
    initial = facts_of(row, services.SUB_PROCESSOR)
    initial["organisation"] = row.organisation.legal_name if row.organisation else ""
    return _page(
        request, found, partial(SubProcessorEditForm, user=request.user), initial=initial,
        act=partial(services.change_sub_processor, by=request.user, row=row),
        title=f"Change {row}", button="Save the sub-processor", done="The sub-processor is saved.",
    )  # fmt: skip


@asks
def remove(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Take a sub-processor off a contract."""
    found = _kept(request, ref)
    row = _row(found, pk)
    return _page(
        request, found, ConfirmForm,
        act=lambda: services.remove_sub_processor(by=request.user, row=row),
        title=f"Remove {row}?", button="Remove the sub-processor", done=f"Removed: {row}.",
        intro="It leaves the contract's list. The history keeps it.",
        context={"danger": True, "unsaved_page": ""},
    )  # fmt: skip


def _kept(request: HttpRequest, ref: str) -> ProcessorContract:
    found = contract_or_404(request, ref)
    require(may_keep_contract(request.user, found))
    return found


def _row(found: ProcessorContract, pk: int) -> SubProcessor:
    return get_object_or_404(found.sub_processors.select_related("organisation"), pk=pk)


def _theirs(current: ProcessorContract) -> list[tuple[str, object]]:
    # Ticks alone: every note has the same label.
    return [(row.get_point_display(), row.is_met) for row in current.points.all()]


def _page(
    request: HttpRequest, found: ProcessorContract, make, *, intro: str = "", context=None, **words
) -> HttpResponse:
    context = {"caption": str(found), "intro": intro, **(context or {})}
    address = found.get_absolute_url()
    return edit_page(request, make, to=address, back=address, context=context, **words)
