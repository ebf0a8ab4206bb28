"""Sheets: one page whatever they hold, and what was cut is said on them."""

import io

import pikepdf
import pytest

from register.printing.limits import LONGEST_WORD
from register.printing.refusals import PrintFailed
from register.printing.sheets import Room, build_sheet, cut_to
from tests.register.printing import sheet_samples
from tests.register.printing.conftest import pages_of
from tests.register.printing.sheet_samples import FONTS, fullest, head, made

ONE_PAGE = ("summary", "poster-a4", "poster-a3")


def pages(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


@pytest.mark.parametrize("form", ONE_PAGE)
def test_the_fullest_sheet_is_one_page_and_says_what_was_cut(form):
    assert pages(made(form)) == 1
    [said] = pages_of(made(form))
    said = " ".join(said.split())
    assert "Cut to fit one page." in said
    assert "What it is for: shortened" in said
    assert "DRAFT This text has not been agreed." in said
    assert "Page 1 of 1" in said


def test_a_staff_sheet_may_be_longer_and_loses_nothing():
    assert pages(made("staff")) > 1
    said = " ".join(" ".join(pages_of(made("staff"))).split())
    assert "Cut to fit" not in said
    assert "17 Nottinghamshire" in said


def test_a_short_sheet_is_whole_and_says_nothing_of_cuts():
    sheet = head("summary", blocks=[{"heading": "What it is for", "text": "To keep people safe."}])
    pdf = build_sheet(sheet, fonts=FONTS)
    [said] = pages_of(pdf)
    assert "To keep people safe." in said
    assert "Cut to fit" not in said


def test_the_longest_title_and_marks_still_leave_one_page():
    sheet = fullest("summary", rows=100) | {"title": "Discharge " * 200, "kind": "One-page summary"}
    assert pages(build_sheet(sheet, fonts=FONTS)) == 1


def test_what_no_cut_makes_fit_ends_with_a_sentence():
    sheet = head("summary", facts=[["Made under", sheet_samples.SENTENCE]] * 90)
    with pytest.raises(PrintFailed, match="does not fit on one page"):
        build_sheet(sheet, fonts=FONTS)


def test_a_word_without_end_on_a_sheet_is_refused_naming_its_place():
    sheet = head("staff", blocks=[{"heading": "Contacts", "text": "x" * (LONGEST_WORD + 1)}])
    with pytest.raises(PrintFailed, match="“Contacts” holds a word of"):
        build_sheet(sheet, fonts=FONTS)


def test_a_cut_counts_what_it_leaves_out_by_heading():
    cut, left_out = cut_to(fullest("summary"), Room(50, 2))
    assert left_out == [
        "What it is for: shortened", "Who takes part: 18 more", "Principles: 18 more"
    ]  # fmt: skip
    assert [len(block["items"]) for block in cut["blocks"]] == [0, 2, 0]
