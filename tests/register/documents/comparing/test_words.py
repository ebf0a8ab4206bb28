"""Texts word by word: no change goes unseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.documents.comparing.words import ADDED, REMOVED, SAME, is_only_appearance, pieces_of

LETTERS = st.text("ab é\xa0\u200b\u202e\n\t<>&.,", max_size=12)


def said(old: str, new: str, **more) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in pieces_of(old, new, **more)]


def changed(old: str, new: str, **more) -> set[str]:
    return {text for kind, text in said(old, new, **more) if kind != SAME}


def test_a_changed_word_stands_between_what_stays():
    assert said("kept for six years", "kept for seven years") == [
        (SAME, "kept for "), (REMOVED, "six"), (ADDED, "seven"), (SAME, " years"),
    ]  # fmt: skip


def test_two_changed_words_side_by_side_are_one_change():
    assert said("we may often share it here", "we must always share it here")[1:3] == [
        (REMOVED, "may often"), (ADDED, "must always"),
    ]  # fmt: skip


def test_texts_with_little_in_common_are_shown_whole():
    kinds = [kind for kind, _ in said("one two three four five", "six seven three eight nine")]
    assert kinds == [REMOVED, ADDED]


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u202e", "right-to-left override"),
        ("\u200f", "right-to-left mark"),
        ("\u2066", "left-to-right isolate"),
        ("\u200b", "zero width space"),
        ("\u200d", "zero width joiner"),
        ("\ufeff", "zero-width no-break space"),
        ("\xa0", "no-break space"),
        ("\u2009", "thin space"),
        ("\u00ad", "soft hyphen"),
        ("\n", "new line"),
        ("\t", "tab"),
        ("  ", "2 spaces"),
    ],
)
@pytest.mark.parametrize("is_markup", [False, True])
def test_characters_that_nobody_sees_are_named(character, name, is_markup):
    found = changed("not shared", f"not{character}shared", is_markup=is_markup)
    assert any(name in text for text in found), found


def test_a_character_that_turns_text_round_is_named_even_where_it_stays():
    assert said("a\u202eb c d", "a\u202eb c e")[0] == (SAME, "a[right-to-left override]b c ")


def test_letters_of_another_script_that_look_like_ours_are_named():
    assert ("added", "p\u0430y[cyrillic small letter a]") in said("we pay it", "we p\u0430y it")


def test_an_accent_written_apart_is_named():
    found = changed("the caf\u00e9 is here", "the cafe\u0301 is here")
    assert any("combining acute accent" in text for text in found), found


@pytest.mark.parametrize(
    ("new", "mark"),
    [
        ("<p>We <strong>share</strong> it.</p>", "[bold begins]"),
        ("<p>We <em>share</em> it.</p>", "[italic begins]"),
        ('<p>We <a href="https://evil.example">share</a> it.</p>', "[link to https://evil.example]"),
        ("<p>We</p><p>share it.</p>", "[new paragraph]"),
        ("<p>We<br>share it.</p>", "[new line]"),
        ("<ul><li>We share it.</li></ul>", "[new item]"),
        ("<h3>We share it.</h3>", "[heading]"),
        ("<table><tr><td>We share it.</td></tr></table>", "[new cell]"),
        ('<table><tr><td colspan="2">We share it.</td></tr></table>', '[new cell (colspan="2")]'),
    ],
)  # fmt: skip
def test_markup_is_compared_as_structure(new, mark):
    assert mark in "".join(changed("<p>We share it.</p>", new, is_markup=True))


def test_a_link_to_somewhere_else_is_a_change():
    text = '<p>See <a href="https://{}.example">the guidance</a> first.</p>'
    found = changed(text.format("one"), text.format("two"), is_markup=True)
    assert found == {"[link to https://one.example]", "[link to https://two.example]"}


def test_markup_in_plain_text_is_text():
    assert "<b>" in "".join(changed("one two three", "one <b>two</b> three"))


def test_long_stretches_that_stay_are_counted():
    old = " ".join(f"word{n}" for n in range(300))
    middle = next(text for kind, text in said(old, old.replace("word150", "other")) if kind == SAME)
    assert "words the same" in middle
    assert len(middle) < len(old) / 4


def test_texts_that_only_look_alike_are_told_apart_even_when_their_words_are_the_same():
    assert changed("<p>a</p>b", "<p>a</p >b", is_markup=True)


def test_very_long_texts_are_quick():
    old = " ".join("abcdefghij"[n % 10] * (n % 7 + 1) for n in range(4_000))
    new = " ".join("bcdefghija"[n % 10] * (n % 9 + 1) for n in range(4_000))
    assert [kind for kind, _ in said(old, new)] == [REMOVED, ADDED]


@given(LETTERS, LETTERS)
def test_nothing_changed_is_nothing_shown_and_whatever_changed_is_shown(old, new):
    shown = changed(old, new)
    assert bool(shown) == (old != new)
    assert all(text.strip() for text in shown)


@given(LETTERS)
def test_a_text_is_the_same_as_itself(text):
    assert changed(text, text, is_markup=True) == set()


@pytest.mark.parametrize(
    ("new", "answer"),
    [
        ("<p>We <strong>share</strong> “it”.</p>", True),
        ("<p>We  share 'it'.</p>".replace("'", '"'), True),
        ("<p>We share it.</p>", False),
        ("<p>We share</p><p>\"it\".</p>", False),
        ("<p>We share \u200b\"it\".</p>", False),
    ],
)  # fmt: skip
def test_appearance_is_emphasis_space_and_the_shape_of_marks(new, answer):
    assert is_only_appearance('<p>We share "it".</p>', new, is_markup=True) is answer
