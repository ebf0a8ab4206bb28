"""Risks that follow from the flows of a draft."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.flows.models import FlowItem
from agreements.flows.services.flows import add_flow, name_ends
from agreements.risks.sharing import movements_of, proposals_for
from register.documents.services.content import add_item
from tests.agreements.risks.conftest import TEST


@pytest.fixture
def version(agreement):
    """The draft."""
    return agreement.newest


def flow(version, title, **facts):
    """A flow of identifiable information."""
    facts = {"identifiability": "identifiable"} | facts
    return add_flow(by=TEST, version=version, title=title, **facts)


def test_weak_media_special_and_foreign_flows_propose_their_risks(version, council, police):
    one = flow(
        version, "Referrals", transfer_modes=("email",), outside_uk="idta", volume="over_10000"
    )
    flow(version, "Backups", transfer_modes=("media_staff",))
    name_ends(by=TEST, flow=one, providers=[council], recipients=[police])
    add_item(
        by=TEST, version=version, model=FlowItem, flow=one, name="Diagnosis", special=("health",)
    )
    found = {each.code: each.because for each in proposals_for(version)}
    assert found == {
        "intercepted": "flow Referrals",
        "media_lost": "flow Backups",
        "sensitive_misused": "flow Referrals",
        "bulk_breach": "flow Referrals",
        "outside_uk": "flow Referrals",
    }


def test_a_flow_about_nobody_proposes_nothing(version):
    flow(version, "Counts", identifiability="non_personal", transfer_modes=("email",))
    assert proposals_for(version) == []


def test_a_protected_flow_proposes_nothing(version):
    flow(version, "Portal", transfer_modes=("secure_file_transfer",), outside_uk="none")
    assert proposals_for(version) == []


def test_many_flows_cost_the_same_statements_as_one(version):
    flow(version, "One", transfer_modes=("email",))
    movements_of(version)
    counts = []
    for more in (0, 5):
        for number in range(more):
            flow(version, f"More {number}", transfer_modes=("email",))
        with CaptureQueriesContext(connection) as queries:
            movements_of(version)
        counts.append(len(queries))
    assert counts[0] == counts[1]
