"""Overdue reviews over the months to come: working days, so many a week, fair to owners, always the same."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from register.cleanup.spreading import Overdue, TooMany, in_turn, spread
from register.core.dates import add_months
from register.core.working_days import is_working_day

DAY = date(2026, 11, 21)


def overdue(number, owners=3):
    return [
        Overdue(n, n % owners or None, date(2024, 1, 1) + timedelta(days=n % 50), f"R-{n:04}")
        for n in range(number)
    ]


def test_every_review_falls_on_a_working_day_of_the_months_asked_for():
    found = spread(overdue(90), day=DAY, months=6, a_week=5)
    assert len(found) == 90
    assert all(is_working_day(day) for day in found.values())
    assert DAY + timedelta(days=7) <= min(found.values())
    assert max(found.values()) <= add_months(DAY, 6)


def test_no_week_has_more_than_was_said_and_all_have_about_as_many():
    found = spread(overdue(90), day=DAY, months=6, a_week=4)
    weeks = Counter(day.isocalendar()[:2] for day in found.values())
    assert max(weeks.values()) <= 4
    assert max(weeks.values()) - min(weeks.values()) <= 1


def test_the_same_entries_get_the_same_days_in_whatever_order_they_come():
    rows = overdue(60)
    mixed = list(rows)
    Random(7).shuffle(mixed)
    assert spread(rows, day=DAY, months=3, a_week=9) == spread(mixed, day=DAY, months=3, a_week=9)


def test_what_does_not_fit_is_refused_with_the_room_there_is():
    with pytest.raises(TooMany) as refused:
        spread(overdue(60), day=DAY, months=1, a_week=3)
    assert refused.value.room == 12


def test_an_owner_of_few_does_not_wait_behind_an_owner_of_many():
    rows = [Overdue(n, 1, date(2020, 1, 1), f"R-{n:04}") for n in range(98)]
    rows += [Overdue(n, 2, date(2025, 1, 1), f"R-{n:04}") for n in (98, 99)]
    places = [place for place, row in enumerate(in_turn(rows)) if row.owner == 2]
    assert places[0] < 30 < 70 < places[1]


def test_one_owners_longest_overdue_comes_first():
    rows = [Overdue(n, 1, date(2025, 1, 1) - timedelta(days=n), f"R-{n}") for n in range(5)]
    assert [row.key for row in in_turn(rows)] == [4, 3, 2, 1, 0]
    assert not spread([], day=DAY, months=1, a_week=1)
