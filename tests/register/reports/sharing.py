"""Agreements with flows in force, made by the services, for tests of reports on sharing."""

from __future__ import annotations

from django.test import Client

from agreements.flows.models import Flow, FlowCategory, FlowSide, Line, Side
from agreements.flows.services import flows
from charters.models import GeneralPurpose
from register.documents.lifecycle import State
from register.documents.models import Document
from register.documents.services.keeping_up import keep_up
from register.ledger.acts import act, bulk_create
from tests import make_documents as make

TEST = "system:test"


def flow(title, giver, taker, *, items=(("Name", "name_identifiers"),), sides=None, **facts):
    """What `agreement` makes a flow of: its name, one or several bodies at each end, its items."""
    facts.setdefault("use_kind", "safeguarding")
    facts.setdefault("identifiability", "identifiable")
    return {
        "title": title,
        "givers": giver if isinstance(giver, list) else [giver],
        "takers": taker if isinstance(taker, list) else [taker],
        "items": items,
        "sides": sides or {},
        "facts": facts,
    }


def agreement(framework, *told, title="Sharing", state=State.IN_FORCE, restricted=False):
    """An agreement under the framework's protocol with flows, walked to a state."""
    bodies = list(dict.fromkeys(b for one in told for b in (*one["givers"], *one["takers"])))
    document = make.agreement(
        framework.county.partnership, *bodies, protocol=framework.protocol, title=title
    )
    version = document.newest
    for one in told:
        add(framework, version, one)
    make.walk(version, state)
    if restricted:
        document = Document.objects.get(pk=document.pk)
        with act(by=TEST, verb="document.changed", subject=document):
            document.is_restricted = True
            document.save()
            keep_up([document.pk])
    return Document.objects.get(pk=document.pk)


def add(framework, version, one) -> Flow:
    """Add one flow to a draft: for the protocol's purpose, with its ends, items and law."""
    purpose = purpose_of(framework)
    made = flows.add_flow(
        by=TEST, version=version, title=one["title"], purpose_document=framework.protocol,
        purpose_lineage=purpose.lineage, **one["facts"],
    )  # fmt: skip
    flows.name_ends(by=TEST, flow=made, providers=one["givers"], recipients=one["takers"])
    for name, category in one["items"]:
        flows.add_data_item(by=TEST, flow=made, name=name, category=category)
    for side, law in one["sides"].items():
        row = FlowSide.objects.get(flow=made, side=side)
        flows.change_law(by=TEST, law=row, row_version=row.row_version, **law)
    return made


def many(framework, number, giver, taker, *, title="Many") -> Document:
    """A draft with many flows from one body to another, and their lines as if it were in force."""
    document = make.agreement(
        framework.county.partnership, giver, taker, protocol=framework.protocol, title=title
    )
    version = document.newest
    with act(by=TEST, verb="version.written", subject=version):
        made = bulk_create(
            [
                Flow(version=version, title=f"Flow {at}", position=at, use_kind="planning")
                for at in range(number)
            ]
        )
        bulk_create(
            [FlowSide(version=version, flow=one, side=side) for one in made for side in Side]
        )
    Line.objects.bulk_create(
        Line(
            flow_id=one.pk, version_id=version.pk, document_id=document.pk,
            partnership_id=document.partnership_id, provider_id=giver.pk, recipient_id=taker.pk,
            use_kind="planning", state="in_force", is_governing=True, is_active=True,
        )
        for one in made
    )  # fmt: skip
    FlowCategory.objects.bulk_create(
        FlowCategory(flow_id=one.pk, document_id=document.pk, category="health") for one in made
    )
    return document


def purpose_of(framework) -> GeneralPurpose:
    """The general purpose of the framework's protocol."""
    return GeneralPurpose.objects.get(version=framework.protocol.governing)


def ask(user, path, **facts):
    """Ask for a page as somebody."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(path, **facts)
