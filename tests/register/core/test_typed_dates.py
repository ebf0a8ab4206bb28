"""Dates as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.core import dates, typed_dates


@pytest.mark.parametrize(
    "typed",
    [
        "21 11 2026",
        "21/11/2026",
        "21.11.2026",
        "21-11-2026",
        "2026-11-21",
        "21 November 2026",
        "21st of november 2026",
        "Saturday 21 Nov 2026",
        "21nov2026",
        "November 21, 2026",
        "  21  11  2026 ",
    ],
)
def test_a_date_is_read_in_any_usual_way(typed):
    assert typed_dates.read(typed) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("12", "such as 21 11 2026"),
        ("soon", "such as 21 11 2026"),
        ("21 11 26", "four digits"),
        ("1 1 0026", "four digits"),
        ("31 12 9999", "four digits"),
        ("30 2 2026", "no such day"),
        ("21 13 2026", "no such day"),
        ("21 Marvember 2026", "such as 21 11 2026"),
        ("1" * 5000, "such as 21 11 2026"),
    ],
)
def test_what_is_no_date_gets_a_sentence(typed, says):
    with pytest.raises(ValueError, match=says):
        typed_dates.read(typed)


def test_nothing_typed_is_no_date():
    assert typed_dates.read("  ") is None


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_date_that_we_write_is_read_again(day):
    assert typed_dates.read(dates.words(day)) == day
    assert typed_dates.read(dates.long_words(day)) == day


@given(st.text(max_size=30))
def test_any_typing_is_read_or_refused_with_a_sentence(typed):
    says = "."
    try:
        typed_dates.read(typed)
    except ValueError as error:
        says = str(error)
    assert says.endswith(".")
