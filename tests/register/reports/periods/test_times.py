"""Days from draft to signature: by step and tier for all, by body for that body and the office."""

from datetime import date

import pytest

from register.directory.models.partnerships import Tier
from register.reports.periods.period import containing
from register.reports.periods.scope import Scope
from register.reports.periods.times import spell_of, times_of

pytestmark = pytest.mark.django_db
OCTOBER = containing("month", date(2026, 10, 9))


def test_the_days_of_each_step_are_counted_by_tier_and_by_leading_body(autumn):
    county = autumn.county
    times = times_of(Scope(county.users["office"]), OCTOBER)
    ours = times.by_lead[county.council.pk]
    told = {step: (spell.number, round(spell.median, 3)) for step, spell in ours.items()}
    assert told == {
        "draft": (1, 10), "consultation": (1, 10), "signing": (1, 20), "whole": (1, 40)
    }  # fmt: skip
    assert times.by_tier[Tier.AGREEMENT]["consultation"].number == 1
    assert times.every["whole"].number == 4
    assert round(times.every["whole"].slowest, 3) == 40


def test_how_long_a_body_took_to_sign_counts_from_the_day_it_was_asked(autumn):
    county = autumn.county
    times = times_of(Scope(county.users["office"]), OCTOBER)
    police, council = times.by_signer[county.police.pk], times.by_signer[county.council.pk]
    assert round(police.median, 2) == 20
    assert round(council.slowest, 1) == 22.6


def test_other_readers_get_no_times_of_bodies_but_their_own(autumn):
    county = autumn.county
    times = times_of(Scope(county.users["police_officer"]), OCTOBER)
    assert not times.by_lead
    assert set(times.by_signer) == {county.police.pk}
    auditor = times_of(Scope(county.users["auditor"]), OCTOBER)
    assert not auditor.by_lead
    assert not auditor.by_signer
    assert auditor.every["whole"].number == 4
    council = times_of(Scope(county.users["council_manager"]), OCTOBER)
    assert set(council.by_lead) == {county.council.pk}


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("days", "median", "slowest"),
    [([3], 3, 3), ([1, 2], 1.5, 2), (range(1, 11), 5.5, 9), (range(1, 101), 50.5, 90)],
)
def test_the_slowest_tenth_begins_at_the_nearest_rank(days, median, slowest):
    spell = spell_of(days)
    assert (spell.median, spell.slowest) == (median, slowest)
