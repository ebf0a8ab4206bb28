"""What offices write in schedules of flows, as codes of the reference lists; what is none stays in words."""

import pytest

from register.exchange.flows.facts import facts_of
from register.exchange.flows.law import read_law
from register.exchange.flows.meanings import read_code, read_codes, volume_of
from register.exchange.flows.rows import FlowRow
from register.lists.services import load_lists

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lists(db):
    load_lists()


def row_of(**told):
    """A row whose cells stand under headings that are the names of their fields."""
    told = {name: [(name, text)] for name, text in told.items()}
    return FlowRow(2, title="Set", told=told)


@pytest.mark.parametrize(
    ("list_code", "text", "code"),
    [
        ("identifiability", "Anonymised - ICO code compliant", "anonymous"),
        ("identifiability", "Identifiable", "identifiable"),
        ("identifiability", "Aggregated -anonymised", "deidentified"),
        ("identifiability", "Pseudonymised extract", "pseudonymised"),
        ("frequency", "One-Off", "one_off"),
        ("frequency", "Every working day", "daily"),
        ("frequency", "Bi-weekly", "fortnightly"),
        ("frequency", "as and when required", "on_request"),
        ("frequency", "Ongoing", ""),
        ("transfer_mode", "Egress", "secure_email"),
        ("transfer_mode", "System Access", "shared_system_view"),
        ("transfer_mode", "USB by courier", "media_courier"),
        ("cldc_basis", "Does not include the flow of confidential data", "not_confidential"),
        (
            "cldc_basis",
            "Statutory exemption to flow confidential data without consent",
            "statutory",
        ),
        ("cldc_basis", "Section 251 support", "s251"),
        ("national_data_opt_out", "No - data flow is not identifiable", "anonymised"),
        ("national_data_opt_out", "No - deaths data does not require opt outs", ""),
        ("national_data_opt_out", "Yes - opt outs applied", "applies"),
        ("direction", "Both ways", "two_way"),
        ("use_kind", "Planning and commissioning", "planning"),
        ("disposal", "securely deleted", "delete"),
    ],
)
def test_words_mean_codes(list_code, text, code):
    assert read_code(list_code, text)[0] == code


def test_what_is_no_code_is_given_back():
    assert read_codes("transfer_mode", "Secure email, pigeon") == (("secure_email",), "pigeon")
    assert read_codes("data_category", "Health; Contact details\nShoe size") == (
        ("health", "contact"), "Shoe size",
    )  # fmt: skip
    assert read_code("frequency", "Daily and weekly") == ("daily", "Daily and weekly")


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("7", "1_10"),
        ("about 1,500 records", "1001_10000"),
        ("2 million", ""),
        ("5 to 9", ""),
        ("0", ""),
    ],
)
def test_a_number_of_records_falls_in_a_band(text, band):
    assert volume_of(text) == band


@pytest.mark.parametrize(
    ("text", "gateways"),
    [
        ("Health and Social Care Act 2012 – s261(1) and s261(2)(b)(ii)", ("hsca_2012_s261",)),
        (
            "s.115 Crime and Disorder Act 1998; Children Act 1989 s17",
            ("cda_1998_s115", "ca_1989_s17"),
        ),
        ("Children Act 2004, section 16LA", ("ca_2004_s16la",)),
        ("Children Act 2004 s16F", ("ca_2004_ss16e_16g",)),
        ("Police, Crime, Sentencing and Courts Act 2022 s16", ("pcsca_2022_s16",)),
        ("Children Act 1989 s17 and Data Protection Act 2018 s115", ("ca_1989_s17",)),
        ("Wool Act 1678 s5", ()),
    ],
)
def test_sections_of_acts_name_the_gateways_that_the_list_has(text, gateways):
    assert read_law(text).gateways == gateways


def test_articles_and_conditions_are_read_and_the_rest_is_not_taken_for_them():
    law = read_law("Article 6(1)(e); Article 9(2)(g), DPA 2018 Schedule 1 paragraph 18")
    assert (law.lawful_basis, law.article9, law.schedule1) == (("6_1_e",), ("9_2_g",), ("sch1_18",))
    assert law.is_whole
    assert read_law("Public task").lawful_basis == ("6_1_e",)
    assert read_law("Housing Act 1996 s9(2)(a)").article9 == ()
    assert not read_law("6(1)(c) and 6(1)(e)").is_whole


def test_law_stands_at_its_end_and_its_words_beside_the_gateway():
    said = facts_of(row_of(legal_power="Care Act 2014 s42 – enquiries", recipient_law="6(1)(c)"))
    assert said.values["provider.gateways"] == ("care_2014_s42",)
    assert said.values["provider.gateway_note"] == "Care Act 2014 s42 – enquiries"
    assert said.values["recipient.lawful_basis"] == "6_1_c"
    assert "provider.lawful_basis" not in said.values
    assert "recipient.gateway_note" not in said.values


def test_system_access_says_how_and_not_how_often():
    said = facts_of(row_of(frequency="System Access"))
    assert said.values["flow.transfer_modes"] == ("shared_system_view",)
    assert (said.extras, said.problems) == ({}, [])


def test_words_that_no_list_has_are_kept_under_their_heading_and_said():
    said = facts_of(row_of(frequency="Ongoing"))
    assert said.extras == {"frequency": "Ongoing"}
    assert "“How often” has no answer in the register for “Ongoing”" in said.problems[0].sentence


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("6 years after the case is closed",
         {"retention_period": "6 years", "retention_trigger": "case is closed"}),
        ("P1Y", {"retention_period": "1 year"}),
        ("In line with the retention schedule, class 7.2",
         {"retention_reference": "In line with the retention schedule, class 7.2"}),
    ],
)  # fmt: skip
def test_retention_is_parted_into_period_trigger_and_schedule(text, values):
    assert facts_of(row_of(retention=text)).values == {"flow.title": "Set"} | {
        f"flow.{name}": value for name, value in values.items()
    }


@pytest.mark.parametrize(
    ("data", "category", "items"),
    [
        ("Names; addresses", "", [("Names", ""), ("addresses", "")]),
        ("Names; addresses", "Contact details", [("Names", "contact"), ("addresses", "contact")]),
        ("Names; Ailments", "Name; Health", [("Names", "name_identifiers"), ("Ailments", "health")]),
        ("", "Health", [("Health (physical and mental)", "health")]),
        ("Case file", "Health; Offences", [
            ("Case file", "health"), ("Offences, cautions and proceedings", "offences")]),
    ],
)  # fmt: skip
def test_data_and_categories_become_items(data, category, items):
    told = {name: text for name, text in (("data", data), ("category", category)) if text}
    found = facts_of(row_of(**told)).values["items"]
    assert [(item["name"], item["category"]) for item in found] == items


def test_sensitive_means_health_only_where_all_of_a_register_is_health():
    row = row_of(data="Deaths", special="Sensitive")
    assert facts_of(row).extras == {"special": "Sensitive"}
    row.category = "health"
    (item,) = facts_of(row).values["items"]
    assert (item["category"], item["special"]) == ("health", ("health",))
    row.told["special"] = [("special", "Non Sensitive")]
    assert facts_of(row).values["items"][0]["special"] == ()


def test_texts_too_long_for_their_column_are_kept_whole_beside():
    said = facts_of(row_of(dpia="D" * 61, data="x" * 400))
    assert said.extras == {"dpia": "D" * 61, "data": "x" * 400}
    assert len(said.values["items"][0]["name"]) == 300
