"""Years pass a day at a time: every notice, reminder and digest comes once, and none is missing."""

from datetime import date

import pytest

from tests.years.simulation import Years
from tests.years.table import printed

# Work that says something to somebody by itself, and what sends it.
SPEAKING = frozenset({
    "send_messages", "plan_reviews", "tell_of_reviews", "remind_of_reviews", "remind_signatories",
    "act_on_missed_days", "send_digests", "ledger digests",
})  # fmt: skip


@pytest.mark.django_db
@pytest.mark.own_servers
def test_every_notice_of_the_years_comes_once():
    years = Years(first=date(2026, 11, 23), days=200, entries=8, rounds=4, only=SPEAKING)

    outcome = years.run()

    print(printed(outcome))
    assert not outcome.wrong
    assert outcome.total.expected > 100
    assert years.killed > 10
