"""Working days across weekends and bank holidays of each part of the Kingdom."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.core.working_days import (
    Nation,
    bank_holidays,
    is_working_day,
    working_days_after,
)

ENGLAND, SCOTLAND, NORTHERN = Nation.ENGLAND_AND_WALES, Nation.SCOTLAND, Nation.NORTHERN_IRELAND
DAYS = st.dates(date(2019, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    ("day", "nation", "due"),
    [
        # a plain week, and a share made on a Saturday
        (date(2026, 11, 16), ENGLAND, date(2026, 11, 23)),
        (date(2026, 11, 21), ENGLAND, date(2026, 11, 27)),
        # across Christmas 2026: the 25th, the 28th for the 26th, and New Year
        (date(2026, 12, 23), ENGLAND, date(2027, 1, 4)),
        (date(2026, 12, 23), SCOTLAND, date(2027, 1, 5)),
        # across Easter 2027: Easter Monday is none of Scotland's
        (date(2027, 3, 24), ENGLAND, date(2027, 4, 2)),
        (date(2027, 3, 24), SCOTLAND, date(2027, 4, 1)),
        (date(2027, 3, 24), NORTHERN, date(2027, 4, 2)),
        # St Patrick's Day, the twelfth of July, St Andrew's Day, the first Monday of August
        (date(2027, 3, 15), NORTHERN, date(2027, 3, 23)),
        (date(2026, 7, 8), NORTHERN, date(2026, 7, 16)),
        (date(2026, 11, 27), SCOTLAND, date(2026, 12, 7)),
        (date(2026, 7, 31), SCOTLAND, date(2026, 8, 10)),
        (date(2026, 7, 31), ENGLAND, date(2026, 8, 7)),
    ],
)
def test_five_working_days_later(day, nation, due):
    assert working_days_after(day, 5, nation) == due


def test_the_published_days_of_england_and_wales():
    assert sorted(bank_holidays(2022, ENGLAND)) == [
        date(2022, 1, 3),
        date(2022, 4, 15),
        date(2022, 4, 18),
        date(2022, 5, 2),
        date(2022, 6, 2),
        date(2022, 6, 3),
        date(2022, 8, 29),
        date(2022, 9, 19),
        date(2022, 12, 26),
        date(2022, 12, 27),
    ]


def test_two_holidays_on_a_weekend_are_kept_on_two_weekdays():
    assert {date(2027, 12, 27), date(2027, 12, 28)} <= bank_holidays(2027, ENGLAND)
    assert {date(2028, 1, 3), date(2028, 1, 4)} <= bank_holidays(2028, SCOTLAND)


def test_days_added_for_one_part_only():
    assert not is_working_day(date(2026, 6, 15), SCOTLAND)
    assert is_working_day(date(2026, 6, 15), ENGLAND)


@given(DAYS, st.integers(1, 30), st.sampled_from(Nation))
def test_there_are_n_working_days_between(day, n, nation):
    last = working_days_after(day, n, nation)
    span = [day + timedelta(days=each) for each in range(1, (last - day).days + 1)]
    assert sum(is_working_day(each, nation) for each in span) == n
    assert is_working_day(last, nation)


def test_no_working_day_is_no_question():
    with pytest.raises(ValueError, match="one working day or more"):
        working_days_after(date(2026, 1, 1), 0)
