"""The required security level, the controls it asks for, ratings, and the risks that are proposed."""

import pytest

from agreements.risks.levels import (
    QUESTIONS,
    level_of,
    missing_controls,
    required_controls,
)
from agreements.risks.proposals import TEMPLATES, Movement, Sharing, proposals
from agreements.risks.ratings import rating
from agreements.risks.statuses import DECISIONS, RECORDED
from register.lists.labels import labels

SAFE = {
    "storage": "uk_system",
    "transit": "secure",
    "access": "named",
    "processing": "case",
    "amount": "few",
    "sensitivity": "personal",
}


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, "standard"),
        ({"sensitivity": "none", "transit": "open", "amount": "thousands"}, "standard"),
        ({"sensitivity": "special"}, "raised"),
        ({"transit": "open"}, "raised"),
        ({"storage": "shared_files", "transit": "spoken", "access": "team",
          "amount": "hundreds"}, "raised"),
        ({"sensitivity": "offence", "transit": "media", "access": "bodies"}, "high"),
        ({"sensitivity": "danger"}, "high"),
    ],
)  # fmt: skip
def test_answers_require_a_level(changed, level):
    assert level_of(SAFE | changed).code == level


def test_the_level_says_which_answers_raise_it():
    said = level_of(SAFE | {"sensitivity": "danger", "transit": "media"}).says
    assert said.startswith("Required security level: high, because ")
    assert "it moves on removable media and somebody could be in danger" in said


def test_the_level_is_not_known_while_a_question_is_open():
    found = level_of({"storage": "uk_system"})
    assert (found.code, found.word) == ("", "Not known yet")
    assert "5 questions are open" in found.says
    assert required_controls(found.code) == ()


def test_a_higher_level_asks_for_every_control_of_the_lower_ones():
    standard, raised, high = (set(required_controls(x)) for x in ("standard", "raised", "high"))
    assert standard < raised < high


def test_paper_asks_for_locks_and_not_for_encryption():
    answers = SAFE | {"storage": "paper", "transit": "carried", "sensitivity": "special"}
    wanted = required_controls("raised", answers)
    assert {"locked_storage", "clear_desk"} <= set(wanted)
    assert not {"encrypted_transit", "encrypted_rest", "mfa"} & set(wanted)


def test_missing_controls_are_those_required_and_not_in_place():
    assert missing_controls("standard", ["role_access", "redaction"]) == (
        "encrypted_transit",
        "identity_checked",
    )
    assert missing_controls("standard", required_controls("standard")) == ()


@pytest.mark.django_db
def test_every_code_named_here_stands_in_its_list():
    known = set(labels("control"))
    for question in QUESTIONS:
        for choice in question.offered:
            answers = SAFE | {question.code: choice.code}
            assert set(required_controls("high", answers)) <= known
    assert {*RECORDED, *DECISIONS} == set(labels("dpia_status"))


@pytest.mark.parametrize(
    ("likelihood", "impact", "words"),
    [(1, 3, "Low (3)"), (2, 2, "Medium (4)"), (2, 4, "High (8)"), (3, 5, "Very high (15)"),
     (5, 5, "Very high (25)"), (3, 4, "High (12)"), (1, 5, "Medium (5)")],
)  # fmt: skip
def test_a_rating_has_a_number_and_a_word(likelihood, impact, words):
    assert str(rating(likelihood, impact)) == words


def test_every_product_of_two_numbers_has_a_band():
    for likelihood in range(1, 6):
        for impact in range(1, 6):
            assert rating(likelihood, impact).score == likelihood * impact
    with pytest.raises(ValueError, match="between 1 and 5"):
        rating(0, 3)


def codes(sharing):
    """The codes of the risks that are proposed."""
    return [each.code for each in proposals(sharing)]


def test_safe_answers_propose_nothing():
    assert codes(Sharing(SAFE)) == []


@pytest.mark.parametrize(
    ("question", "answer", "code"),
    [
        ("transit", "open", "intercepted"),
        ("transit", "media", "media_lost"),
        ("storage", "portable", "media_lost"),
        ("storage", "paper", "paper_lost"),
        ("storage", "outside_uk", "outside_uk"),
        ("access", "team", "overseen"),
        ("access", "beyond", "passed_on"),
        ("sensitivity", "special", "sensitive_misused"),
        ("sensitivity", "offence", "offence_misused"),
        ("sensitivity", "danger", "traced"),
        ("amount", "thousands", "bulk_breach"),
        ("processing", "scored", "wrong_match"),
    ],
)
def test_an_answer_proposes_its_risk(question, answer, code):
    assert code in codes(Sharing(SAFE | {question: answer}))


@pytest.mark.parametrize(
    ("movement", "code"),
    [
        (Movement("A", is_weak=True), "intercepted"),
        (Movement("A", frozenset({"media_staff"})), "media_lost"),
        (Movement("A", frozenset({"by_hand"})), "paper_lost"),
        (Movement("A", frozenset({"shared_system_view"})), "overseen"),
        (Movement("A", is_special=True), "sensitive_misused"),
        (Movement("A", is_offence=True), "offence_misused"),
        (Movement("A", volume="over_10000"), "bulk_breach"),
        (Movement("A", leaves_uk=True), "outside_uk"),
        (Movement("A", recipients=5), "passed_on"),
    ],
)
def test_a_flow_proposes_its_risk_and_is_named(movement, code):
    found = {each.code: each for each in proposals(Sharing(SAFE, movements=(movement,)))}
    assert found[code].because == "flow A"


def test_a_control_that_is_in_place_takes_a_proposal_away():
    weak = Movement("A", is_weak=True, controls=frozenset({"encrypted_transit"}))
    assert codes(Sharing(SAFE, movements=(weak,))) == []
    wide = Sharing(SAFE | {"access": "team"}, frozenset({"role_access"}))
    assert codes(wide) == []


def test_sensitive_information_raises_the_impact_by_one():
    plain = {p.code: p for p in proposals(Sharing(SAFE | {"transit": "open"}))}
    grave = {
        p.code: p for p in proposals(Sharing(SAFE | {"transit": "open", "sensitivity": "special"}))
    }
    assert grave["intercepted"].impact == plain["intercepted"].impact + 1


def test_many_flows_give_one_proposal_with_their_names():
    movements = tuple(Movement(name, is_weak=True) for name in "ABCDE")
    [found] = proposals(Sharing(SAFE, movements=movements))
    assert found.because == "flows A, B, C and 2 more"


def test_every_proposal_has_a_code_of_its_own():
    assert len({template.code for template in TEMPLATES}) == len(TEMPLATES)
