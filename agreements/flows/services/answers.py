"""Answering the questions of a flow, page by page; what an answer makes irrelevant is cleared with it.

Each of these answers with what was cleared, in words, so that the page can say it.
"""

from __future__ import annotations

from agreements.flows.models import Flow, FlowItem, FlowSide
from agreements.flows.services.clearing import clearing
from agreements.flows.services.flows import add_data_item, change_flow, change_law
from register.documents.services.content import add_items, change_item, remove_item


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
