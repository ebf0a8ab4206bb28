"""Which pages and questions a flow has: the truth table of what answers make relevant."""

import pytest

from agreements.flows.forms.wording import WORDINGS
from agreements.flows.models import Flow, FlowItem, FlowSide
from agreements.flows.pages import (
    ITEM,
    PAGES,
    names_asked,
    names_needed,
    no_longer_asked,
    page,
    page_after,
    pages_asked,
)
from agreements.flows.relevance import Answers


def codes(**answers) -> list[str]:
    return [each.code for each in pages_asked(Answers(**answers))]


def asked(code: str, **answers) -> set[str]:
    return set(names_asked(page(code), Answers(**answers)))


EVERY = ["what", "who", "data", "provider", "recipient", "transfer", "afterwards", "public"]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, EVERY),
        ({"is_personal": False}, ["what", "who", "data", "transfer", "afterwards", "public"]),
        ({"is_confidential": True}, [*EVERY[:5], "confidentiality", *EVERY[5:]]),
        ({"is_confidential": True, "is_personal": False},
         ["what", "who", "data", "transfer", "afterwards", "public"]),
        ({"leaves_uk": True}, [*EVERY[:6], "outside", *EVERY[6:]]),
        ({"leaves_uk": True, "is_personal": False},
         ["what", "who", "data", "transfer", "afterwards", "public"]),
    ],
)  # fmt: skip
def test_the_pages_follow_from_the_answers(answers, expected):
    assert codes(**answers) == expected


LAW_ALWAYS = {"regime", "controller_role", "gateways"}
PART3 = {"part3_basis", "part3_purposes", "person_classes", "marks_opinion", "is_logged"}


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({}, {"lawful_basis"}),
        ({"needs_annex1": True}, {"lawful_basis", "annex1_condition"}),
        ({"is_balanced": True}, {"lawful_basis", "balancing_test"}),
        ({"needs_law": True}, {"lawful_basis", "law_named"}),
        ({"is_special": True}, {"lawful_basis", "article9"}),
        ({"is_special": True, "needs_schedule1": True}, {"lawful_basis", "article9", "schedule1"}),
        ({"needs_schedule1": True}, {"lawful_basis"}),
        ({"is_special": True, "needs_schedule1": True, "needs_policy": True},
         {"lawful_basis", "article9", "schedule1", "policy_document"}),
        ({"is_offence": True}, {"lawful_basis", "schedule1"}),
        ({"is_offence": True, "needs_policy": True},
         {"lawful_basis", "schedule1", "policy_document"}),
        ({"needs_policy": True}, {"lawful_basis"}),
        ({"has_gateway": True}, {"lawful_basis", "gateway_note"}),
        ({"regime": "part3", "other_regime": "part3"}, PART3),
        ({"regime": "part3"}, PART3 | {"authorising_law"}),
        ({"regime": "part3", "other_regime": "part3", "is_special": True, "needs_annex1": True},
         PART3 | {"schedule8", "policy_document"}),
        ({"regime": "part4"}, {"law_named"}),
    ],
)  # fmt: skip
def test_the_law_is_asked_by_regime_and_basis(answers, more):
    assert asked("provider", **answers) == LAW_ALWAYS | more
    assert asked("recipient", **answers) == LAW_ALWAYS | more


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, set()),
        ({"is_confidential": True}, {"cldc_basis", "consent_model"}),
        ({"is_confidential": True, "is_patient": True}, {"cldc_basis", "consent_model", "opt_out"}),
        ({"is_confidential": True, "is_patient": True, "is_care": True},
         {"cldc_basis", "consent_model"}),
        ({"is_confidential": True, "names_power": True},
         {"cldc_basis", "consent_model", "cldc_power"}),
        ({"is_confidential": True, "is_supported": True},
         {"cldc_basis", "consent_model", "s251_reference", "s251_expires_on"}),
        ({"is_confidential": True, "asks_people": True},
         {"cldc_basis", "consent_model", "refusals", "override_grounds"}),
    ],
)  # fmt: skip
def test_confidentiality_and_choice_are_asked_of_confidential_data_only(answers, expected):
    assert asked("confidentiality", **answers) == expected


def test_information_about_nobody_is_asked_about_no_people_and_no_law():
    nobody = Answers(is_personal=False, is_special=True, is_confidential=True)
    names = {name for each in PAGES for name in names_asked(each, nobody)}
    assert not names & {
        "data_subjects", "necessity", "regime", "lawful_basis", "cldc_basis", "controls",
        "outside_uk", "access", "accuracy", "privacy_notice", "dpia_reference",
    }  # fmt: skip
    assert "special" not in names_asked(ITEM, nobody)
    assert "retention_period" not in names_needed(page("afterwards"), nobody)
    assert "retention_period" in names_needed(page("afterwards"), Answers())


def test_disposal_and_onward_sharing_ask_on():
    assert "disposal_proof" not in asked("afterwards")
    assert "disposal_proof" in asked("afterwards", is_disposed_of=True)
    assert "onward_to" not in asked("afterwards")
    assert "onward_to" in asked("afterwards", is_onward=True)


def test_a_page_leads_to_the_next_that_is_asked():
    assert page_after("data", Answers()).code == "provider"
    assert page_after("data", Answers(is_personal=False)).code == "transfer"
    assert page_after("recipient", Answers(is_confidential=True)).code == "confidentiality"
    assert page_after("transfer", Answers(leaves_uk=True)).code == "outside"
    assert page_after("public", Answers()) is None


def test_what_an_answer_makes_irrelevant_is_told():
    before = Answers(is_special=True, needs_schedule1=True, needs_policy=True)
    gone = {name for _, name in no_longer_asked([page("provider")], before, Answers())}
    assert gone == {"article9", "schedule1", "policy_document"}
    assert not list(no_longer_asked(PAGES, Answers(), Answers()))


def test_every_question_has_its_words_and_its_column():
    rows = {"items", "providers", "recipients", "purpose_of"}
    columns = {field.name for model in (Flow, FlowSide, FlowItem) for field in model._meta.fields}
    for each in (*PAGES, ITEM):
        for question in each.questions:
            if question.name not in rows:
                assert question.name in columns
                assert WORDINGS[question.name].label
