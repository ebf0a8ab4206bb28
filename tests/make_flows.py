"""Information flows for tests, written by the real services into drafts."""

from __future__ import annotations

from agreements.flows.models import Flow, FlowSide, Side
from agreements.flows.services import flows
from register.documents.lifecycle import State
from register.documents.models import Document, Version
from register.documents.services import drafting
from register.lists.services import load_lists
from tests import make_documents

TEST = "system:test"
# What no bar refuses, whatever the items are.
LAW = {"lawful_basis": "6_1_e", "article9": ("9_2_g",), "schedule1": ("sch1_18",)}


def flow(
    version: Version, providers, recipients, *, title="Referrals", categories=("contact",),
    law: dict | None = None, by=TEST, **facts,
) -> Flow:  # fmt: skip
    """A flow of a draft from providers to recipients, with one item of data for each category."""
    load_lists()
    made = flows.add_flow(by=by, version=version, title=title)
    flows.name_ends(by=by, flow=made, providers=_many(providers), recipients=_many(recipients))
    made.refresh_from_db()
    values = {"identifiability": "identifiable", "use_kind": "safeguarding"} | facts
    flows.change_flow(by=by, flow=made, row_version=made.row_version, **values)
    for side in Side:
        row = FlowSide.objects.get(flow=made, side=side)
        flows.change_law(by=by, law=row, row_version=row.row_version, **(LAW | (law or {})))
    for category in categories:
        flows.add_data_item(
            by=by, flow=made, name=category.replace("_", " "), category=category,
            needed_because="to know whom it is about",
        )  # fmt: skip
    return Flow.objects.get(pk=made.pk)


def agreement_with(
    partnership, *bodies, flows: list[dict], protocol=None, state=State.IN_FORCE, **facts
) -> Document:
    """An agreement with flows, each told by the values that `flow` takes, in a state."""
    document = make_documents.agreement(partnership, *bodies, protocol=protocol, **facts)
    for told in flows:
        flow(document.newest, **told)
    make_documents.walk(document.newest, state)
    return Document.objects.get(pk=document.pk)


def revised(document: Document, **facts) -> Version:
    """The next draft of a document in force."""
    return drafting.revise(by=TEST, document=document, **facts)


def _many(who) -> list:
    return list(who) if isinstance(who, (list, tuple)) else [who]
