"""The reviewed files: whole, in the shape of the catalogue, and true to the law they name."""

import re
from collections import Counter
from datetime import date

import pytest

from register.lists.catalogue import COLUMNS, DATA, LISTS, reviewed_rows
from register.lists.facts import unpacked
from register.lists.models import Item
from register.lists.shapes import LAW, SUBJECTS

SIZES = {
    "lawful_basis": 7,
    "annex1_condition": 5,
    "annex2_condition": 9,
    "special_category": 9,
    "article9_condition": 10,
    "schedule1_condition": 36,
    "part3_basis": 2,
    "part3_purpose": 6,
    "schedule8_condition": 9,
    "statutory_bar": 9,
    "exemption": 4,
    "caldicott_principle": 8,
    "cldc_basis": 8,
    "consent_model": 4,
    "override_ground": 2,
    "use_kind": 9,
    "regime": 3,
    "direction": 5,
    "identifiability": 5,
    "geographic_level": 5,
    "data_subject": 19,
    "transfer_mode": 18,
    "control": 14,
    "frequency": 11,
    "volume": 5,
    "data_format": 8,
    "disposal": 4,
    "disposal_proof": 3,
    "data_quality": 6,
    "dspt_status": 7,
    "cyber_essentials": 4,
    "assurance_level": 5,
    "dpia_status": 9,
    "dpia_screening": 12,
    "risk_treatment": 4,
    "individual_right": 11,
    "refusal_reason": 8,
}
GATEWAYS = [
    "cda_1998_s115", "cda_1998_s17", "cda_1998_s17a", "cda_1998_ss37_39", "pcsca_2022_s16",
    "pcsca_2022_s17", "cja_2003_s325", "cja_2003_s327a", "oma_2007_s14", "abcpa_2014_s104",
    "ctsa_2015_s26", "ctsa_2015_ss36_38", "pcsca_2022_ch3a", "daa_2021_s49a", "msa_2015_s52",
    "common_law_policing", "ca_1989_s17", "ca_1989_s27", "ca_1989_s47", "ca_2004_s10",
    "ca_2004_s11", "ca_2004_ss16e_16g", "ca_2004_s16h", "ca_2004_ss16m_16p", "ca_2004_s16la",
    "ea_2002_s175", "ea_1996_s436a", "esa_2008_ss14_17", "cfa_2014_s23", "cfa_2014_s28",
    "cfa_2014_s31", "care_2014_ss6_7", "care_2014_s42", "care_2014_s45", "hsca_2012_s251b",
    "hsca_2012_s259", "hsca_2012_s261", "nhsa_2006_s75", "nhsa_2006_s82", "nhsa_2006_s251",
    "mha_1983_s117", "mca_2005_ss4_5", "hpn_regs_2010", "ha_1996_s213", "ha_1996_s213b",
    "wra_2012_s131", "dea_2017_s35", "dea_2017_ss36_37", "dea_2017_ss38_39", "dea_2017_s46",
    "dea_2017_s48", "dea_2017_s56", "dea_2017_s64", "sca_2007_s68", "laaa_2014_sch9",
    "pshfa_2013", "frsa_2004_s5a", "frsa_2004_s6", "cca_2004_part1", "pca_2017_part1",
    "la_2011_s1", "lga_1972_s111",
]  # fmt: skip


def rows(list_code: str) -> dict[str, dict]:
    """The rows of a file by code, with their facts typed."""
    found = LISTS[list_code]
    return {
        row["code"]: {**row, **unpacked(found, row["facts"])} for row in reviewed_rows(list_code)
    }


def test_every_list_has_a_file_and_every_file_a_list():
    assert {path.stem for path in DATA.glob("*.csv")} == set(LISTS)
    assert {found.subject for found in LISTS.values()} == set(SUBJECTS)


@pytest.mark.parametrize("code", LISTS)
def test_every_file_has_the_columns_of_its_list_and_no_row_is_ragged(code):
    head, *lines = (DATA / f"{code}.csv").read_text(encoding="utf-8").splitlines()

    assert head.split(",") == [*COLUMNS, *(fact.name for fact in LISTS[code].facts)]
    assert len(lines) == len(reviewed_rows(code))


@pytest.mark.parametrize("code", LISTS)
def test_every_row_fits_the_columns_of_an_item(code):
    for row in reviewed_rows(code):
        Item(**row).clean_fields()


@pytest.mark.parametrize("code", LISTS)
def test_every_code_that_a_fact_names_stands_in_its_list(code):
    for row in rows(code).values():
        for fact in LISTS[code].facts:
            value = row[fact.name]
            if fact.kind == "codes":
                assert set(value) <= set(rows(fact.list_code)), (row["code"], fact.name)
                # A form gives codes in their list's order: saving it unchanged changes nothing.
                in_order = [each for each in rows(fact.list_code) if each in value]
                assert list(value) == in_order, (row["code"], fact.name)
            if fact.kind == "one_code":
                offered = dict(fact.choices) or rows(fact.list_code)
                assert value in offered, (row["code"], fact.name)


def test_a_fact_means_the_same_in_every_list_that_has_it():
    facts = {(fact.name, fact) for found in LISTS.values() for fact in found.facts}
    kinds = {(fact.name, fact.kind, fact.list_code) for _, fact in facts}

    assert [name for name, n in Counter(name for name, *_ in kinds).items() if n > 1] == []


@pytest.mark.parametrize("code", [found.code for found in LISTS.values() if found.subject == LAW])
def test_every_row_of_law_has_guidance_in_sentences_and_its_source(code):
    for row in reviewed_rows(code):
        assert all((row["source"], row["extent"])), row["code"]
        assert re.fullmatch(r"[A-Z].{20,}[.?]", row["meaning"]), row["code"]


@pytest.mark.parametrize(("code", "size"), SIZES.items())
def test_lists_are_complete(code, size):
    assert len(reviewed_rows(code)) == size


def test_bases_and_conditions_are_numbered_as_the_law_numbers_them():
    assert list(rows("lawful_basis")) == ["6_1_" + x for x in ("a", "b", "c", "d", "e", "ea", "f")]
    assert list(rows("annex1_condition")) == [f"rli_{n}" for n in range(1, 6)]
    assert list(rows("article9_condition")) == [f"9_2_{x}" for x in "abcdefghij"]
    # Paragraph 5 is no condition: it asks for the appropriate policy document.
    assert list(rows("schedule1_condition")) == [f"sch1_{n}" for n in range(1, 38) if n != 5]
    assert list(rows("schedule8_condition")) == [f"sch8_{n}" for n in range(1, 10)]
    assert list(rows("part3_basis")) == ["35_2_a", "35_2_b"]


def test_the_table_of_gateways_is_whole():
    assert set(GATEWAYS) <= set(rows("legal_gateway"))
    for code in set(rows("legal_gateway")) - set(GATEWAYS):
        assert rows("legal_gateway")[code]["extent"] == "Wales", code


def test_recognised_legitimate_interests_began_in_february_2026():
    bases = rows("lawful_basis")

    assert bases["6_1_ea"]["in_force_from"] == date(2026, 2, 5)
    assert [c for c, row in bases.items() if row["not_for_public_tasks"]] == ["6_1_ea", "6_1_f"]
    assert [c for c, row in bases.items() if row["needs_annex1"]] == ["6_1_ea"]
    assert [c for c, row in bases.items() if row["needs_law"]] == ["6_1_c", "6_1_e"]


def test_conditions_of_article_9_say_which_paragraphs_of_schedule_1_go_with_them():
    needs = {code: row["needs_schedule1"] for code, row in rows("article9_condition").items()}

    assert needs["9_2_b"] == ("sch1_1",)
    assert needs["9_2_g"] == tuple(f"sch1_{n}" for n in range(6, 29))
    assert (needs["9_2_h"], needs["9_2_i"], needs["9_2_j"]) == (
        ("sch1_2",), ("sch1_3",), ("sch1_4",),
    )  # fmt: skip
    assert all(not needs[f"9_2_{x}"] for x in "acdef")


def test_schedule_1_says_where_a_policy_document_is_required():
    found = rows("schedule1_condition")
    parts = Counter(row["part"] for row in found.values())

    assert parts == {"1": 4, "2": 23, "3": 9}
    assert found["sch1_1"]["policy_document"] == found["sch1_18"]["policy_document"] == "required"
    assert found["sch1_2"]["policy_document"] == "no"
    assert "paragraph 10(2)" in found["sch1_10"]["policy_document_except"]
    for code, row in found.items():
        says = bool(row["policy_document_except"])
        assert says == (row["policy_document"] == "required_except"), code


def test_section_115_reaches_relevant_authorities_and_whoever_acts_for_them():
    gateway = rows("legal_gateway")["cda_1998_s115"]
    relevant = {c for c, row in rows("organisation_kind").items() if row["is_relevant_authority"]}

    assert gateway["power"] == "P"
    assert gateway["discloser_kinds"] == ()
    assert set(gateway["recipient_kinds"]) == relevant
    assert "voluntary" not in relevant
    assert gateway["acts_on_behalf"]


def test_the_serious_violence_power_leaves_out_patients_and_health_bodies():
    gateway = rows("legal_gateway")["pcsca_2022_s16"]

    assert "health" in gateway["excluded_categories"]
    assert set(gateway["excluded_discloser_kinds"]) == {
        c for c, row in rows("organisation_kind").items() if row["is_health"]
    }
    assert "cda_1998_s115" in gateway["instead"]


def test_what_has_no_certain_commencement_says_so_and_what_has_gives_its_day():
    gateways = rows("legal_gateway")

    assert [c for c, row in gateways.items() if row["commencement_unknown"]] == ["ca_2004_s16la"]
    assert gateways["pcsca_2022_ch3a"]["in_force_from"] == date(2026, 1, 12)
    assert gateways["pcsca_2022_ch3a"]["commencement_instrument"] == "SI 2025/1168"
    assert gateways["daa_2021_s49a"]["in_force_from"] == date(2025, 11, 7)
    assert rows("individual_right")["complaint"]["in_force_from"] == date(2026, 6, 19)
    assert gateways["cda_1998_s17a"]["only_deidentified"]


def test_every_special_category_can_be_named_by_some_kind_of_data():
    named = {code for row in rows("data_category").values() for code in row["special"]}

    assert named == set(rows("special_category"))


def test_every_statutory_bar_touches_some_kind_of_data():
    assert all(row["touches"] and row["asks"] for row in rows("statutory_bar").values())


def test_kinds_of_data_that_are_about_nobody_are_not_personal():
    found = rows("data_category")

    assert [c for c, row in found.items() if not row["is_personal"]] == [
        "maps", "statistics", "open_data",
    ]  # fmt: skip
    assert found["offences"]["is_offence"]
    assert found["police_intelligence"]["is_offence"]
    assert found["health"]["is_health"]
    assert found["nhs_number"]["is_identifier"]


def test_weak_ways_of_moving_are_marked():
    weak = {code for code, row in rows("transfer_mode").items() if row["is_weak"]}

    assert {"fax", "email", "text_message"} <= weak
    assert "secure_email" not in weak
