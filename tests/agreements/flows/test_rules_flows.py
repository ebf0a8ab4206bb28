"""Every rule on flows and on the law at their ends is broken by the one thing that it forbids."""

from datetime import timedelta

import pytest

from agreements.flows.rules import AGREEMENT_RULES
from register.core.dates import today
from tests.agreements.flows.cases import (
    BOARD,
    CHARITY,
    COUNCIL,
    GDPR,
    PART3,
    POLICE,
    STANDARDS,
    TRUST,
    UNIT,
    body,
    broken,
    case,
    codes,
    flow,
    group,
)

pytestmark = pytest.mark.django_db
RULE = {rule.code: rule for rule in AGREEMENT_RULES}
DAY = timedelta(days=1)


def said(**values):
    """A case of one flow from council to hospital with something else said of it."""
    return case(flow(COUNCIL, TRUST, **values))


def law(**values):
    """The same with something else in the provider's law."""
    return case(flow(COUNCIL, TRUST, provider=GDPR | values))


def police(taker=COUNCIL, **values):
    """Police to council, with something else in the law of the police."""
    return case(flow(POLICE, taker, provider=PART3 | values))


def without_reason():
    made = said()
    made.more["flows"][0].items[1].needed_because = " "
    return made


def with_item(**values):
    made = said()
    for name, value in values.items():
        setattr(made.more["flows"][0].items[0], name, value)
    return made


def without_party():
    made = said()
    made.parties = made.parties[:1]
    return made


OFFENCES = (("Convictions", "offences"),)
SOME = body(20, "Wyre Utility", "other", public="some")
UNSURE = body(21, "Wyre Borough Council", "district_council", public="unknown")
BROKEN = {
    "F1": lambda: case(),
    "F2": lambda: said_without_recipient(),
    "F3": lambda: said(items=()),
    "F4": lambda: without_party(),
    "F5": lambda: case(flow(COUNCIL, BOARD)),
    "F6": lambda: case(flow(COUNCIL, TRUST), groups=[group("All practices")]),
    "F7": lambda: case(flow(COUNCIL, COUNCIL)),
    "F8": lambda: said(identifiability=""),
    "F9": lambda: said(data_subjects=()),
    "F10": lambda: said(use_kind=""),
    "F11": lambda: said(purpose=" "),
    "F12": lambda: said(necessity=""),
    "F13": lambda: without_reason(),
    "F14": lambda: with_item(category=""),
    "F15": lambda: said(identifiability="anonymous"),
    "F16": lambda: said(use_kind="performance"),
    "F17": lambda: case(flow(COUNCIL, TRUST, direction="two_way"), kind="disclosure"),
    "F18": lambda: case(flow(COUNCIL, TRUST), kind="non_personal"),
    "F21": lambda: law(lawful_basis=""),
    "F22": lambda: case(flow(CHARITY, COUNCIL, provider=GDPR | {"lawful_basis": "6_1_ea"})),
    "F23": lambda: law(gateways=()),
    "F24": lambda: law(lawful_basis="6_1_f"),
    "F25": lambda: law(lawful_basis="6_1_f", balancing_test="LIA 3"),
    "F26": lambda: law(lawful_basis="6_1_a"),
    "F27": lambda: said(consent_model="explicit_opt_in"),
    "F28": lambda: law(lawful_basis="6_1_a"),
    "F29": lambda: law(lawful_basis="6_1_c"),
    "F30": lambda: case(flow(CHARITY, COUNCIL, provider=GDPR | {"gateway_note": ""})),
    "F31": lambda: law(controller_role=""),
    "F32": lambda: law(regime="part4"),
    "F41": lambda: law(article9=()),
    "F42": lambda: law(schedule1=("sch1_2",)),
    "F43": lambda: law(policy_document=""),
    "F44": lambda: case(
        flow(COUNCIL, TRUST, items=OFFENCES, provider=GDPR | {"article9": (), "schedule1": ()})
    ),
    "F45": lambda: police(schedule8=()),
    "F46": lambda: police(policy_document=""),
    "F51": lambda: case(flow(COUNCIL, TRUST, provider=PART3)),
    "F52": lambda: police(part3_purposes=()),
    "F53": lambda: police(part3_basis=""),
    "F54": lambda: case(flow(STANDARDS, TRUST, provider=PART3 | {"gateways": ()})),
    "F55": lambda: police(authorising_law="", gateways=()),
    "F56": lambda: case(flow(COUNCIL, POLICE, use_kind="law_enforcement")),
    "F57": lambda: police(marks_opinion=False),
    "F58": lambda: police(is_logged=False),
    "F59": lambda: police(lawful_basis="6_1_e"),
    "F61": lambda: said(cldc_basis=""),
    "F62": lambda: said(items=(("Name", "name_identifiers"),), data_subjects=("deceased",),
                        cldc_basis=""),
    "F63": lambda: said(cldc_power=""),
    "F64": lambda: said(cldc_basis="s251"),
    "F65": lambda: supported(today() + 30 * DAY),
    "F66": lambda: supported(today() - DAY),
    "F67": lambda: said(opt_out=""),
    "F68": lambda: said(opt_out="not_health"),
    "F69": lambda: said(cldc_basis="implied_consent"),
    "F71": lambda: said(retention_trigger=""),
    "F72": lambda: said(disposal=""),
    "F73": lambda: said(onward=""),
    "F74": lambda: said(onward="named"),
    "F81": lambda: law(gateways=("ca_2004_s11", "repealed_act")),
    "F82": lambda: not_yet(),
    "S1": lambda: said(transfer_modes=()),
    "S2": lambda: said(transfer_modes=("fax",), controls=("role_access",)),
    "S3": lambda: said(controls=()),
    "S4": lambda: said(storage=""),
    "S5": lambda: said(outside_uk=""),
    "S6": lambda: said(outside_uk="idta", outside_country="India"),
}  # fmt: skip


def said_without_recipient():
    return case(flow(COUNCIL, []))


def supported(until):
    return said(cldc_basis="s251", s251_reference="20/CAG/0001", s251_expires_on=until)


def not_yet():
    """A case looked at before recognised legitimate interests were law."""
    made = case(flow(CHARITY, COUNCIL, provider=GDPR | {"lawful_basis": "6_1_ea"}))
    made.day = today().replace(year=2026, month=2, day=4)
    return made


@pytest.mark.parametrize("code", BROKEN)
def test_a_rule_is_broken_by_what_it_forbids(code):
    made = BROKEN[code]()
    assert broken(RULE[code], made)
    assert not broken(RULE[code], said())


@pytest.mark.parametrize("code", BROKEN)
def test_every_place_names_the_flow_and_the_page(code):
    for where in broken(RULE[code], BROKEN[code]()):
        assert where.task or RULE[code].task
        assert not where.detail or where.detail.rstrip()[-1] in ".?", where.detail


ONE_BROKEN = {
    code for code in BROKEN
    if code not in {"F1", "F2", "F14", "F18", "F22", "F24", "F26", "F28", "F30", "F32", "F51", "F54", "F56",
                    "F62", "F64", "F82", "S3"}
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(ONE_BROKEN))
def test_one_thing_spoilt_breaks_one_rule_only(code):
    assert codes(AGREEMENT_RULES, BROKEN[code]()) == {code}


def test_bars_are_those_without_which_sharing_has_no_basis():
    bars = {rule.code for rule in AGREEMENT_RULES if rule.is_bar}
    assert bars == {
        "F2", "F3", "F4", "F21", "F22", "F41", "F42", "F44", "F45", "F51", "F52", "F53", "F66",
    }  # fmt: skip


def test_every_rule_has_a_source_and_ends_as_a_sentence():
    for rule in AGREEMENT_RULES:
        assert rule.source, rule.code
        assert rule.task, rule.code
        assert rule.says.endswith("."), rule.code


def test_f25_speaks_softly_to_a_body_that_is_public_for_some_functions():
    told = {"lawful_basis": "6_1_f", "balancing_test": "LIA 3"}
    some = broken(RULE["F25"], case(flow(SOME, TRUST, provider=GDPR | told)))
    assert "for some functions" in some[0].detail
    unsure = broken(RULE["F25"], case(flow(UNSURE, TRUST, provider=GDPR | told)))
    assert "record whether it is" in unsure[0].detail
    assert not broken(RULE["F25"], case(flow(CHARITY, TRUST, provider=GDPR | told)))


def test_f4_names_the_body_of_a_unit():
    made = case(flow(UNIT, TRUST))
    assert not broken(RULE["F4"], made)
    made.parties = [party for party in made.parties if party.organisation_id != COUNCIL.pk]
    assert "unit of Wyre County Council" in broken(RULE["F4"], made)[0].detail


def test_f66_bars_and_f65_warns_three_months_before():
    assert not broken(RULE["F65"], supported(today() + 200 * DAY))
    assert not broken(RULE["F66"], supported(today()))
    assert RULE["F66"].is_bar
    assert not RULE["F65"].is_bar


def test_f43_is_satisfied_by_the_policy_document_that_the_body_recorded():
    made = law(policy_document="")
    made.more["around"].with_policy = frozenset({COUNCIL.pk})
    assert not broken(RULE["F43"], made)


def test_s2_is_satisfied_by_a_control_that_protects_the_way():
    assert not broken(RULE["S2"], said(transfer_modes=("email",), controls=("encrypted_transit",)))
    where = broken(RULE["S2"], said(transfer_modes=("email",), controls=("audit_log",)))[0]
    assert where.detail == "E-mail is weak for special category or offence data."


def test_a_processor_needs_no_basis_of_its_own():
    made = case(flow(COUNCIL, TRUST, recipient={"controller_role": "processor"}))
    assert not codes([RULE["F21"], RULE["F41"], RULE["F42"]], made)


def test_f26_names_the_imbalance():
    assert "imbalance" in broken(RULE["F26"], law(lawful_basis="6_1_a"))[0].detail
    made = case(flow(CHARITY, TRUST, provider=GDPR | {"lawful_basis": "6_1_a"}))
    assert not broken(RULE["F26"], made)
