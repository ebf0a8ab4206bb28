"""Dates, words, durations and references as offices write them."""

import datetime

import pytest

from register.exchange.cells import order_of, read_date
from register.exchange.meanings import read_duration, state_of, tier_of
from register.exchange.references import split_version, version_number, version_order

DAY = datetime.date


@pytest.mark.parametrize(
    ("cell", "value", "precision"),
    [
        ("2018-09-06", DAY(2018, 9, 6), "day"),
        ("03/04/2019", DAY(2019, 4, 3), "day"),
        ("3.4.19", DAY(2019, 4, 3), "day"),
        ("1-2-79", DAY(1979, 2, 1), "day"),
        ("26 SEPTEMBER 2013", DAY(2013, 9, 26), "day"),
        ("Mon 3rd of June 2019", DAY(2019, 6, 3), "day"),
        ("June 3, 2019", DAY(2019, 6, 3), "day"),
        ("1-Feb-21", DAY(2021, 2, 1), "day"),
        ("01/02/2020 12:30", DAY(2020, 2, 1), "day"),
        ("20171001", DAY(2017, 10, 1), "day"),
        (20171001, DAY(2017, 10, 1), "day"),
        (43500, DAY(2019, 2, 4), "day"),
        ("43500", DAY(2019, 2, 4), "day"),
        ("2018-12-14T14:57:09Z", DAY(2018, 12, 14), "day"),
        ("2019-07-01T23:30:00Z", DAY(2019, 7, 2), "day"),
        (datetime.datetime(2024, 2, 29, 9, 32), DAY(2024, 2, 29), "day"),
        ("Feb-2018", DAY(2018, 2, 28), "month"),
        ("January 2011", DAY(2011, 1, 31), "month"),
        ("12/2019", DAY(2019, 12, 31), "month"),
        ("2016", DAY(2016, 12, 31), "year"),
        (2016, DAY(2016, 12, 31), "year"),
    ],
)
def test_dates_are_read_in_any_form(cell, value, precision):
    read = read_date(cell)
    assert (read.value, read.precision, read.doubt) == (value, precision, "")


def test_a_month_or_year_stands_for_its_first_day_where_something_starts():
    assert read_date("Feb-2018", ends=False).value == DAY(2018, 2, 1)
    assert read_date("2016", ends=False).value == DAY(2016, 1, 1)


def test_the_whole_column_decides_whether_the_day_comes_first():
    assert order_of(["01/02/2019", "02/03/2019"]) == "day"
    assert order_of(["01/02/2019", "02/13/2019", "TBC"]) == "month"
    assert order_of(["02/13/2019", "13/02/2019"]) == "either"
    assert read_date("01/02/2019", order="month").value == DAY(2019, 1, 2)
    swapped = read_date("02/13/2019")
    assert swapped.value == DAY(2019, 2, 13)
    assert "other way round" in swapped.doubt


@pytest.mark.parametrize(
    ("words", "every", "meaning"),
    [
        ("Review annually", 12, ""),
        ("reviewed annually", 12, ""),
        ("every 2 years", 24, ""),
        ("2 yearly", 24, ""),
        ("every eighteen months", None, ""),
        ("every 18 months", 18, ""),
        ("six monthly", 6, ""),
        ("Under Review", None, "under review"),
        ("TBC", None, "to be confirmed"),
        ("N/A", None, "none"),
        ("Ongoing", None, "ongoing"),
    ],
)
def test_words_in_the_place_of_a_date_are_kept_and_understood(words, every, meaning):
    read = read_date(words)
    assert (read.value, read.words, read.every, read.meaning) == (None, words, every, meaning)


def test_a_date_within_words_is_taken_and_told():
    read = read_date("31/03/2020 (extended)")
    assert (read.value, read.words) == (DAY(2020, 3, 31), "31/03/2020 (extended)")
    assert "taken out of the words" in read.doubt
    assert "more than one date" in read_date("1/1/2019, then 2/2/2020").doubt
    assert "the words are kept" in read_date("Spring").doubt


@pytest.mark.parametrize(
    "cell", ["31/02/2020", "0026-01-01", "31/12/9999", DAY(26, 1, 1), "2019-13-45", 12, 9_999_999]
)
def test_impossible_dates_are_refused_with_a_sentence(cell):
    read = read_date(cell)
    assert read.impossible
    assert read.value is None
    assert "Write the date as 31/12/2026." in read.doubt


def test_an_empty_cell_is_no_date_and_no_doubt():
    assert read_date("") == read_date(None)
    assert not read_date("").doubt


def test_one_date_is_the_same_in_every_spelling():
    spellings = [DAY(2018, 9, 6), "06/09/2018", "6 September 2018", "2018-09-06"]
    assert {read_date(cell).plain for cell in spellings} == {"2018-09-06"}
    assert read_date("Feb-2018").plain == "2018-02"


@pytest.mark.parametrize(
    ("text", "words", "parts"),
    [
        ("P3Y9M27D", "3 years, 9 months and 27 days", (3, 9, 27)),
        ("P1Y", "1 year", (1, 0, 0)),
        ("P11M", "11 months", (0, 11, 0)),
        ("P2W", "14 days", (0, 0, 14)),
        ("6 years", "6 years", (6, 0, 0)),
        ("two yrs 6 months", "two yrs 6 months", (2, 6, 0)),
        ("Until the 25th birthday", "Until the 25th birthday", (0, 0, 0)),
    ],
)
def test_retention_is_read_as_words_and_parts(text, words, parts):
    read = read_duration(text)
    assert (read.words, (read.years, read.months, read.days)) == (words, parts)
    assert read.known == any(parts)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Active", "in_force"), ("Signed off", "in_force"), ("Out for signature", "signing"),
        ("Awaiting final signatures", "signing"), ("Partially signed", "signing"),
        ("Draft v2", "draft"), ("Not yet signed", "draft"), ("In consultation", "consultation"),
        ("Under review", "under_review"), ("Expired", "ended"), ("No longer in use", "ended"),
        ("Superseded by ISA-9", "superseded"), ("Purple", ""), ("", ""),
    ],
)  # fmt: skip
def test_states_are_told_from_the_words_of_the_office(words, state):
    assert state_of(words) == state


@pytest.mark.parametrize(
    ("kind", "title", "tier", "doubtful"),
    [
        ("Charter (two-tier model)", "", 1, False),
        ("ISP", "", 2, False),
        ("overarching agreement", "", 2, False),
        ("ISA", "", 3, False),
        ("Tier 2", "", 2, False),
        ("protocol and agreement", "", 3, True),
        ("", "Safer Anytown Information Sharing Protocol", 2, True),
        ("", "Hearth checks", 3, False),
        ("Purple", "", 3, True),
    ],
)
def test_tiers_are_told_from_the_kind_or_the_title(kind, title, tier, doubtful):
    found, doubt = tier_of(kind, title)
    assert (found, bool(doubt)) == (tier, doubtful)


@pytest.mark.parametrize(
    ("reference", "base", "version"),
    [
        ("DARS-NIC-108067-P1C4R-v2.2", "DARS-NIC-108067-P1C4R", "2.2"),
        ("ODR1718_316/A3", "ODR1718_316", "A3"),
        ("X12/R9", "X12", "R9"),
        ("ISA 7 v5", "ISA 7", "5"),
        ("ISA-12 (v2)", "ISA-12", "2"),
        ("DSA 14, Version 2.0", "DSA 14", "2.0"),
    ],
)
def test_versions_inside_references_are_taken_apart(reference, base, version):
    assert split_version(reference) == (base, version)


@pytest.mark.parametrize(
    "reference",
    [
        "WCC/A3",
        "ISA/2019/003",
        "DSA-17",
        "WY-A-0042",
        "A3",
        "COVID-19",
        "Rev 3",
        "IG-5.2",
        "v2",
        "",
    ],
)
def test_what_is_no_version_is_never_split(reference):
    assert split_version(reference) == (reference, "")


def test_version_columns_are_read_and_put_in_order():
    labels = ["Version 1", "Final - V3", "8.3", "Draft 0.1", "first", "2020"]
    assert [version_number(label) for label in labels] == ["1", "3", "8.3", "0.1", "", ""]
    assert sorted(["5.10", "5.9", "A3"], key=version_order) == ["A3", "5.9", "5.10"]


def test_long_cells_are_read_quickly():
    for text in ("(" * 99_000, " " * 50_000 + "v" * 49_000, "1 " * 50_000, "a, " * 33_000):
        read_date(text), read_duration(text), state_of(text), tier_of(text), split_version(text)
