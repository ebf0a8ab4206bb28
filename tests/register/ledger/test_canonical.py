"""One byte form for every value."""

import datetime as dt
import decimal
import uuid

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from register.ledger.canonical import canonical, flat, plain, row_sha256

text = st.text(st.characters(blacklist_categories=["Cs"]))
value = st.none() | st.booleans() | text | st.integers(-(2**53) + 1, 2**53 - 1)
name = st.text("abcdefghijklmnopqrstuvwxyz_0123456789", min_size=1)


@given(st.dictionaries(name, value))
def test_the_quick_form_is_the_standard_form(row):
    assert flat(row) == rfc8785.dumps(row)


@given(st.dictionaries(name, value | st.floats(allow_nan=False, allow_infinity=False)))
def test_fractions_take_the_standard_form_too(row):
    assert flat(row) == rfc8785.dumps(row)


@pytest.mark.parametrize(
    ("held", "form"),
    [
        (dt.datetime(2026, 7, 1, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=1))),
         "2026-07-01T08:00:00+00:00"),
        (dt.date(2026, 7, 1), "2026-07-01"),
        (decimal.Decimal("1E+2"), "100"),
        (uuid.UUID(int=5), "00000000-0000-0000-0000-000000000005"),
        (memoryview(b"\x01\xff"), "01ff"),
        (2**63, "9223372036854775808"),
        (2**53 - 1, 2**53 - 1),
        (True, True),
        ({"b": [dt.date(2026, 1, 1)], "a": {2, 1}}, {"b": ["2026-01-01"], "a": [1, 2]}),
    ],
)  # fmt: skip
def test_every_value_has_one_plain_form(held, form):
    assert plain(held) == form


def test_a_value_without_a_form_is_refused():
    with pytest.raises(TypeError, match="no form in the ledger"):
        canonical({"x": object()})


def test_the_salt_and_every_column_count():
    digest = row_sha256("s", ["a", "b"], [1, "x"])
    assert digest == row_sha256("s", ["b", "a"], ["x", 1])
    assert digest != row_sha256("t", ["a", "b"], [1, "x"])
    assert digest != row_sha256("s", ["a", "b"], [1, "y"])
    with pytest.raises(ValueError, match="argument"):
        row_sha256("s", ["a"], [1, 2])
