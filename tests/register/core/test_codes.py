"""The short code printed on paper: made from the text hash, typed by people, looked up by an index."""

import hashlib

import pytest

from register.core.codes import hashes_of, read_code, same_code, short_code

HASHES = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(500)]


def test_a_code_is_the_first_fifty_bits_in_crockfords_letters():
    assert short_code("0" * 64) == "00000-00000"
    assert short_code("f" * 64) == "ZZZZZ-ZZZZZ"
    # 0xe3b0c44298fc1 >> 2, by hand: 11100 01110 11000 01100 01000 10000 10100 11000 11111 10000
    empty = hashlib.sha256(b"").hexdigest()
    assert short_code(empty) == "WERC8-GMRZG"


def test_a_draft_has_no_code():
    assert short_code("") == ""
    assert not same_code("", "")
    assert not same_code("00000-00000", "")


def test_a_code_is_made_from_a_whole_hash_only():
    for wrong in ("e3b0c442", "E" * 64, "g" * 64):
        with pytest.raises(ValueError, match="64 hexadecimal digits"):
            short_code(wrong)


@pytest.mark.parametrize(
    "typed",
    [
        "WERC8-GMRZG",
        "werc8gmrzg",
        "  WERC8 GMRZG ",
        "WERC8 - GMRZG",
        "WERC8–GMRZG",
        "W E R C 8 G M R Z G",
    ],
)
def test_a_typed_code_may_be_small_spaced_or_hyphened(typed):
    assert same_code(typed, hashlib.sha256(b"").hexdigest())


def test_letters_that_look_like_digits_are_read_as_digits():
    code = short_code("0" * 12 + "4" + "0" * 51)
    assert code == "00000-00001"
    for typed in ("OOOOO-OOOOI", "ooooo ooool", "00000-0000L"):
        assert same_code(typed, "0" * 12 + "4" + "0" * 51)


@pytest.mark.parametrize(
    "typed", ["", "WERC8", "WERC8-GMRZ", "WERC8-GMRZGG", "WERC8-GMRZU", "WERC8-GMRZ٣", "x" * 10**6]
)
def test_what_is_shorter_longer_or_no_code_is_none(typed):
    assert not same_code(typed, hashlib.sha256(b"").hexdigest())
    assert read_code(typed) == ""
    assert hashes_of(typed) is None


def test_the_bounds_of_a_code_hold_its_hash_and_no_other():
    for hash_ in HASHES:
        low, high = hashes_of(short_code(hash_))
        assert [one for one in HASHES if low <= one <= high] == [hash_]
        assert short_code(low) == short_code(high) == short_code(hash_)


def test_the_hash_beside_the_bounds_has_another_code():
    low, high = hashes_of(short_code(HASHES[0]))
    below, above = f"{int(low, 16) - 1:064x}", f"{int(high, 16) + 1:064x}"
    assert short_code(HASHES[0]) not in (short_code(below), short_code(above))
