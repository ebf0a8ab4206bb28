"""Numbers of clauses, and clauses out of plain text."""

import pytest

from register.documents.models import Clause
from register.documents.numbering import letter, numbered
from register.documents.pasted import clauses_in


def clauses(*marks):
    return [Clause(level=level, marker=marker) for level, marker in marks]


def numbers(*marks):
    return [number for _, number in numbered(clauses(*marks))]


def test_numbers_count_on_each_level():
    marks = [
        (1, "number"),
        (2, "number"),
        (3, "number"),
        (2, "number"),
        (1, "number"),
        (2, "number"),
    ]
    assert numbers(*marks) == ["1", "1.1", "1.1.1", "1.2", "2", "2.1"]


def test_letters_count_anew_under_each_number_and_bullets_take_no_place():
    marks = [
        (1, "number"),
        (2, "letter"),
        (2, "bullet"),
        (2, "letter"),
        (1, "number"),
        (2, "letter"),
    ]
    assert numbers(*marks) == ["1", "(a)", "", "(b)", "2", "(a)"]


@pytest.mark.parametrize(
    ("place", "said"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba")]
)
def test_letters_go_on_after_z(place, said):
    assert letter(place) == said


def test_numbers_at_the_head_of_lines_become_levels():
    found = clauses_in(
        "1. Purpose\n"
        "This agreement says why.\n\n"
        "1.1 The parties share:\n(a) names; and\n(b) addresses.\n- and nothing else\n"
        "2 Retention\n2.1.1 Six years."
    )
    assert [(c["level"], c["marker"], c["heading"]) for c in found] == [
        (1, "number", "Purpose"),
        (2, "number", ""),
        (3, "letter", ""),
        (3, "letter", ""),
        (3, "bullet", ""),
        (1, "number", "Retention"),
        (3, "number", ""),
    ]
    assert found[0]["text"] == "<p>This agreement says why.</p>"
    assert found[6]["text"] == "<p>Six years.</p>"


def test_text_without_numbers_becomes_a_clause_for_each_block():
    found = clauses_in("First block\nstill first.\n\nSecond block.")
    assert [c["text"] for c in found] == [
        "<p>First block<br>still first.</p>",
        "<p>Second block.</p>",
    ]


def test_a_sentence_broken_by_its_line_is_no_heading_and_a_number_may_touch_its_words():
    found = clauses_in(
        "15.2. Any party may end this in the event of a\nmaterial breach.\n8.4.Staff have access."
    )
    assert [(c["level"], c["heading"], c["text"]) for c in found] == [
        (2, "", "<p>Any party may end this in the event of a<br>material breach.</p>"),
        (2, "", "<p>Staff have access.</p>"),
    ]


def test_text_that_is_ordered_by_headings_keeps_them():
    found = clauses_in(
        "Lawful basis\n\nThe department works under statute.\n\nIt shares:\n- names\n- dates\n\n"
        "Each party keeps to the law.\n\nSecurity incidents\n\n1. Tell the other party.\n2. Contain it."
    )
    assert [(c["level"], c["marker"], c["heading"] or c["text"]) for c in found] == [
        (1, "number", "Lawful basis"),
        (2, "number", "<p>The department works under statute.</p>"),
        (2, "number", "<p>It shares:</p>"),
        (3, "bullet", "<p>names</p>"),
        (3, "bullet", "<p>dates</p>"),
        (2, "number", "<p>Each party keeps to the law.</p>"),
        (1, "number", "Security incidents"),
        (2, "number", "<p>Tell the other party.</p>"),
        (2, "number", "<p>Contain it.</p>"),
    ]


def test_marks_of_headings_say_their_level():
    found = clauses_in("## Data\n\n### Nationality\n\nFor funding.\n\n## Roles\n\nEach decides.")
    assert [(c["level"], c["heading"] or c["text"]) for c in found] == [
        (1, "Data"),
        (2, "Nationality"),
        (3, "<p>For funding.</p>"),
        (1, "Roles"),
        (2, "<p>Each decides.</p>"),
    ]


@pytest.mark.parametrize("text", ["", "  \n \n", "\n"])
def test_nothing_gives_nothing(text):
    assert clauses_in(text) == []


def test_markup_that_is_pasted_is_words():
    [found] = clauses_in("1 Title\n<script>alert(1)</script>")
    assert "<script" not in found["text"]
