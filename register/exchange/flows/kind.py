"""Sheets of information flows as a kind of file: each row becomes a flow of the agreement it names."""

from __future__ import annotations

from register.exchange import headings
from register.exchange.flow_vocabulary import FLOW_FIELDS, MANY_FLOWS
from register.exchange.flows import rows, taking_back
from register.exchange.flows.applying import apply_flows
from register.exchange.flows.columns import flow_columns, guess_flows, holds_flows
from register.exchange.flows.plan import plan_flows
from register.exchange.kinds import Kind

FLOWS = Kind(
    code="flows",
    words="Information flows of agreements",
    becomes="Each row becomes an information flow of the agreement that its reference names. What is"
    " frozen takes nothing in: its rows say what to do.",
    fields=FLOW_FIELDS,
    many=frozenset(MANY_FLOWS),
    field_of=headings.flow_field_of,
    holds=holds_flows,
    proposed=guess_flows,
    columns=flow_columns,
    rows=rows.normalise,
    plan=plan_flows,
    apply=apply_flows,
    take_back=taking_back.take_back,
    documents=taking_back.documents_of,
    hindrances=taking_back.hindrances,
    asks_provider=True,
    place=10,
)
