"""Several bodies in one cell."""

import time

import pytest

from register.exchange.bodies import Named, split


def names(cell, **choice):
    return [named.text for named in split(cell, **choice)]


@pytest.mark.parametrize(
    "cell",
    [
        "Kent Police; Medway Council",
        "Kent Police;Medway Council;",
        "Kent Police\nMedway Council",
        "• Kent Police\n• Medway Council",
        "1. Kent Police\n2. Medway Council",
        "Kent Police | Medway Council",
        "Kent Police / Medway Council",
        "Kent Police, Medway Council",
        "Kent Police,\nMedway Council",
        "Kent Police; KENT POLICE; Medway council",
    ],
)
def test_bodies_are_parted_by_any_separator(cell):
    assert [name.casefold() for name in names(cell)] == ["kent police", "medway council"]


@pytest.mark.parametrize(
    "name",
    [
        "Department for Digital, Culture, Media and Sport",
        "Secretary of State for Business, Energy, and Industrial Strategy",
        "Bournemouth, Christchurch and Poole Council",
        "NHS Durham Dales, Easington and Sedgefield CCG",
        "BARNET, ENFIELD AND HARINGEY MENTAL HEALTH NHS TRUST",
        "Police, Fire and Crime Commissioner for Essex",
        "Ministry of Housing, Communities and Local Government",
        "Kent and Medway Information Partnership (K-MIP)",
        "A provider (within section 36; see above) of services",
        "Acme, Ltd",
        "Essex County Council and Thurrock Council",
    ],
)
def test_no_name_is_cut_in_two(name):
    assert names(name) == [name]


def test_a_name_wrapped_over_two_lines_is_one():
    wrapped = "Department for Digital,\nCulture, Media and Sport\nEssex Police"
    assert names(wrapped) == ["Department for Digital, Culture, Media and Sport", "Essex Police"]


def test_the_directory_may_say_what_is_a_name():
    known = {"Alpha", "Beta", "Gamma, Delta"}.__contains__
    assert names("Alpha, Beta", known=known) == ["Alpha", "Beta"]
    assert names("Gamma, Delta", known=known) == ["Gamma, Delta"]
    assert names("Alpha, Beta") == ["Alpha, Beta"]


@pytest.mark.parametrize("between", [";", "; ", ", ", " ", "\n", ""])
def test_codes_of_published_registers_are_taken_apart(between):
    cell = between.join(["government-organisation:D25", "local-authority-eng:BNS"])
    assert split(cell) == [
        Named("government-organisation:D25", "government-organisation", "D25"),
        Named("local-authority-eng:BNS", "local-authority-eng", "BNS"),
    ]


def test_an_address_is_no_code():
    assert split("https://example.org/a") == [Named("https://example.org/a")]


def test_names_in_brackets_are_looked_up_too():
    (named,) = split("Valuation Office Agency (VOA)")
    assert named.names == ("Valuation Office Agency (VOA)", "Valuation Office Agency", "VOA")


@pytest.mark.parametrize("cell", ["", None, "N/A", "TBC", " - ", ";;", "none"])
def test_nobody_is_nobody(cell):
    assert split(cell) == []


def test_a_cell_full_of_anything_is_split_quickly():
    began = time.monotonic()
    for text in (
        "A, " * 6_000,
        "(" * 19_000,
        "x" * 19_000,
        "a" + " " * 9_000 + "(a" * 5_000,
        "x" * 90_000,
    ):
        split(text)
    assert time.monotonic() - began < 10
