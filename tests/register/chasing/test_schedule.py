"""The days on which reminders go."""

from datetime import date, timedelta

from register.chasing.schedule import last_day, next_reminder, working_day_from
from register.core.working_days import is_working_day

MONDAY = date(2026, 6, 1)


def days(asked_on: date, sign_by: date | None) -> list[date]:
    """Every day on which somebody who never answers is reminded."""
    found, last = [], None
    while (due := next_reminder(asked_on, sign_by, last)) is not None:
        found.append(due)
        last = due
    return found


def test_a_week_after_asking_and_every_week_then():
    assert days(MONDAY, None)[:3] == [date(2026, 6, 8), date(2026, 6, 15), date(2026, 6, 22)]


def test_three_days_before_the_day_on_it_and_the_day_after():
    sign_by = date(2026, 6, 19)  # a Friday

    found = days(MONDAY, sign_by)

    # 20 June is a Saturday: the day after goes on Monday 22 June, and the weekly one with it.
    assert found[:4] == [date(2026, 6, 8), date(2026, 6, 16), date(2026, 6, 19), date(2026, 6, 22)]


def test_nothing_comes_thirty_days_after_the_day():
    sign_by = date(2026, 6, 19)

    assert max(days(MONDAY, sign_by)) <= sign_by + timedelta(days=30)
    assert next_reminder(MONDAY, sign_by, sign_by + timedelta(days=30)) is None


def test_without_a_day_they_end_after_half_a_year():
    assert max(days(MONDAY, None)) <= last_day(MONDAY, None)


def test_every_reminder_goes_on_a_working_day_and_never_two_on_one():
    for start in range(7):
        found = days(MONDAY + timedelta(days=start), MONDAY + timedelta(days=start + 20))
        assert all(is_working_day(day) for day in found)
        assert len(found) == len(set(found))


def test_a_bank_holiday_is_passed_over():
    assert working_day_from(date(2026, 12, 25)) == date(2026, 12, 29)


def test_days_that_a_worker_missed_are_made_good_by_one_reminder():
    last = MONDAY + timedelta(days=7)
    late = last + timedelta(days=20)

    due = next_reminder(MONDAY, None, last)

    assert due < late
    assert next_reminder(MONDAY, None, late) > late


def test_whoever_is_asked_after_the_day_to_sign_by_hears_weekly():
    sign_by = MONDAY - timedelta(days=3)

    assert next_reminder(MONDAY, sign_by) == MONDAY + timedelta(days=7)
