"""Entries in sentences that hide nothing."""

import datetime as dt

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from register.ledger import verbs
from register.ledger.acts import act, bulk_create
from register.ledger.models import Entry, RetentionRule
from register.ledger.sentences import changes_in_words, lines
from register.ledger.words import edit as edited
from register.ledger.words import shown
from tests.register.ledger.sample import ADA, BO, body, clause, edit

pytestmark = pytest.mark.django_db


def newest() -> list[str]:
    return changes_in_words(Entry.objects.latest("number"))


def rule() -> RetentionRule:
    row = RetentionRule(kind="drafts", months=8, after="the end")
    with act(by=ADA, verb="rule.made", subject=row):
        row.save()
    return row


def test_a_number_changes_with_its_unit():
    edit(rule(), months=6)
    assert newest() == ["Kept for changed from 8 to 6 months."]


def test_several_fields_are_a_sentence_each_and_nothing_is_said_in_words():
    row = rule()
    edit(row, note="Ask first", months=9)
    assert newest() == [
        "Kept for changed from 8 to 9 months.",
        "Note changed from nothing to Ask first.",
    ]
    edit(row, note="")
    assert newest() == ["Note changed from Ask first to nothing."]


def test_choices_dates_and_yes_or_no_are_in_words():
    row = body()
    edit(row, legal_status="office_holder", starts_on=dt.date(2026, 11, 21), is_confirmed=False)
    assert set(newest()) == {
        "From changed from nothing to 21 November 2026.",
        "Legal status changed from Legal person to Office holder.",
        "Confirmed changed from yes to no.",
    }


def test_a_related_record_has_the_name_it_had_at_the_time():
    document = clause().version.document
    council = body("Old Council")
    edit(document, lead=council)
    entry = Entry.objects.latest("number")
    edit(council, legal_name="New Council")
    edit(document, lead=None)
    assert newest() == ["Lead body changed from New Council to nothing."]
    assert changes_in_words(entry) == ["Lead body changed from nothing to Old Council."]


def test_what_belongs_to_the_subject_is_named():
    row = clause()
    with act(by=BO, verb="version.edited", subject=row.version):
        row.text = "<p>New</p>"
        row.save()
    assert newest() == ["Clause “Purpose”: text changed from We share what is needed. to New."]
    with act(by=BO, verb="version.edited", subject=row.version):
        row.delete()
    assert newest() == ["Removed clause “Purpose”."]


def test_no_markup_reaches_the_page():
    row = body("<b>Bold</b> & Co <script>x()</script>")
    edit(row, kind='<img src=x onerror="x()">trust')
    said = " ".join(newest() + changes_in_words(Entry.objects.earliest("number")))
    assert "<" not in said
    assert "script" not in said


def test_a_long_text_shows_the_edit_with_the_words_around_it():
    words = [f"w{n}" for n in range(60)]
    other = [*words[:30], "changed", *words[31:]]
    said = edited(" ".join(words), " ".join(other))
    assert said == "… w27 w28 w29 [w30 → changed] w31 w32 w33 …"


@pytest.mark.parametrize(
    ("old", "new", "sign"),
    [
        ("one two", "one  two", "2 spaces"),
        ("one two", "one\ntwo", "¶"),
        ("one two", "one two\u202e", "[U+202E]"),
        ("one two", "one\u00a0two", "[U+00A0]"),
        ("one two", "one\u200b two", "[U+200B]"),
        ("a", "b", "[a → b]"),
        ("same", "same more", "[nothing → "),
        ("<p>same</p>", "<p><em>same</em></p>", "formatting only"),
    ],
)
def test_no_edit_is_invisible(old, new, sign):
    assert sign in edited(old, new)


def test_edits_in_several_places_are_all_shown():
    words = [f"w{n}" for n in range(90)]
    other = ["start", *words[1:40], "middle", *words[41:89], "end"]
    said = edited(" ".join(words), " ".join(other))
    assert said.count("→") == 3
    assert said.startswith("[w0 → start]")
    assert said.endswith("[w89 → end]")


def test_a_rewritten_book_is_counted_not_compared():
    old, new = (" ".join(f"{word}{n}" for n in range(5000)) for word in "ab")
    assert edited(old, new) == "rewritten, from 5000 to 5000 words"


def test_short_values_that_read_the_same_show_what_differs():
    row = body("Ambry Council")
    edit(row, short_name="A<b>C</b>")
    edit(row, short_name="A<i>C</i>")
    assert newest() == ["Short name changed: formatting only."]


def test_values_are_shown_for_people():
    assert shown(None) == shown("") == "nothing"
    assert shown(True) == "yes"
    assert shown(dt.datetime(2026, 7, 1, 8, 32, tzinfo=dt.UTC)) == "1 July 2026 at 9:32am"
    assert shown("a < b & c") == "a < b & c"


def test_a_line_says_who_when_and_what(monkeypatch):
    monkeypatch.setitem(verbs.VERBS, "rule.made", "Rule set")
    with act(by=ADA, verb="rule.made", reason="The law says so"):
        RetentionRule(kind="x", months=1, after="y").save()
    with act(by=BO, verb="thing.sent_off"):
        pass
    first, second = lines(Entry.objects.order_by("number"))
    assert (first.who, first.title, first.reason) == ("Ada Moss", "Rule set", "The law says so")
    assert first.sentences == ["Added Retention of x."]
    assert (second.title, second.sentences) == ("Thing sent off", [])


def test_a_page_of_fifty_entries_takes_as_many_queries_as_a_page_of_five():
    row = clause()
    document, version = row.version.document, row.version
    for number in range(50):
        with act(by=ADA, verb="version.edited", subject=version):
            row.heading = f"Purpose {number}"
            row.save()
            document.lead = body(f"Body {number}")
            document.save()
    entries = Entry.objects.about(document).newest_first()
    counts = []
    for size in (5, 50):
        with CaptureQueriesContext(connection) as queries:
            page = lines(entries[:size])
        counts.append(len(queries))
        assert len(page) == size
        assert all(line.sentences for line in page[:-1])
    assert counts[0] == counts[1] <= 12


def test_a_great_act_is_cut_short_and_counted():
    with act(by=ADA, verb="rules.made"):
        bulk_create([RetentionRule(kind=f"{n}", months=1, after="x") for n in range(45)])
    said = newest()
    assert len(said) == 31
    assert said[-1] == "And 15 further changes."


def test_the_timeline_escapes_what_it_shows():
    with act(by=ADA, verb="rule.made", reason="<script>x</script>"):
        RetentionRule(kind="x", months=1, after="y").save()
    page = render_to_string("ledger/_timeline.html", {"lines": lines(Entry.objects.all())})
    assert "moj-timeline__item" in page
    assert "<script>" not in page
    assert "Because: &lt;script&gt;" in page
    assert "Nothing has been recorded yet." in render_to_string(
        "ledger/_timeline.html", {"lines": []}
    )
