"""Complete and believable flows break no rule at all."""

import pytest

from agreements.flows.rules import AGREEMENT_RULES
from tests.agreements.flows.cases import (
    CHARITY,
    COUNCIL,
    GDPR,
    PART3,
    POLICE,
    SCHOOL,
    TRUST,
    UNIT,
    case,
    codes,
    flow,
)

pytestmark = pytest.mark.django_db

POLICE_IN = PART3 | {"gateways": ("cda_1998_s115",), "gateway_note": "Section 5: the strategy."}
SCHOOL_OUT = GDPR | {"gateways": ("ca_2004_s11",), "schedule1": ("sch1_10",), "policy_document": ""}
CHARITY_OUT = GDPR | {
    "lawful_basis": "6_1_ea",
    "annex1_condition": "rli_1",
    "gateways": (),
    "gateway_note": "",
}

WHOLE = {
    "council to hospital": flow(COUNCIL, TRUST),
    "hospital to council, both ways": flow(TRUST, COUNCIL, direction="two_way"),
    "police to council": flow(POLICE, COUNCIL, provider=PART3),
    "school to police": flow(
        SCHOOL, POLICE, provider=SCHOOL_OUT, recipient=POLICE_IN, use_kind="law_enforcement",
        opt_out="legal_requirement",
    ),
    "charity to council": flow(CHARITY, COUNCIL, provider=CHARITY_OUT),
    "unit to hospital": flow(UNIT, TRUST),
    "police to police": flow([POLICE], COUNCIL, provider=PART3, items=(("Offences", "offences"),)),
    "figures": flow(
        COUNCIL, TRUST, items=(("Referrals a month", "statistics"),), identifiability="anonymous",
        use_kind="performance", provider={}, recipient={}, data_subjects=(), cldc_basis="",
        transfer_modes=(), controls=(), necessity="", disposal="", onward="", outside_uk="",
    ),
    "the dead": flow(
        TRUST, COUNCIL, data_subjects=("deceased",), provider={}, recipient={}, cldc_basis="statutory",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_flow_breaks_no_rule(name):
    assert codes(AGREEMENT_RULES, case(WHOLE[name])) == set()
