"""The level of a body as a truth table, and the arithmetic of its last day."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from register.core import dates
from register.directory.assurance_levels import (
    Level,
    has_fallen,
    level_of,
    on_day,
    said_on,
    weakest,
)
from register.directory.assurance_questions import Known, answers_of
from register.directory.models import AssuranceFact

DAY = date(2026, 11, 21)
GOOD_KINDS = ("cyber-essentials", "screening", "training", "retention", "breach", "complaints")


def fact(kind: str, **columns) -> AssuranceFact:
    return AssuranceFact(kind=kind, **columns)


def sound(**changes) -> Known:
    """A council whose every question has a good answer."""
    known = Known(
        facts={kind: fact(kind) for kind in (*GOOD_KINDS, "policy")},
        grades=dict.fromkeys(GOOD_KINDS, "good"),
        ico_number="ZA000101",
        ico_expires_on=date(2027, 8, 21),
        privacy_notice="https://council.example/privacy",
        kind="county_council",
        is_public=True,
        posts=frozenset({"dpo", "siro", "caldicott_guardian"}),
        confirmed_on=date(2026, 6, 1),
    )
    return replace(known, **changes)


def without(known: Known, *kinds: str) -> Known:
    facts = {kind: row for kind, row in known.facts.items() if kind not in kinds}
    return replace(known, facts=facts, grades={k: known.grades.get(k, "") for k in facts})


def graded(kind: str, grade: str, known: Known | None = None, **columns) -> Known:
    known = known or sound()
    return replace(
        known,
        facts={**known.facts, kind: fact(kind, **columns)},
        grades={**known.grades, kind: grade},
    )


TABLE = [
    ("everything is there", sound(), "significant", "everything"),
    ("nobody ever said a thing", sound(confirmed_on=None), "not_submitted", "nobody has recorded"),
    ("only advised things are missing", without(sound(), "policy"), "significant", "everything"),
    ("no ICO registration", sound(ico_number=""), "none", "no ICO registration"),
    ("not registered", graded("ico", "", sound(ico_number=""), value="not_registered"), "none", "is not registered"),
    ("exempt", graded("ico", "good", sound(ico_number=""), value="exempt"), "significant", "."),
    ("training unknown", without(sound(), "training"), "none", "training of staff is recorded"),
    ("nobody trained", graded("training", ""), "none", "no staff are trained"),
    ("0% trained", graded("training", "partial", percent=0), "none", "no staff are trained"),
    ("94% trained", graded("training", "partial", percent=94), "limited", "94% of staff"),
    ("95% trained", graded("training", "partial", percent=95), "significant", "everything"),
    ("some trained", graded("training", "partial"), "limited", "not all staff"),
    ("no certificate", without(sound(), "cyber-essentials"), "limited", "no Cyber Essentials"),
    ("working towards it", graded("cyber-essentials", ""), "limited", "no Cyber Essentials"),
    (
        "another certificate stands in",
        graded("iso-27001", "", without(sound(), "cyber-essentials")),
        "significant",
        "everything",
    ),
    ("no screening", without(sound(), "screening"), "limited", "no screening"),
    ("nobody screened", graded("screening", ""), "limited", "not screened"),
    ("some screened", graded("screening", "partial"), "significant", "everything"),
    ("breach never tested", graded("breach", "partial"), "limited", "not tested"),
    ("no privacy notice", sound(privacy_notice=""), "limited", "no privacy notice"),
    ("no complaints address", without(sound(), "complaints"), "limited", "complaints"),
    ("no retention schedule", without(sound(), "retention"), "limited", "retention"),
    ("no DPO", sound(posts=frozenset({"caldicott_guardian"})), "limited", "protection officer"),
    ("no Caldicott Guardian", sound(posts=frozenset({"dpo"})), "limited", "Caldicott"),
    ("a district needs none", sound(kind="district_council", posts=frozenset({"dpo"})),
     "significant", "everything"),
    ("a trust without a toolkit", sound(kind="nhs_trust"), "limited", "Toolkit is recorded"),
    ("a trust with it", graded("dspt", "good", sound(kind="nhs_trust")), "significant", "everything"),
    ("the ICO date has passed", sound(ico_expires_on=date(2026, 11, 20)), "expired",
     "the ICO registration ended on 20 November 2026"),
    ("expired comes before none", without(sound(ico_expires_on=date(2026, 1, 1)), "training"),
     "expired", "ended on 1 January 2026"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "known", "code", "why"), TABLE, ids=[row[0] for row in TABLE])
def test_the_level_follows_from_the_facts(what, known, code, why):
    level = level_of(known, DAY)

    assert level.code == code, level.why
    assert why in level.why
    assert level.why.startswith(f"{level.label}: ")


def test_a_small_supported_body_is_judged_by_what_applies_to_it():
    small = Known(
        facts={kind: fact(kind) for kind in ("training", "breach", "complaints")},
        grades={"training": "partial", "breach": "partial"},
        ico_number="ZA1",
        ico_expires_on=date(2027, 8, 21),
        privacy_notice="https://carers.example/privacy",
        kind="voluntary",
        is_small=True,
        confirmed_on=date(2026, 6, 1),
    )

    assert level_of(small, DAY).code == "significant"
    assert level_of(replace(small, is_small=False), DAY).code == "limited"


def test_every_gap_is_named_in_the_sentence():
    level = level_of(without(sound(privacy_notice=""), "screening", "retention"), DAY)

    assert level.why == (
        "Limited: no screening of staff is recorded; no privacy notice is recorded; and no retention "
        "schedule is recorded."
    )


def test_the_complaints_address_is_asked_from_the_day_section_164a_holds():
    known = without(sound(), "complaints")

    assert level_of(known, date(2026, 6, 18)).code == "significant"
    assert level_of(known, date(2026, 6, 19)).code == "limited"


@pytest.mark.parametrize(
    ("confirmed", "last"),
    [
        (date(2026, 1, 31), date(2027, 1, 31)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 2, 28), date(2024, 2, 28)),
    ],
)
def test_facts_hold_to_the_end_of_the_day_twelve_months_on(confirmed, last):
    known = sound(confirmed_on=confirmed, ico_expires_on=None)

    assert level_of(known, last).until == last
    assert level_of(known, last).code == "significant"
    assert level_of(known, date.fromordinal(last.toordinal() + 1)).code == "expired"


def test_the_first_date_to_come_is_the_last_day_of_the_level():
    certificate = fact("cyber-essentials", expires_on=date(2026, 12, 31))
    known = replace(sound(), facts={**sound().facts, "cyber-essentials": certificate})

    level = level_of(known, DAY)

    assert level.until == date(2026, 12, 31)
    assert [said_on(end, DAY) for end in level.ending] == [
        "the Cyber Essentials certificate ends on 31 December 2026"
    ]


def test_a_date_ninety_days_off_is_soon_and_one_a_day_later_is_not():
    assert level_of(sound(ico_expires_on=date(2027, 2, 19)), DAY).ending
    assert not level_of(sound(ico_expires_on=date(2027, 2, 20)), DAY).ending


@pytest.mark.parametrize(
    ("instant", "code"),
    [
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), "significant"),  # 11:59pm in London
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), "expired"),  # midnight, summer time
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), "significant"),
        (datetime(2027, 1, 1, 0, 0, tzinfo=UTC), "expired"),
    ],
)
def test_a_day_ends_at_midnight_in_london(instant, code):
    ends = date(2026, 6, 30) if instant.month in {6, 7} else date(2026, 12, 31)
    with dates.pretend(instant):
        assert level_of(sound(ico_expires_on=ends), dates.today()).code == code


def test_an_arrangement_gives_what_its_weakest_member_gives_and_ends_with_the_first():
    members = {
        "Council": Level("significant", date(2027, 1, 1), "", label="Significant"),
        "College": Level("limited", date(2027, 6, 1), "", label="Limited"),
    }

    level = weakest(members, DAY)

    assert (level.code, level.until) == ("limited", date(2027, 1, 1))
    assert level.why == "Limited, by its weakest member, College."
    assert weakest({}, DAY).code == "not_submitted"


@pytest.mark.parametrize(
    ("before", "after", "is_fall"),
    [
        ("significant", "limited", True),
        ("significant", "expired", True),
        ("limited", "none", True),
        ("limited", "significant", False),
        ("limited", "limited", False),
        ("expired", "none", False),
        ("not_submitted", "none", False),
    ],
)
def test_only_what_others_relied_on_can_fall(before, after, is_fall):
    assert has_fallen(before, after) is is_fall


def test_a_stored_level_is_expired_from_the_day_after_its_last():
    assert on_day("significant", DAY, DAY) == "significant"
    assert on_day("significant", date(2026, 11, 20), DAY) == "expired"
    assert on_day("not_submitted", None, DAY) == "not_submitted"


def test_a_council_is_not_asked_for_a_toolkit_and_a_practice_is():
    asked = {answer.question.code for answer in answers_of(sound(), DAY)}
    of_practice = {answer.question.code for answer in answers_of(sound(kind="gp_practice"), DAY)}

    assert "dspt" not in asked
    assert {"dspt", "ods"} <= of_practice
