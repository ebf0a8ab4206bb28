"""What rules ask is read from the tables: a whole agreement breaks none, and units and texts are found."""

import pytest

from agreements.flows.models import FlowSide
from agreements.flows.rules import AGREEMENT_RULES
from agreements.flows.services import flows as services
from register.core.dates import add_months, today
from register.directory.models import Organisation
from register.directory.services import assurance
from register.directory.services import organisations as bodies
from register.documents.case import case_of
from register.documents.models import Document
from register.documents.services import content
from register.ledger.acts import act
from tests import frameworks, make_flows, worlds
from tests import make_documents as make
from tests.agreements.flows.cases import GDPR, SAID, codes

pytestmark = pytest.mark.django_db
TEST = "system:test"
OWN = ("title", "purpose")


@worlds.shared
def framework():
    found = frameworks.found()
    known = {
        "council": {"kind": "county_council", "public_authority": "yes", "part3": "no"},
        "trust": {"kind": "nhs_trust", "public_authority": "yes", "part3": "no"},
    }
    for name, facts in known.items():
        body = Organisation.objects.get(pk=found.county.bodies[name].pk)
        with act(by=TEST, verb="organisation.changed", subject=body):
            for field, value in facts.items():
                setattr(body, field, value)
            body.save()
        found.county.bodies[name] = body
    return found


def agreement(framework, giver, law=GDPR, **said):
    """An agreement of council and trust with one flow that says everything."""
    county = framework.county
    document = make.agreement(
        county.partnership, county.council, county.trust, protocol=framework.protocol
    )
    purpose = framework.protocol.governing.generalpurpose_rows.get()
    told = {name: value for name, value in SAID.items() if name not in OWN} | said
    make_flows.flow(
        document.newest, giver, county.trust, law=law, categories=("name_identifiers", "health"),
        purpose_document=framework.protocol, purpose_lineage=purpose.lineage, **told,
    )  # fmt: skip
    return document


def broken(document):
    case = case_of(Document.objects.get(pk=document.pk).newest)
    # The security level has a page and a test of its own.
    return codes(AGREEMENT_RULES, case) - {"S16"}


def test_a_whole_agreement_of_the_register_breaks_no_rule(framework):
    assert broken(agreement(framework, framework.county.council)) == set()


def test_a_unit_at_an_end_is_answered_for_by_its_body(framework):
    county = framework.county
    unit = bodies.add_organisation(
        by=TEST, legal_name="WY Youth Service", legal_status="unit", unit_of=county.council
    )
    document = agreement(framework, unit)
    assert broken(document) == set()
    # Its body is no discloser of this gateway, and that is what the rule asks.
    law = FlowSide.objects.get(version=document.newest, side="provider")
    services.change_law(
        by=TEST, law=law, row_version=law.row_version, gateways=("common_law_policing",)
    )
    assert broken(document) == {"G1"}


def test_the_policy_document_of_the_body_counts_and_its_assurance_ends(framework):
    county = framework.county
    document = agreement(framework, county.council, law=GDPR | {"policy_document": ""})
    assert broken(document) == {"F43"}
    for body in (county.council, county.trust):
        assurance.record_fact(
            by=TEST, organisation=body, kind="policy", reference="APD 1",
            dated_on=add_months(today(), -1),
        )  # fmt: skip
    assert broken(document) == set()


def test_an_nhs_number_in_a_clause_is_found(framework):
    document = agreement(framework, framework.county.council)
    content.add_clause(by=TEST, version=document.newest, text="<p>As for 943 476 5919.</p>")
    assert broken(document) == {"N1"}
