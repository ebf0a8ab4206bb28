"""Answering the questions of a flow, page by page; what an answer makes irrelevant is cleared with it.

Each of these answers with what was cleared, in words, so that the page can say it.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError

from agreements.flows.models import Flow, FlowItem, FlowSide
from agreements.flows.services.clearing import clearing
from agreements.flows.services.flows import add_data_item, change_flow, change_law
from register.core.verdicts import require
from register.documents.permissions import may_edit_version
from register.documents.services.content import add_items, change_item, remove_item
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_version
from register.ledger.acts import act, bulk_update


def answer_flow(*, by, flow: Flow, row_version: int, **facts) -> list[str]:
    """Answer questions about the flow itself. Raises Conflict."""
    with clearing(by=by, version=flow.version) as cleared:
        change_flow(by=by, flow=flow, row_version=row_version, **facts)
    return cleared


def answer_law(*, by, law: FlowSide, row_version: int, **facts) -> list[str]:
    """Answer questions about the law at one end. Raises Conflict."""
    with clearing(by=by, version=law.version) as cleared:
        change_law(by=by, law=law, row_version=row_version, **facts)
    return cleared


def add_row(*, by, flow: Flow, **facts) -> list[str]:
    """Add an item of data."""
    with clearing(by=by, version=flow.version) as cleared:
        add_data_item(by=by, flow=flow, **facts)
    return cleared


def add_rows(*, by, flow: Flow, rows: list[dict]) -> int:
    """Add many items of data at the end, as they were pasted; returns how many."""
    made = [{"flow": flow, **row} for row in rows]
    return len(add_items(by=by, version=flow.version, model=FlowItem, rows=made))


def change_row(*, by, row: FlowItem, row_version: int, **facts) -> list[str]:
    """Change an item of data. Raises Conflict."""
    with clearing(by=by, version=row.version) as cleared:
        change_item(by=by, row=row, row_version=row_version, **facts)
    return cleared


def remove_row(*, by, row: FlowItem) -> list[str]:
    """Take an item of data out."""
    with clearing(by=by, version=row.version) as cleared:
        remove_item(by=by, row=row)
    return cleared


def move_row(*, by, row: FlowItem, up: bool) -> None:
    """Move an item of data one place up or down within its flow."""
    with act(by=by, verb="version.written", subject=row.version, quiet=True):
        version = lock_version(row.version)
        require(may_edit_version(by, version))
        rows = list(FlowItem.objects.select_for_update().filter(flow=row.flow_id))
        place = next((n for n, other in enumerate(rows) if other.pk == row.pk), None)
        if place is None:
            raise ValidationError("It is not there any more.")
        other = place - 1 if up else place + 1
        if not 0 <= other < len(rows):
            return
        rows[place], rows[other] = rows[other], rows[place]
        # The places of one flow's items lie among those of the others: they keep the same set.
        for each, position in zip(rows, sorted(_places(rows)), strict=True):
            each.position = position
        bulk_update(rows, ["position"])
        keep_up([version.document_id])


def _places(rows: list[FlowItem]) -> list[int]:
    places = [row.position for row in rows]
    return places if len(set(places)) == len(places) else list(range(1, len(rows) + 1))
