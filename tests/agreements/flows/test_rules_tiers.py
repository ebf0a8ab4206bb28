"""Whether the tiers agree: signatories, purposes, data, people and community; read for many at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.flows.models import PartyGroup
from agreements.flows.services import flows as services
from agreements.flows.services import groups
from charters.models import GeneralPurpose, ProtocolScope
from register.core.dates import today
from register.directory.models import CommunityMember
from register.directory.services import communities, memberships
from register.documents.case import cases_of
from register.documents.lifecycle import State
from register.documents.models import Document
from register.documents.rules import findings_of
from register.documents.score import score_of
from register.documents.services import content, moving
from register.ledger.acts import act
from register.signing import services as signing
from tests import frameworks, make_flows, worlds
from tests import make_documents as make

pytestmark = pytest.mark.django_db
TEST = "system:test"


@worlds.shared
def framework():
    return frameworks.found()


@pytest.fixture
def county(framework):
    return framework.county


def found(document, *codes):
    """The sentences of some rules that do not hold for the newest version of a document."""
    version = Document.objects.get(pk=document.pk).newest
    return [f.says for f in findings_of(cases_of([version.pk])[version.pk]) if f.code in codes]


def draft(framework, *bodies, **facts):
    place = {"protocol": framework.protocol, **facts}
    return make.agreement(framework.county.partnership, *bodies, **place)


def purpose(framework, title="Safeguarding"):
    return GeneralPurpose.objects.get(version=framework.protocol.governing, title=title)


def with_flow(framework, county, **facts):
    """A draft with one flow for the purpose of the protocol, but for what is given."""
    told = {"purpose_document": framework.protocol, "purpose_lineage": purpose(framework).lineage}
    document = draft(framework, county.council, county.police)
    make_flows.flow(document.newest, county.council, county.police, **(told | facts))
    return document


def withdraw(slot):
    signing.record_withdrawal(by=TEST, slot=slot, reason="It left.", withdrawn_on=today())


def limit(framework, **codes):
    """The protocol's next version, in force, with a limit on data or people."""
    version = make_flows.revised(framework.protocol)
    content.add_item(by=TEST, version=version, model=ProtocolScope, title="Safeguarding", **codes)
    make.walk(version, State.IN_FORCE)


def test_whole_tiers_agree(framework, county):
    document = with_flow(framework, county)
    codes = [f"T{n}" for n in range(1, 9)]
    assert not found(document, *codes)
    assert not found(framework.protocol, *codes)


def test_t1_and_t2_name_the_exact_gap(framework, county):
    document = draft(framework, county.council, county.police)
    content.add_party(by=TEST, version=document.newest, organisation=county.trust)
    assert not found(document, "T1", "T2")
    withdraw(framework.slot(framework.protocol, county.trust))
    (said,) = found(document, "T1")
    assert f"withdrew its signature from the protocol {framework.protocol.reference}" in said
    withdraw(framework.slot(framework.charter, county.police))
    (said,) = found(document, "T2")
    assert f"withdrew its signature from the charter {framework.charter.reference}" in said


def test_t1_says_of_a_body_that_was_never_asked(framework, county):
    document = draft(framework, county.council)
    content.add_party(
        by=TEST, version=document.newest, organisation=county.charity, only_this_reason=""
    )
    assert "has never been asked to sign the protocol" in found(document, "T1")[0]
    bound_here = draft(framework, county.council)
    content.add_party(
        by=TEST, version=bound_here.newest, organisation=county.charity,
        only_this_reason="A pilot of one year.",
    )  # fmt: skip
    assert not found(bound_here, "T1", "T2", "T7")


def test_t1_asks_the_members_of_groups_too(framework, county):
    document = draft(framework, county.council, county.police)
    group = content.add_item(by=TEST, version=document.newest, model=PartyGroup, name="Carers")
    groups.join_group(
        by=TEST, document=document, group=group.lineage, organisation=county.charity,
        form_signatory="A. Carer", starts_on=today(),
    )  # fmt: skip
    assert [said for said in found(document, "T1") if "Carers" in said]


def test_t3_the_charter_above_the_protocol_is_in_force(framework, county):
    document = draft(framework, county.council, county.police)
    moving.end(by=TEST, document=framework.charter, reason="Over.")
    assert found(document, "T3") == [
        f"{framework.charter.reference}: Bring the charter above the protocol into force."
    ]


def test_t4_each_purpose_is_one_that_the_protocol_names_today(framework, county):
    none = with_flow(framework, county, purpose_document=None, purpose_lineage=None)
    assert "None is chosen." in found(none, "T4")[0]
    document = with_flow(framework, county)
    version = make_flows.revised(framework.protocol)
    content.remove_item(by=TEST, row=GeneralPurpose.objects.get(version=version))
    content.add_item(by=TEST, version=version, model=GeneralPurpose, title="Early help")
    make.walk(version, State.IN_FORCE)
    assert "no longer among those of the protocol" in found(document, "T4")[0]


def test_t5_keeps_to_the_data_that_the_protocol_names_and_to_none_where_it_names_none(
    framework, county
):
    document = with_flow(framework, county, categories=("contact", "health"))
    assert not found(document, "T5")
    limit(framework, data_categories=("contact", "education"))
    assert "Not in the protocol: health (physical and mental)." in found(document, "T5")[0]
    assert not found(document, "T6")


def test_t6_keeps_to_the_people_that_the_protocol_names(framework, county):
    document = with_flow(framework, county, data_subjects=("children", "staff"))
    assert not found(document, "T6")
    limit(framework, data_subjects=("children", "parents"))
    assert "Not in the protocol: staff." in found(document, "T6")[0]


def test_t7_and_t8_the_members_of_the_community_match(framework, county):
    document = draft(framework, county.council, county.police)
    memberships.add_member(by=TEST, partnership=county.partnership, organisation=county.charity)
    communities.join_community(by=TEST, community=county.community, organisation=county.charity)
    (said,) = found(framework.protocol, "T8")
    assert said.startswith("WY Carers: Name every member")
    row = CommunityMember.objects.get(community=county.community, organisation=county.police)
    with act(by=TEST, verb="community.left", subject=row):
        row.ends_on = today() - timedelta(days=1)
        row.save()
    assert "It is no member of Children and families WY today." in found(document, "T7")[0]
    assert found(framework.protocol, "T7")


def test_the_cases_and_rules_of_six_agreements_cost_as_many_statements_as_those_of_one(
    framework, county
):
    documents = [with_three_flows(framework, county) for _ in range(6)]
    ids = [document.newest.pk for document in documents]
    one, many = statements(ids[:1]), statements(ids)
    assert len(many) == len(one) < 90


def with_three_flows(framework, county):
    document = with_flow(framework, county)
    flow = services.copy_flow(by=TEST, flow=document.newest.flow_rows.get())
    services.copy_flow(by=TEST, flow=flow, title="Third")
    return document


def statements(ids):
    findings_of(cases_of(ids[:1])[ids[0]])  # the lists are read once for all
    with CaptureQueriesContext(connection) as caught:
        for case in cases_of(ids).values():
            findings_of(case)
            score_of(case)
    return caught.captured_queries
