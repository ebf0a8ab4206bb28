"""What people type is understood the same on both databases, and nothing in it is ever obeyed."""

import pytest

from register.search.words import (
    BYTES_LIMIT,
    QUERY_LIMIT,
    TERMS_LIMIT,
    folded,
    form_of,
    searchable,
    words_of,
)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("safeguarding children", [(["safeguarding", "children"], [])]),
        ('"children in care" police', [(["children in care", "police"], [])]),
        ("police -fire", [(["police"], ["fire"])]),
        ("police OR fire", [(["police"], []), (["fire"], [])]),
        ("Llŷr’s Café", [(["llyr s", "cafe"], [])]),
        ("DARS-NIC-108067", [(["dars nic 108067"], [])]),
        ("-only", []),
        ("% _ ' \\ \"", []),
        ("", []),
        ('"never closed', [(["never closed"], [])]),
        ("or else", [(["or", "else"], [])]),
    ],
)
def test_a_search_is_understood(typed, wanted):
    found = [(list(yes), list(no)) for yes, no in words_of(typed).alternatives]

    assert found == wanted


@pytest.mark.parametrize("typed", ["a\x00b", "\ud800", "x" * 10_000, '"' * 5_000, "a " * 5_000])
def test_hostile_searches_are_cut_to_size(typed):
    words = words_of(typed)

    assert len(words.typed) <= QUERY_LIMIT
    assert sum(len(yes) + len(no) for yes, no in words.alternatives) <= TERMS_LIMIT
    words.typed.encode()
    assert "\x00" not in words.typed


def test_references_are_compared_by_letters_and_digits_alone():
    assert form_of("wy-a-0042") == form_of(" WY/A 0042 ") == "WYA0042"


def test_texts_are_kept_without_controls_and_no_longer_than_is_searched():
    assert searchable("a\x00b\x02c\nd") == "a b c\nd"
    assert len(searchable("ŵ" * BYTES_LIMIT).encode()) <= BYTES_LIMIT


def test_words_are_compared_without_accents():
    assert folded("Ynys Môn & Llŷn") == "ynys mon llyn"
