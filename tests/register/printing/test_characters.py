"""Every character is printed, or named where no font holds it."""

import pytest

from register.printing.characters import font_files, parts_needed, printable, shown
from register.printing.refusals import PrintFailed
from tests.register.printing import bodies
from tests.register.printing.conftest import FONTS, printed, words_of


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Dŵr-y-Felin a Llŷr, Ynys Môn", "Dŵr-y-Felin a Llŷr, Ynys Môn"),
        ("Good 🙂 day", "Good [U+1F642] day"),
        ("中", "[U+4E2D]"),
        ("a\x00b\x1fc\u00add\u200be\ufefff\x85g", "abcdef\ng"),
        ("one\u2028two\r\nthree", "one\ntwo\nthree"),
        ("w\u0302", "ŵ"),
        ("evil\u202egnp.exe", "evil[U+202E]gnp.exe"),
        ("\ud800", "[U+D800]"),
    ],
)
def test_a_text_is_shown_as_it_can_be_printed(typed, expected):
    assert shown(typed, printable(FONTS)) == expected


def test_english_needs_one_font_and_welsh_two():
    assert list(parts_needed("Hospital discharge", FONTS)) == ["latin"]
    assert list(parts_needed("Llŷr", FONTS)) == ["latin", "latin-ext"]


def test_an_emoji_in_every_place_is_named_in_the_print():
    body = bodies.fullest(3)
    body["title"] = body["clauses"][0]["heading"] = "Care 🙂"
    body["clauses"][1]["text"] = "<p>Care &#x1F642; and Dŵr</p>"
    text = words_of(printed(body, bodies.frame(body, printed_by="Ada 🙂")))
    assert "🙂" not in text
    assert "1 Care [U+1F642]" in " ".join(text.split())
    assert "Care [U+1F642] and Dŵr" in text
    assert "by Ada [U+1F642]" in text


def test_missing_fonts_end_in_a_sentence(tmp_path):
    with pytest.raises(PrintFailed, match="print fonts are not installed"):
        font_files(tmp_path)
