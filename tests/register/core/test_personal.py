"""What looks like personal data of the public, and what only looks as if it did."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.core.personal import Kind, Suspect, is_nhs_number, suspects


def kinds(text: str) -> list[str]:
    return [suspect.kind for suspect in suspects(text)]


def with_check_digit(nine: str) -> str:
    """Ten digits that pass, or none where the check digit would be 10."""
    check = 11 - sum(int(d) * w for d, w in zip(nine, range(10, 1, -1), strict=True)) % 11
    return "" if check == 10 else nine + str(0 if check == 11 else check)


NUMBERS = (
    st.from_regex(r"[4-9]\d{8}", fullmatch=True)
    .map(lambda nine: with_check_digit("".join(str(int(d)) for d in nine)))
    .filter(lambda ten: ten and len(set(ten)) > 1)
)
PROSE = st.text(alphabet="bdghjwz ,;\n", max_size=40)


@pytest.mark.parametrize(
    "text",
    [
        "NHS number 943 476 5919",
        "We hold 9434765919.",
        "943-476-5919 is on the list",
        "(943 476 5919)",
        "12/03/1987 9434765919",
        "943 476 5919 12/03/2031",
        "1 943 476 5919",
        "CHI 010101 0001",
        "<p>943 476 <strong>5919</strong></p>",
        "her NHS account is 943 476 5919",
    ],
)
def test_nhs_numbers_are_found(text):
    assert Kind.NHS_NUMBER in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "943 476 5918",  # the check digit is wrong
        "4444444444",
        "WY-A-0042 and WY-R-0012",
        "WY-A-9434765919",
        "Invoice number 9434765919",
        "invoice no. 943 476 5919",
        "Purchase order 9434765919",
        "UPRN 9434765919",
        "ISBN 0306406152",
        "ring 943 476 5919",
        "020 7946 0958",
        "0300 123 4567",
        "07700 900123",
        "+44 943 476 5919",
        "+44 (0)943 476 5919",
        "£9434765919.00",
        "https://register.example/9434765919/",
        "A9434765919B",
        "94347659190",
        "2026112109 rows",
        "",
    ],
)
def test_other_numbers_are_no_nhs_numbers(text):
    assert kinds(text) == []


@given(PROSE, NUMBERS, st.sampled_from(["{}", "{0[0]} {0[1]} {0[2]}", "{0[0]}-{0[1]}-{0[2]}"]))
def test_every_nhs_number_in_prose_is_found(prose, number, shape):
    parts = (number[:3], number[3:6], number[6:])
    written = number if shape == "{}" else shape.format(parts)
    assert suspects(f"{prose} about {written} {prose}") == [Suspect(Kind.NHS_NUMBER, written)]


@given(NUMBERS, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_enough_for_another_number(number, place, more):
    digit = str((int(number[place]) + more) % 10)
    assert not is_nhs_number(number[:place] + digit + number[place + 1 :])


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    for suspect in suspects(text):
        assert suspect.excerpt
        assert suspect.words.startswith("“")


@given(st.text(alphabet="0123456789", min_size=11, max_size=30))
def test_a_longer_number_holds_no_nhs_number(digits):
    assert kinds(f"about {digits} rows") == []


@pytest.mark.parametrize(
    "text", ["AB 12 34 56 C", "ab123456c", "CE-12-34-56-D", "his number, SR123456A, is"]
)
def test_national_insurance_numbers_are_found(text):
    assert kinds(text) == [Kind.NI_NUMBER]


@pytest.mark.parametrize(
    "text",
    [
        "QQ 12 34 56 C",  # the one that forms show as an example
        "BG123456A",
        "ZZ123456A",
        "DA123456A",
        "AO123456A",
        "AB123456E",
        "AB123456",
        "XAB123456C",
        "WY-AB123456C",
    ],
)
def test_other_codes_are_no_national_insurance_numbers(text):
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "DOB: 12/03/1987",
        "DOB 12/03/87",
        "d.o.b. 1987-03-12",
        "date of birth 3rd of May 1990",
        "who was born on 12 March 2024",
        "Jane Smith (12/03/1987)",
        "Jane Smith, 12 March 1987",
        "Smith, Jane 12.3.1987",
        "child: Jane O’Neill-Brown 1 Jan 2015",
        "<p>Jane <em>Smith</em>, 12 March 1987</p>",
    ],
)
def test_dates_of_birth_are_found(text):
    assert kinds(text) == [Kind.DATE_OF_BIRTH]


@pytest.mark.parametrize(
    "text",
    [
        "name, address, date of birth and school",
        "the date of birth is asked for from 1 April 2026 on",
        "in force from 12 March 2019",
        "signed by Jane Smith, 5 August 2019",
        "Jane Smith will report on 5 August 2019",
        "Wyrefordshire Police, 12 March 2019",
        "Meeting of the Board, 3 March 2019",
        "Data Protection Act 2018",
        "Version Two, 12 March 2019",
        "Jane Smith, 31 February 1987",
    ],
)
def test_other_dates_are_no_dates_of_birth(text):
    assert kinds(text) == []


def test_a_day_of_this_year_beside_a_name_is_a_day_of_business(time_machine):
    time_machine.move_to(date(2026, 11, 21))
    assert kinds("Jane Smith, 5 August 2026") == []
    assert kinds("Jane Smith, DOB 5 August 2026") == [Kind.DATE_OF_BIRTH]


def test_each_is_named_once_in_the_order_of_the_text():
    text = "AB123456C, 943 476 5919 and again 943 476 5919"
    assert suspects(text) == [
        Suspect(Kind.NI_NUMBER, "AB123456C"),
        Suspect(Kind.NHS_NUMBER, "943 476 5919"),
    ]
    assert suspects(text)[1].words == "“943 476 5919” looks like an NHS number"


@pytest.mark.parametrize("piece", ["1 ", "Ab ", "9434765919 ", "Ab’", "AB12", "born on ", "("])
def test_a_long_text_is_read_in_a_moment(piece):
    began = time.monotonic()
    suspects(piece * (100_000 // len(piece)))
    assert time.monotonic() - began < 5
