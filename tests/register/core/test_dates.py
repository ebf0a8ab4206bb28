"""Days, months, anchors and the words for them."""

from datetime import UTC, date, datetime

import pytest

from register.core import dates


@pytest.mark.parametrize(
    ("after", "due"),
    [
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2025, 2, 28), date(2026, 2, 28)),
        (date(2026, 12, 1), date(2027, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 29)),
    ],
)
def test_a_yearly_review_from_29_february_keeps_its_day(after, due):
    assert dates.next_in_cycle(date(2024, 2, 29), 12, after) == due


def test_six_months_from_the_end_of_august_is_the_end_of_february():
    assert dates.add_months(date(2024, 8, 31), 6) == date(2025, 2, 28)
    assert dates.add_months(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert dates.add_months(date(2025, 2, 28), 6, anchor=31) == date(2025, 8, 31)


def test_a_cycle_that_has_not_begun_gives_its_first_turn():
    assert dates.next_in_cycle(date(2027, 1, 31), 1, date(2026, 1, 1)) == date(2027, 2, 28)


def test_a_cycle_of_no_months_is_refused():
    with pytest.raises(ValueError, match="one month"):
        dates.next_in_cycle(date(2027, 1, 31), 0, date(2026, 1, 1))


def test_today_is_the_day_in_london(time_machine):
    time_machine.move_to(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert dates.today() == date(2026, 7, 1)


def test_days_and_times_read_as_people_write_them():
    instant = datetime(2026, 7, 4, 8, 32, tzinfo=UTC)
    assert dates.words(date(2026, 11, 21)) == "21 November 2026"
    assert dates.long_words(date(2026, 11, 21)) == "Saturday 21 November 2026"
    assert dates.clock_words(instant) == "9:32am"
    assert dates.time_words(instant) == "4 July 2026 at 9:32am"
    assert dates.clock_words(datetime(2026, 1, 1, 0, 5, tzinfo=UTC)) == "12:05am"


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 11, 21), "today (21 November 2026)"),
        (date(2026, 11, 22), "in 1 day (22 November 2026)"),
        (date(2026, 12, 12), "in 3 weeks (12 December 2026)"),
        (date(2026, 11, 19), "2 days ago (19 November 2026)"),
        (date(2024, 9, 1), "2 years ago (1 September 2024)"),
    ],
)
def test_how_far_a_day_is_comes_with_the_day(day, says):
    assert dates.relative(day, since=date(2026, 11, 21)) == says
