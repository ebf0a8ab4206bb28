"""Whom a flow is about, and the items of data that it moves."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from agreements.flows import pages
from agreements.flows.facts import FlowFacts
from agreements.flows.forms.items import PasteItemsForm
from agreements.flows.forms.pages import Offers, page_form
from agreements.flows.models import FlowItem
from agreements.flows.pasted import items_in
from agreements.flows.said import answers_of
from agreements.flows.services import answers as services
from agreements.flows.views.finding import agreement_draft, flow_address, flow_in, flow_or_404
from agreements.flows.views.pages import asked_on, flow_page, form_for, tell
from register.documents.forms.drafting import values_of
from register.documents.forms.life import ConfirmForm
from register.documents.models import Version
from register.documents.views.conversation import asks
from register.documents.views.drafting import task_page
from register.documents.views.finding import row_of, row_or_404
from register.documents.views.rows import gone
from register.lists.labels import item as list_item
from register.lists.labels import label, labels


@asks
def data(request: HttpRequest, ref: str, lineage: UUID) -> HttpResponse:
    """Whom it is about, its items as a table, and what must not be sent."""
    version = agreement_draft(request, ref)
    facts = flow_in(version, lineage)
    shown = pages.page("data")
    if facts is None or shown is None:
        return gone(request)
    names = asked_on(request, shown, answers_of(facts), facts)

    def act(asked="", row_version=None, **values):
        cleared = services.answer_flow(
            by=request.user, flow=facts.flow, row_version=row_version, **values
        )
        tell(request, cleared)

    fields = [name for name in names if name != "items"]
    return flow_page(
        request, version, facts, shown, names, form_for(names, facts.flow, Offers()), act,
        initial=values_of(facts.flow, fields), template="flows/data.html",
        context={"items": [_shown(row) for row in facts.items], "flow": facts.flow},
    )  # fmt: skip


@asks
def add_item(request: HttpRequest, ref: str, lineage: UUID) -> HttpResponse:
    """Add an item of data."""
    version = agreement_draft(request, ref)
    facts = flow_or_404(version, lineage)
    new = FlowItem(flow=facts.flow)

    def act(asked="", **values):
        tell(request, services.add_row(by=request.user, flow=facts.flow, **values))

    return _item_page(request, version, facts, "Add an item", new, act, changes=False)


@asks
def change_item(request: HttpRequest, ref: str, lineage: UUID, pk: int) -> HttpResponse:
    """Change an item of data."""
    version = agreement_draft(request, ref)
    facts = flow_or_404(version, lineage)
    if (row := _row(version, facts, pk)) is None:
        return gone(request)

    def act(asked="", row_version=None, **values):
        tell(
            request,
            services.change_row(by=request.user, row=row, row_version=row_version, **values),
        )

    return _item_page(request, version, facts, f"Item: {row.name}", row, act)


@asks
def remove_item(request: HttpRequest, ref: str, lineage: UUID, pk: int) -> HttpResponse:
    """Remove an item of data, once it is confirmed."""
    version = agreement_draft(request, ref)
    facts = flow_or_404(version, lineage)
    row = row_or_404(FlowItem, pk, version)
    to = flow_address(version, facts.flow, "data")
    return task_page(
        request, version, ConfirmForm, "Remove this item?", to=to, back=to,
        act=lambda: tell(request, services.remove_row(by=request.user, row=row)),
        done=f"Removed: {row.name}.",
        context={
            "intro": f"“{row.name}” leaves the flow. Its wording stays in the history.",
            "button": "Remove this item",
            "danger": True,
            "unsaved_page": "",
        },
    )  # fmt: skip


@asks
def move_item(request: HttpRequest, ref: str, lineage: UUID, pk: int) -> HttpResponse:
    """Move an item of data up or down within its flow."""
    version = agreement_draft(request, ref)
    facts = flow_or_404(version, lineage)
    row = row_or_404(FlowItem, pk, version)
    to = flow_address(version, facts.flow, "data")
    if request.method == "POST":
        services.move_row(by=request.user, row=row, up=request.POST.get("to") == "up")
        to = f"{to}#row-{row.pk}"
    return redirect(to)


@asks
def paste_items(request: HttpRequest, ref: str, lineage: UUID) -> HttpResponse:
    """Add several items of data as lines of text."""
    version = agreement_draft(request, ref)
    facts = flow_or_404(version, lineage)
    to = flow_address(version, facts.flow, "data")

    def act(pasted):
        count = services.add_rows(by=request.user, flow=facts.flow, rows=items_in(pasted))
        messages.success(request, f"{count} {'item is' if count == 1 else 'items are'} added.")

    return task_page(
        request, version, PasteItemsForm, "Paste several items", act=act, to=to, back=to,
        template="flows/paste.html",
        context={"categories": labels("data_category").values(), "caption": _caption(facts)},
    )  # fmt: skip


def _item_page(
    request: HttpRequest, version: Version, facts: FlowFacts, title: str, row: FlowItem, act, *,
    changes: bool = True,
) -> HttpResponse:  # fmt: skip
    names = pages.names_asked(pages.ITEM, answers_of(facts))
    if not _may_be_special(row):
        names = tuple(name for name in names if name != "special")
    to = flow_address(version, facts.flow, "data")
    return task_page(
        request, version, page_form(names, row, Offers(), changes=changes), title,
        initial=values_of(row, names) if changes else None, act=act, to=to, back=to,
        context={"caption": _caption(facts)},
    )  # fmt: skip


def _may_be_special(row: FlowItem) -> bool:
    """Whether an item may hold special categories: not a mere identifier, nor anything about no people."""
    category = list_item("data_category", row.category) if row.category else None
    if category is None or row.special:
        return True
    return bool(category.fact("is_personal")) and not category.fact("is_identifier")


def _row(version: Version, facts: FlowFacts, pk: int) -> FlowItem | None:
    row = row_of(FlowItem, pk, version)
    return row if row is not None and row.flow_id == facts.flow.pk else None


def _caption(facts: FlowFacts) -> str:
    return f"{facts.flow.version.document.reference} · flow {facts.number}, {facts.flow.title}"


def _shown(row: FlowItem) -> dict:
    category = list_item("data_category", row.category) if row.category else None
    meant = category.fact("special") if category else ()
    special = dict.fromkeys([*row.special, *(meant or ())])
    return {
        "row": row,
        "category": label("data_category", row.category) if row.category else "",
        "special": [label("special_category", code) for code in special],
        "identifiability": label("identifiability", row.identifiability)
        if row.identifiability
        else "",
    }
