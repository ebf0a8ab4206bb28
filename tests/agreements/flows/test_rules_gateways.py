"""Whether a gateway fits: who gives, who receives, what moves; and the scenes that officers meet."""

import pytest

from agreements.flows.rules import AGREEMENT_RULES, gateways, sides
from register.ledger.acts import act
from register.lists.labels import forget, item
from register.lists.models import Item
from tests.agreements.flows.cases import (
    CHARITY,
    COUNCIL,
    GDPR,
    PART3,
    POLICE,
    SCHOOL,
    TRUST,
    body,
    broken,
    case,
    codes,
    flow,
)

pytestmark = pytest.mark.django_db
RULE = {rule.code: rule for rule in AGREEMENT_RULES}
NHS = body(30, "Wyre Integrated Care Board", "integrated_care_board")


def by(*names, note="", **law):
    """The law of an end that rests on gateways."""
    return GDPR | {"gateways": names, "gateway_note": note, "law_named": ""} | law


def through(giver, taker, *names, note="", items=(("Name", "name_identifiers"),), **said):
    """A case of one flow whose provider names gateways."""
    return case(flow(giver, taker, provider=by(*names, note=note), items=items, **said))


def test_g1_warns_where_a_gateway_does_not_let_this_body_disclose():
    where = broken(RULE["G1"], through(COUNCIL, TRUST, "common_law_policing"))[0]
    assert "does not reach Wyre County Council" in where.detail
    assert "lets these disclose: police." in where.detail
    assert not broken(RULE["G1"], through(POLICE, COUNCIL, "common_law_policing"))


def test_g1_lets_whoever_acts_for_a_discloser_pass_once_the_note_says_for_whom():
    bare = broken(RULE["G1"], through(CHARITY, COUNCIL, "ca_2004_s11"))[0]
    assert "say for whom" in bare.detail
    noted = through(
        CHARITY, COUNCIL, "ca_2004_s11", note="Provides family support for the council."
    )
    assert not broken(RULE["G1"], noted)


def test_g2_warns_where_a_gateway_does_not_reach_who_receives():
    where = broken(RULE["G2"], through(COUNCIL, SCHOOL, "cda_1998_s115"))[0]
    assert "does not reach Wyre High School" in where.detail
    assert "relevant authorities" in where.detail
    assert not broken(RULE["G2"], through(COUNCIL, POLICE, "cda_1998_s115"))


def test_g2_section_115_reaches_a_charity_that_acts_on_behalf_of_a_relevant_authority():
    """Crime and Disorder Act 1998, section 115(1)(b)."""
    bare = broken(RULE["G2"], through(POLICE, CHARITY, "cda_1998_s115"))[0]
    assert "whoever acts for one of them" in bare.detail
    noted = through(POLICE, CHARITY, "cda_1998_s115", note="Runs victim support for the council.")
    assert not codes(gateways.RULES, noted)


def test_g3_the_serious_violence_power_shuts_out_a_hospital_and_names_what_to_name_instead():
    """Police, Crime, Sentencing and Courts Act 2022, section 16(4)(b)."""
    made = through(TRUST, POLICE, "pcsca_2022_s16")
    assert codes(gateways.RULES, made) == {"G3"}
    where = broken(RULE["G3"], made)[0]
    assert where.words == "Flow 1, Referrals, provider"
    assert "subsection (4)(b)" in where.detail
    assert "Name instead: Crime and Disorder Act 1998, section 115." in where.detail
    # The common law is a power of the police alone, so it is not suggested to a hospital.
    assert "Common law" not in where.detail
    assert not broken(RULE["G3"], through(COUNCIL, POLICE, "pcsca_2022_s16"))


def test_g4_the_serious_violence_power_excludes_patient_information_whoever_gives_it():
    """Police, Crime, Sentencing and Courts Act 2022, section 16(4)(a)."""
    made = through(COUNCIL, POLICE, "pcsca_2022_s16", items=(("Injuries", "health"),))
    where = broken(RULE["G4"], made)[0]
    assert "does not authorise health (physical and mental)" in where.detail
    assert "subsection (4)(a)" in where.detail
    assert "Name instead: Crime and Disorder Act 1998, section 115." in where.detail
    assert not broken(RULE["G4"], through(COUNCIL, POLICE, "pcsca_2022_s16"))


def test_g4_sees_health_that_is_ticked_on_an_item_of_another_category():
    made = through(COUNCIL, POLICE, "pcsca_2022_s16", items=(("Notes", "case_notes"),))
    assert not broken(RULE["G4"], made)
    made = through(COUNCIL, POLICE, "pcsca_2022_s16", items=(("Notes", "case_notes"),))
    made.more["flows"][0].items[0].special = ("health",)
    assert broken(RULE["G4"], made)


def test_g5_a_gateway_for_figures_moves_no_names():
    assert broken(RULE["G5"], through(COUNCIL, POLICE, "cda_1998_s17a"))
    assert not broken(
        RULE["G5"], through(COUNCIL, POLICE, "cda_1998_s17a", identifiability="deidentified")
    )


def test_g6_a_statutory_bar_that_touches_the_data_is_named_until_it_is_answered():
    told = {"items": (("Council tax account", "council_tax"),)}
    where = broken(RULE["G6"], through(COUNCIL, POLICE, "cda_1998_s115", **told))[0]
    assert "Limits on the use of council tax data" in where.detail
    noted = through(COUNCIL, POLICE, "cda_1998_s115", note="Fraud: paragraph 17.", **told)
    assert not broken(RULE["G6"], noted)


def test_rules_on_a_gateway_stay_off_until_its_commencement_is_known():
    """Children Act 2004, section 16LA: commenced by regulations."""
    named = through(COUNCIL, CHARITY, "ca_2004_s16la")
    assert not codes(gateways.RULES, named)
    row = item("legal_gateway", "ca_2004_s16la")
    assert row.commencement_is_unknown
    with act(by="system:test", verb="item.changed", subject=row):
        stored = Item.objects.get(pk=row.pk)
        stored.in_force_from = stored.in_force_from or stored.told_on
        stored.facts = stored.facts.replace(
            '"commencement_instrument":""', '"commencement_instrument":"SI 2026/999"'
        )
        stored.save()
    forget()
    again = through(COUNCIL, CHARITY, "ca_2004_s16la")
    assert codes(gateways.RULES, again) == {"G2"}
    assert not codes(gateways.RULES, through(COUNCIL, NHS, "ca_2004_s16la"))


def test_a_body_of_a_kind_that_is_not_recorded_raises_no_doubt():
    unknown = body(40, "Somebody", "")
    assert not codes(gateways.RULES, through(unknown, COUNCIL, "cda_1998_s17"))


def test_a_flow_both_ways_asks_each_end_for_what_it_gives():
    both = case(
        flow(
            POLICE, COUNCIL, direction="two_way", items=(("Name", "name_identifiers"),),
            provider=by("common_law_policing"), recipient=by("common_law_policing"),
        )
    )  # fmt: skip
    assert [where.words for where in broken(RULE["G1"], both)] == ["Flow 1, Referrals, recipient"]


def test_police_to_council_is_part_3_out_with_authorisation_and_uk_gdpr_in():
    """Data Protection Act 2018, section 36(4)."""
    bare = PART3 | {"authorising_law": "", "gateways": ()}
    made = case(flow(POLICE, COUNCIL, provider=bare))
    assert codes(sides.RULES, made) == {"F55"}
    assert "Wyre County Council uses it under the UK GDPR" in broken(RULE["F55"], made)[0].detail
    assert not codes(sides.RULES, case(flow(POLICE, COUNCIL, provider=PART3)))
    wrong = case(flow(POLICE, COUNCIL, provider=PART3, recipient=PART3))
    assert [where.words for where in broken(RULE["F51"], wrong)] == ["Flow 1, Referrals, recipient"]


def test_school_to_police_is_uk_gdpr_out_and_part_3_in():
    right = case(flow(SCHOOL, POLICE, recipient=PART3, use_kind="law_enforcement"))
    assert not codes(sides.RULES, right)
    both_general = case(flow(SCHOOL, POLICE, use_kind="law_enforcement"))
    assert [w.words for w in broken(RULE["F56"], both_general)] == ["Flow 1, Referrals, recipient"]
    school_wrong = case(flow(SCHOOL, POLICE, provider=PART3, recipient=PART3))
    assert (
        "Wyre High School is no competent authority" in broken(RULE["F51"], school_wrong)[0].detail
    )
