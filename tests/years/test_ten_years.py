"""Days pass one by one: every notice, reminder and digest comes once, and none is missing.

Ten years of a large register are `python -m tests.years.run`. Here a few entries live through the days
on which calendars go wrong: ISO week 53 with Christmas, a leap day, both changes of the clock, month ends.
"""

from datetime import date

import pytest

from tests.years.simulation import Years
from tests.years.table import printed

pytestmark = [pytest.mark.django_db, pytest.mark.own_servers]
# Work that says something to somebody by itself, and what sends it.
SPEAKING = frozenset({
    "send_messages", "plan_reviews", "tell_of_reviews", "remind_of_reviews", "remind_signatories",
    "act_on_missed_days", "send_digests", "ledger digests",
})  # fmt: skip


def test_week_53_and_the_turn_of_the_year():
    live(Years(date(2026, 12, 7), days=40, entries=4, rounds=0, seed=3, only=SPEAKING))


def test_a_year_with_a_leap_day_and_two_changes_of_the_clock():
    years = Years(date(2028, 1, 20), days=290, entries=8, rounds=3, only=SPEAKING, with_daily=False)

    outcome = live(years)

    assert years.killed > 5
    assert {kind for kind, _ in outcome.cells} >= {
        "review: notice three months before", "review: overdue", "signing: reminder",
        "signing: asked", "digest: weekly", "auditor: mark of the history",
    }  # fmt: skip


def live(years: Years):
    """Live through some years, and say what does not agree."""
    outcome = years.run()
    print(printed(outcome))
    assert not outcome.wrong
    assert outcome.total.once == outcome.total.expected > 0
    return outcome
