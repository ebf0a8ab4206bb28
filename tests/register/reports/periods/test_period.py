"""Periods: London days, ISO weeks, what stands before each, and their words."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from register.reports.periods.period import Period, chosen, containing, months_from, row_of

pytestmark = pytest.mark.no_database
DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("choice", "first", "last", "words"),
    [
        ("this_week", date(2026, 11, 16), date(2026, 11, 22),
         "week 47 of 2026, 16 to 22 November 2026"),
        ("last_week", date(2026, 11, 9), date(2026, 11, 15),
         "week 46 of 2026, 9 to 15 November 2026"),
        ("this_month", date(2026, 11, 1), date(2026, 11, 30), "November 2026"),
        ("last_month", date(2026, 10, 1), date(2026, 10, 31), "October 2026"),
        ("this_quarter", date(2026, 10, 1), date(2026, 12, 31), "October to December 2026"),
        ("last_quarter", date(2026, 7, 1), date(2026, 9, 30), "July to September 2026"),
        ("this_year", date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ("last_year", date(2025, 1, 1), date(2025, 12, 31), "2025"),
    ],
)  # fmt: skip
def test_a_choice_means_whole_weeks_months_quarters_and_years(choice, first, last, words):
    period = chosen(choice, DAY)
    assert (period.first, period.last, period.words) == (first, last, words)


def test_week_53_belongs_to_the_year_of_its_thursday():
    period = containing("week", date(2027, 1, 2))
    assert (period.first, period.last) == (date(2026, 12, 28), date(2027, 1, 3))
    assert period.words == "week 53 of 2026, 28 December 2026 to 3 January 2027"
    assert period.before.words.startswith("week 52 of 2026")


def test_a_day_begins_and_ends_at_midnight_in_london_in_summer_and_when_clocks_change():
    july = containing("month", date(2026, 7, 9))
    assert july.begins == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert july.ends == datetime(2026, 7, 31, 23, tzinfo=UTC)
    turned = Period("days", date(2026, 10, 25), date(2026, 10, 25))
    assert turned.ends.astimezone(UTC) - turned.begins.astimezone(UTC) == timedelta(hours=25)


def test_periods_follow_each_other_without_a_gap():
    for unit in ("week", "month", "quarter", "year"):
        found = row_of(containing(unit, DAY), 6)
        assert all(
            before.last + timedelta(days=1) == after.first and before.ends == after.begins
            for before, after in pairwise(found)
        )
    days = Period("days", date(2026, 3, 1), date(2026, 3, 10)).before
    assert (days.first, days.last) == (date(2026, 2, 19), date(2026, 2, 28))
    assert days.words == "19 to 28 February 2026"


def test_the_next_months_are_calendar_months():
    months = months_from(date(2028, 1, 31), 12)
    assert [m.words for m in months[:2]] == ["January 2028", "February 2028"]
    assert months[1].last == date(2028, 2, 29)
    assert months[-1].words == "December 2028"
