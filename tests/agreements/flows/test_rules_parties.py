"""What those at the ends need: assurance, a contract, an assessment; and text that names nobody."""

from datetime import timedelta

import pytest

from agreements.flows.rules import AGREEMENT_RULES
from agreements.risks.facts import ContractFacts, DpiaFacts, RiskFacts
from register.core.dates import today
from register.documents.models import Clause
from tests.agreements.flows.cases import (
    CHARITY,
    COUNCIL,
    GDPR,
    PART3,
    POLICE,
    SUPPLIER,
    TRUST,
    around,
    broken,
    case,
    flow,
)

pytestmark = pytest.mark.django_db
RULE = {rule.code: rule for rule in AGREEMENT_RULES}
NOTE = {"gateway_note": "For the council."}
PROCESSOR = {"controller_role": "processor"}


def contract(**facts):
    told = {
        "reference": "WY-K-0001", "processor": SUPPLIER.pk, "controllers": frozenset({COUNCIL.pk}),
        "is_part3": False, "starts_on": today(), "ends_on": None, "missing_points": (),
    }  # fmt: skip
    return ContractFacts(**(told | facts))


def processing(*contracts):
    risks = RiskFacts(contracts={SUPPLIER.pk: contracts} if contracts else {})
    return case(flow(COUNCIL, SUPPLIER, recipient=PROCESSOR), risks=risks)


def test_s11_a_voluntary_body_that_receives_shows_its_assurance():
    made = case(flow(COUNCIL, CHARITY, recipient=GDPR | NOTE), around=around(CHARITY="none"))
    assert broken(RULE["S11"], made)[0].words == "Wyre Carers"
    silent = case(flow(COUNCIL, CHARITY, recipient=GDPR | NOTE))
    del silent.more["around"].levels[CHARITY.pk]
    assert "recorded no facts" in broken(RULE["S11"], silent)[0].detail
    assert not broken(RULE["S11"], case(flow(COUNCIL, CHARITY)))
    # A council is asked nothing of the kind, nor is a charity that only gives.
    assert not broken(RULE["S11"], case(flow(CHARITY, COUNCIL), around=around(CHARITY="none")))


def test_s12_names_a_body_whose_assurance_has_expired_once():
    made = case(
        flow(COUNCIL, TRUST), flow(COUNCIL, TRUST, number=2), around=around(TRUST="expired")
    )
    assert [where.words for where in broken(RULE["S12"], made)] == ["Wyre Hospitals NHS Trust"]
    assert not broken(RULE["S12"], case(flow(COUNCIL, TRUST)))


def test_s13_a_processor_has_a_contract_that_will_do():
    assert "no contract is linked" in broken(RULE["S13"], processing())[0].detail
    ended = contract(ends_on=today() - timedelta(days=1))
    assert "ended on" in broken(RULE["S13"], processing(ended))[0].detail
    lacking = contract(missing_points=("audits",))
    assert "lacks 1 point of" in broken(RULE["S13"], processing(lacking))[0].detail
    assert not broken(RULE["S13"], processing(ended, contract()))


def test_s13_law_enforcement_needs_a_contract_that_covers_it():
    told = flow(POLICE, SUPPLIER, provider=PART3, recipient=PART3 | PROCESSOR)
    risks = RiskFacts(contracts={SUPPLIER.pk: (contract(),)})
    assert "law enforcement" in broken(RULE["S13"], case(told, risks=risks))[0].detail
    risks = RiskFacts(contracts={SUPPLIER.pk: (contract(is_part3=True),)})
    assert not broken(RULE["S13"], case(told, risks=risks))


def test_s14_sensitive_data_on_vulnerable_people_is_assessed():
    bare = case(flow(COUNCIL, TRUST, dpia_reference=""))
    where = broken(RULE["S14"], bare)[0]
    said = "It moves special category or offence data routinely about people who may be vulnerable."
    assert where.detail == said
    linked = RiskFacts(dpias=(DpiaFacts("WY-D-1", None, {COUNCIL.pk: "accepted"}),))
    assert not broken(RULE["S14"], case(flow(COUNCIL, TRUST, dpia_reference=""), risks=linked))
    assert not broken(RULE["S14"], case(flow(COUNCIL, TRUST)))


def test_s15_names_the_controls_that_the_level_asks_for():
    risks = RiskFacts(level="high", level_says="Required security level: high.", missing=("mfa",))
    where = broken(RULE["S15"], case(flow(COUNCIL, TRUST), risks=risks))[0]
    assert where.detail == "Required security level: high. Missing: multi-factor authentication."
    assert not broken(RULE["S15"], case(flow(COUNCIL, TRUST), risks=RiskFacts(level="high")))


def test_s16_asks_for_the_security_level_of_flows_about_people():
    assert broken(RULE["S16"], case(flow(COUNCIL, TRUST), risks=RiskFacts()))
    assert not broken(RULE["S16"], case(flow(COUNCIL, TRUST), risks=RiskFacts(level="standard")))
    figures = flow(COUNCIL, TRUST, identifiability="non_personal")
    assert not broken(RULE["S16"], case(figures, risks=RiskFacts()))


def test_s17_asks_somebody_to_accept_what_is_left_of_a_high_risk():
    left = RiskFacts(level="high", unaccepted=("Loss in the post",))
    assert broken(RULE["S17"], case(flow(COUNCIL, TRUST), risks=left))[0].words == (
        "Risk Loss in the post"
    )
    assert not broken(RULE["S17"], case(flow(COUNCIL, TRUST), risks=RiskFacts()))


def test_s18_asks_each_controller_of_the_assessment_to_decide():
    open_ = RiskFacts(dpias=(DpiaFacts("WY-D-1", None, {COUNCIL.pk: "in_progress"}),))
    where = broken(RULE["S18"], case(flow(COUNCIL, TRUST), risks=open_))[0]
    assert where.words == "Wyre County Council"
    settled = RiskFacts(dpias=(DpiaFacts("WY-D-1", None, {COUNCIL.pk: "accepted"}),))
    assert not broken(RULE["S18"], case(flow(COUNCIL, TRUST), risks=settled))


def test_rules_on_risks_are_not_asked_where_nobody_has_loaded_them():
    made = case(flow(COUNCIL, SUPPLIER, recipient=PROCESSOR))
    for code in ("S13", "S15", "S16", "S17", "S18"):
        assert not broken(RULE[code], made), code


def test_n1_finds_an_nhs_number_wherever_it_is_typed_and_names_the_place():
    nhs = "Patient 943 476 5919"
    made = case(flow(COUNCIL, TRUST, storage=nhs), clauses=[Clause(text=f"<p>{nhs}</p>")])
    found = broken(RULE["N1"], made)
    assert [where.words for where in found] == ["Clause 1", "Flow 1, Referrals"]
    assert [where.task for where in found] == ["clauses", "flows"]
    assert found[0].detail == "“943 476 5919” looks like an NHS number."


def test_n1_finds_a_date_of_birth_in_the_title_and_a_national_insurance_number_in_an_item():
    made = case(flow(COUNCIL, TRUST))
    made.version.title = "Case of John Smith, born 3 May 2011"
    made.more["flows"][0].items[0].format_example = "AB 12 34 56 C"
    assert {where.words for where in broken(RULE["N1"], made)} == {"Title", "Flow 1, Referrals"}


def test_n1_leaves_ordinary_numbers_alone():
    text = "Call 01632 960 960 before 1 April 2026; invoice 4505577104; section 115(1)(b)."
    assert not broken(RULE["N1"], case(flow(COUNCIL, TRUST), clauses=[Clause(text=text)]))
