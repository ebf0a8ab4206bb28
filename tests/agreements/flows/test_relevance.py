"""What rules and pages do not ask where it makes no sense, and what they ask where it does."""

import pytest

from agreements.clauses import covers
from agreements.flows.pages import names_asked, page
from agreements.flows.rules import AGREEMENT_RULES
from agreements.flows.said import answers_of
from register.documents.models import Clause
from tests.agreements.flows.cases import COUNCIL, GDPR, SCHOOL, TRUST, broken, case, flow

pytestmark = pytest.mark.django_db
RULE = {rule.code: rule for rule in AGREEMENT_RULES}


def asked(facts, code):
    return names_asked(page(code), answers_of(facts, code))


def test_the_opt_out_is_asked_of_health_and_care_services_and_not_of_a_school():
    beyond = {"use_kind": "planning", "opt_out": "not_health"}
    of_school, of_trust = flow(SCHOOL, COUNCIL, **beyond), flow(TRUST, COUNCIL, **beyond)
    assert not broken(RULE["F68"], case(of_school))
    assert broken(RULE["F68"], case(of_trust))
    assert "opt_out" not in asked(of_school, "confidentiality")
    assert "opt_out" in asked(of_trust, "confidentiality")


def test_where_a_statutory_bar_touches_the_data_its_answer_has_a_place_without_a_gateway():
    items = (("Benefits received", "income_benefits"),)
    law = GDPR | {"gateways": (), "gateway_note": ""}
    facts = flow(COUNCIL, TRUST, items=items, provider=law)
    [where] = broken(RULE["G6"], case(facts))
    assert "section 123" in where.detail
    assert "section 132" in where.detail
    assert "gateway_note" in asked(facts, "provider")
    assert "gateway_note" not in asked(flow(COUNCIL, TRUST, provider=law), "provider")


def test_people_who_consent_are_asked_how_even_of_ordinary_data():
    items = (("Name", "name_identifiers"),)
    law = GDPR | {"lawful_basis": "6_1_a"}
    assert "consent_model" in asked(
        flow(COUNCIL, TRUST, items=items, provider=law), "confidentiality"
    )
    assert not asked(flow(COUNCIL, TRUST, items=items, provider=GDPR), "confidentiality")


@pytest.mark.parametrize(
    ("heading", "name"),
    [("Loss or unauthorised release", "breach"), ("Termination", "termination"),
     ("Handling subject access requests (SARs)", "rights"), ("Data retention", "retention")],
)  # fmt: skip
def test_a_clause_with_such_a_heading_covers_what_it_speaks_of(heading, name):
    made = case(flow(COUNCIL, TRUST))
    assert not covers(made, name)
    made.more["clauses"] = [Clause(heading=heading)]
    assert covers(made, name)
