"""What advice a version needs, and what the rules say of what is missing, said against or sent back."""

import pytest

from agreements.flows.models import Flow
from agreements.risks.facts import RiskFacts
from register.advice.answers import Answer
from register.advice.models import Advice, ReviewRequest
from register.advice.needs import needed
from register.advice.rules import RULES
from register.advice.services import answering
from register.advice.standing import AdviceFacts
from register.core.dates import now, today
from register.documents.case import case_of, cases_of
from register.documents.models import Version
from register.documents.rules import broken_by
from register.documents.services.checking import set_rule
from register.lists import services
from tests import make
from tests.agreements.flows.cases import CHARITY, COUNCIL, GDPR, PART3, POLICE, TRUST, case, flow

pytestmark = pytest.mark.django_db
RULE = {rule.code: rule for rule in RULES}


def asked(*told, given=(), waiting=(), **more):
    """A case of flows with what was answered (kind, body, outcome) and what is open (kind, body)."""
    last, open_ = {}, {}
    for number, (kind, body, outcome) in enumerate(given, start=1):
        key = (kind, body.pk if body else None)
        request = ReviewRequest(kind=kind, organisation=body)
        last[key] = Advice(pk=number, request=request, outcome=outcome, person_name="Una",
                           body_name=body.called if body else "The office", given_on=today())  # fmt: skip
    for kind, body in waiting:
        open_[kind, body.pk] = ReviewRequest(kind=kind, organisation=body, asked_at=now())
    made = case(*told, **more)
    made.more["advice"] = AdviceFacts(last, open_)
    return made


def broken(code, made) -> list[str]:
    return [where.words for where in RULE[code].broken_in(made)]


def needs(made) -> set[tuple[str, str]]:
    return {(n.kind, n.organisation.called if n.organisation else "") for n in needed(made)}


def test_v1_each_controller_hears_its_data_protection_officer():
    made = asked(flow(COUNCIL, TRUST))
    assert broken("V1", made) == [COUNCIL.called, TRUST.called]
    processor = asked(flow(COUNCIL, CHARITY, recipient=GDPR | {"controller_role": "processor"}))
    assert broken("V1", processor) == [COUNCIL.called]
    heard = asked(
        flow(COUNCIL, TRUST),
        given=[("data_protection", COUNCIL, "no_objection")],
        waiting=[("data_protection", TRUST)],
    )
    [where] = RULE["V1"].broken_in(heard)
    assert where.words == TRUST.called
    assert where.detail.startswith("Asked on")


def test_v2_each_controllers_risk_owner_decides():
    made = asked(flow(COUNCIL, TRUST), given=[("risk_owner", TRUST, "approved")])
    assert broken("V2", made) == [COUNCIL.called]


def test_v3_a_health_body_hears_its_caldicott_guardian_on_health_data_only():
    assert broken("V3", asked(flow(COUNCIL, TRUST))) == [TRUST.called]
    plain = asked(flow(COUNCIL, TRUST, items=(("Name", "name_identifiers"),)))
    assert not broken("V3", plain)
    assert not broken("V3", asked(flow(COUNCIL, POLICE)))


@pytest.mark.parametrize(
    ("level", "is_asked"), [("standard", False), ("raised", True), ("high", True)]
)
def test_v4_information_security_is_heard_where_the_level_is_raised(level, is_asked):
    made = asked(flow(COUNCIL, TRUST), risks=RiskFacts(level=level))
    assert bool(broken("V4", made)) is is_asked


def test_v5_a_legal_adviser_is_heard_on_law_enforcement_and_transfers():
    assert broken("V5", asked(flow(COUNCIL, POLICE, recipient=PART3)))
    assert broken("V5", asked(flow(COUNCIL, TRUST, outside_uk="adequacy")))
    assert not broken("V5", asked(flow(COUNCIL, TRUST)))


def test_v6_an_ethics_committee_decides_on_research():
    made = asked(flow(COUNCIL, TRUST, use_kind="research"))
    made.document.lead = TRUST
    assert broken("V6", made) == [TRUST.called]
    assert not broken("V6", asked(flow(COUNCIL, TRUST)))


def test_v7_the_office_checks_the_quality():
    assert broken("V7", asked(flow(COUNCIL, TRUST))) == ["The partnership office"]
    checked = asked(flow(COUNCIL, TRUST), given=[("quality_assurance", None, "approved")])
    assert not broken("V7", checked)


def test_v8_a_kind_that_the_partnership_added_is_asked_for():
    services.add_item(
        by="system:test", list_code="advice_kind", label="Trade union view",
        facts={"needed_when": "personal", "asked_of": "lead", "needed_at_agreements": True},
    )  # fmt: skip
    made = asked(flow(COUNCIL, TRUST))
    made.document.lead = COUNCIL
    [where] = RULE["V8"].broken_in(made)
    assert "Trade union view" in where.detail


def test_v11_bars_what_is_advised_against_until_the_risk_owner_decides():
    rule = RULE["V11"]
    assert (rule.is_bar, rule.is_absolute) == (True, False)
    against = ("data_protection", COUNCIL, "against")
    assert broken("V11", asked(given=[against])) == [COUNCIL.called]
    # A decision that came before the advice does not answer it.
    assert broken("V11", asked(given=[("risk_owner", COUNCIL, "approved"), against]))
    assert broken("V11", asked(given=[against, ("risk_owner", TRUST, "approved")]))
    assert not broken("V11", asked(given=[against, ("risk_owner", COUNCIL, "approved")]))
    assert broken("V11", asked(given=[("ethics", COUNCIL, "not_approved")]))


def test_v12_bars_what_a_risk_owner_or_the_office_does_not_approve():
    assert RULE["V12"].is_bar
    assert broken("V12", asked(given=[("risk_owner", COUNCIL, "not_approved")])) == [COUNCIL.called]
    assert broken("V12", asked(given=[("quality_assurance", None, "not_approved")]))
    assert not broken("V12", asked(given=[("risk_owner", COUNCIL, "approved")]))


def test_v13_what_was_sent_back_is_asked_again_and_counts_as_missing_no_more_than_once():
    back = asked(flow(COUNCIL, TRUST), given=[("data_protection", COUNCIL, "returned")])
    assert broken("V13", back) == [COUNCIL.called]
    assert COUNCIL.called not in broken("V1", back)
    again = asked(
        flow(COUNCIL, TRUST),
        given=[("data_protection", COUNCIL, "returned")],
        waiting=[("data_protection", COUNCIL)],
    )
    assert not broken("V13", again)
    assert COUNCIL.called in broken("V1", again)


def test_nothing_is_needed_of_what_moves_no_personal_data_is_signed_or_came_by_import():
    assert needs(case(flow(COUNCIL, TRUST, identifiability="non_personal", items=()))) == set()
    signed = case(flow(COUNCIL, TRUST))
    signed.version.state = "in_force"
    assert needs(signed) == set()
    imported = case(flow(COUNCIL, TRUST))
    imported.version.is_admitted = True
    assert needs(imported) == set()


def test_advice_against_stops_sending_and_a_decision_lets_it_go(world):
    row, decision = world.ask(), world.ask_decision()
    answering.answer(by=world.una, request=row, row_version=1, said=Answer("against", "No notice."))
    version = Version.objects.get(pk=world.version.pk)
    [bar] = [finding for finding in broken_by(version) if finding.code == "V11"]
    assert bar.is_bar
    assert "It is the data protection officer, Una Rowe." in bar.says
    answering.answer(
        by=world.ravi, request=decision, row_version=1,
        said=Answer("approved", reason="A child would come to harm."),
    )  # fmt: skip
    codes = {finding.code for finding in broken_by(version)}
    assert "V11" not in codes
    assert {"V1", "V2"} <= codes  # the police have not been heard


def test_a_partnership_makes_missing_advice_a_bar(world):
    set_rule(
        by=world.cast.admin, partnership=world.cast.partnership, code="V1", is_bar=True,
        reason="Agreed by the board.",
    )  # fmt: skip
    found = broken_by(Version.objects.get(pk=world.version.pk))
    assert all(finding.is_bar for finding in found if finding.code == "V1")


def test_cases_cost_the_same_statements_for_one_version_or_many(
    world, django_assert_max_num_queries
):
    world.ask()
    other = make.agreement(world.cast.partnership, world.council, world.police, lead=world.council)
    with django_assert_max_num_queries(60) as one:
        case_of(world.version)
    with django_assert_max_num_queries(60) as two:
        cases_of([world.version.pk, other.newest.pk])
    assert len(two.captured_queries) <= len(one.captured_queries) + 1
    assert Flow.objects.filter(version=world.version).exists()
