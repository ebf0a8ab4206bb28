"""The one rule of review dates, and the occasions on which something is said."""

from datetime import date

import pytest

from register.reviews.cycles import next_after
from register.reviews.occasions import gone_past, last_reached, of_ask, of_review

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("first", "months", "after", "expected"),
    [
        ((2024, 2, 29), 12, (2024, 2, 29), (2025, 2, 28)),
        ((2024, 2, 29), 12, (2025, 2, 28), (2026, 2, 28)),
        ((2024, 2, 29), 12, (2027, 2, 28), (2028, 2, 29)),
        ((2023, 8, 31), 6, (2023, 8, 31), (2024, 2, 29)),
        ((2023, 8, 31), 6, (2024, 2, 29), (2024, 8, 31)),
        ((2026, 1, 31), 1, (2026, 1, 31), (2026, 2, 28)),
        ((2026, 1, 31), 1, (2026, 2, 28), (2026, 3, 31)),
        ((2020, 5, 10), 12, (2026, 11, 21), (2027, 5, 10)),
        ((2020, 11, 21), 12, (2026, 11, 21), (2027, 11, 21)),
        ((2027, 1, 1), 12, (2026, 11, 21), (2028, 1, 1)),
    ],
)
def test_the_day_of_the_month_is_kept_and_the_last_day_stands_in(first, months, after, expected):
    assert next_after(date(*first), months, date(*after)) == date(*expected)


def test_a_first_review_may_come_sooner_and_the_cycle_goes_on_from_it():
    begun = date(2025, 8, 31)
    first = next_after(begun, 12, begun, first_months=6)
    assert first == date(2026, 2, 28)
    assert next_after(begun, 12, first, first_months=6) == date(2027, 2, 28)
    assert next_after(begun, 12, date(2027, 2, 28), first_months=6) == date(2028, 2, 29)


def test_a_cycle_of_no_months_is_refused():
    with pytest.raises(ValueError, match="one month long or longer"):
        next_after(date(2026, 1, 1), 0, date(2026, 1, 1))


def test_a_review_is_told_of_three_months_before_and_is_overdue_the_day_after():
    due = date(2026, 12, 31)
    occasions = of_review(due)
    assert [each.on for each in occasions] == sorted(each.on for each in occasions)
    assert last_reached(occasions, date(2026, 9, 29)) is None
    assert last_reached(occasions, date(2026, 9, 30)).code == "notice"
    assert last_reached(occasions, due).code == "week", "due today is not overdue"
    assert last_reached(occasions, date(2027, 1, 1)).code == "overdue"
    assert last_reached(occasions, date(2027, 3, 31)).code == "missed"


def test_of_what_was_passed_in_silence_only_the_last_is_told():
    occasions = of_ask(date(2026, 11, 1), date(2026, 11, 12))
    assert last_reached(occasions, date(2026, 11, 14)).code == "late"


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ((2027, 2, 28), (2026, 11, 30)),
        ((2027, 2, 27), (2026, 11, 27)),
        ((2027, 3, 1), (2026, 12, 1)),
    ],
)
def test_missed_is_three_months_later_by_the_same_rule(day, last):
    assert gone_past(date(*day)) == date(*last)
