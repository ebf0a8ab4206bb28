"""Comments on a draft: said, answered, closed, opened again, taken over."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from agreements.models import AgreementText
from register.consultation.models import Comment
from register.consultation.parts import parts_of
from register.consultation.permissions import guest
from register.consultation.services import commenting
from register.consultation.sheet import HEADER, rows_of
from register.documents.lifecycle import State
from register.documents.models import Clause
from register.documents.services import content, moving
from register.ledger.models import Entry
from tests import make_documents as make

pytestmark = pytest.mark.django_db
TEST = "system:test"


def say(world, part="", by=None, **said):
    part = part or f"clause-{world.clause.lineage}"
    by = by or guest(world.guest)
    return commenting.comment(by=by, version=world.fresh(), part=part, **said)


def take_over(world, comment, by=None):
    by = by or world.user("council_officer")
    return commenting.take_over(by=by, comment=comment, row_version=comment.row_version)


def rewrite(world, text):
    clause = Clause.objects.get(pk=world.clause.pk)
    return content.change_item(by=TEST, row=clause, row_version=clause.row_version, text=text)


def text_of(world) -> str:
    return Clause.objects.get(pk=world.clause.pk).text


def test_a_comment_keeps_who_for_whom_about_what_and_when(world):
    row = say(world, text="Why?", quoted="Why we share.")
    assert (row.writer_name, row.organisation_name) == ("Ann Hale", "Wells Trust")
    assert row.part_label == "Clause 1 Purpose"
    assert row.state == "open"
    entry = Entry.objects.order_by("-pk").filter(verb="comment.written").first()
    assert (entry.actor_kind, entry.actor_name) == ("link", "Ann Hale")
    mine = say(world, by=world.user("police_manager"), text="So?")
    assert mine.organisation_name == "WY Police"
    assert mine.writer == world.asked.person


def test_every_part_of_the_draft_takes_a_comment(world):
    parts = parts_of(world.fresh())
    assert {part.kind for part in parts.values()} >= {"whole", "clause", "html"}
    for code in parts:
        say(world, code, text="Seen.")
    assert Comment.objects.count() == len(parts)


def test_the_label_stays_as_it_was_when_the_clause_changes(world):
    row = say(world, text="Hm.")
    clause = Clause.objects.get(pk=world.clause.pk)
    content.change_item(by=TEST, row=clause, row_version=clause.row_version, heading="Aim")
    row.refresh_from_db()
    assert row.part_label == "Clause 1 Purpose"


@pytest.mark.parametrize(
    ("part", "said", "sentence"),
    [
        ("clause-00000000-0000-0000-0000-000000000000", {"text": "x"}, "not in the draft any more"),
        ("../../etc", {"text": "x"}, "not in the draft any more"),
        ("", {"text": "  "}, "Enter your comment, or the words that you suggest."),
        (
            "",
            {"text": "x", "quoted": "Not there."},
            "These words do not stand in Clause 1 Purpose.",
        ),
        ("whole", {"suggestion": "All new."}, "cannot be taken over"),
    ],
)
def test_what_says_nothing_or_is_nowhere_is_refused_in_words(world, part, said, sentence):
    with pytest.raises(ValidationError) as refused:
        say(world, part, **said)
    assert sentence in " ".join(refused.value.messages)
    assert not Comment.objects.exists()


def test_only_those_asked_and_drafters_comment(world):
    for who in ("police_officer", "auditor"):
        with pytest.raises(PermissionDenied, match="not asked"):
            say(world, by=world.user(who), text="x")
    assert (
        say(world, by=world.user("council_officer"), text="x").organisation_name
        == "WY County Council"
    )
    assert say(world, by=world.user("office"), text="x").organisation_name == ""
    moving.close_consultation(by=TEST, version=world.fresh())
    with pytest.raises(PermissionDenied, match="closed"):
        say(world, text="x")


def test_nobody_comments_on_or_settles_what_is_out_for_signature(world):
    row = say(world, text="x", suggestion="Y.")
    make.walk(world.fresh(), State.SIGNING)
    with pytest.raises(PermissionDenied, match="out for signature"):
        say(world, by=world.user("office"), text="x")
    for act in (commenting.close, commenting.reopen):
        with pytest.raises(PermissionDenied, match="stay as they are"):
            act(by=world.user("office"), comment=row)


def test_a_comment_is_answered_closed_and_opened_again(world):
    row = say(world, text="Why?")
    by = world.user("council_officer")
    with pytest.raises(ValidationError, match="Enter your answer"):
        commenting.answer(by=by, comment=row, answer=" ", row_version=1)
    row = commenting.answer(by=by, comment=row, answer="Because.", row_version=1)
    assert (row.state, row.answered_by_name) == ("answered", "Council Officer")
    with pytest.raises(ValidationError, match="Somebody else has dealt with"):
        commenting.answer(by=by, comment=row, answer="Another.", row_version=1)
    assert commenting.close(by=by, comment=row).state == "closed"
    entries = Entry.objects.count()
    commenting.close(by=by, comment=row)
    assert Entry.objects.count() == entries, "closing twice writes nothing"
    assert commenting.reopen(by=by, comment=row).state == "answered"


@pytest.mark.parametrize("who", ["police_manager", "police_officer", "auditor", "council_manager"])
def test_only_drafters_settle_comments(world, who):
    row = say(world, text="Why?", suggestion="We.")
    by = world.user(who)
    for act in (
        lambda: commenting.answer(by=by, comment=row, answer="x", row_version=1),
        lambda: commenting.close(by=by, comment=row),
        lambda: take_over(world, row, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_suggestion_for_quoted_words_is_taken_over_and_formatting_stays(world):
    rewrite(world, "<p>We share <strong>widely</strong>. We keep it for ten years.</p>")
    row = say(world, quoted="ten years", suggestion="6 years & a day")
    row = take_over(world, row)
    assert text_of(world) == (
        "<p>We share <strong>widely</strong>. We keep it for 6 years &amp; a day.</p>"
    )
    assert row.state == "closed"
    assert row.taken_over_at
    assert row.answer == "Your suggestion is taken over."
    verbs = list(Entry.objects.order_by("-pk").values_list("verb", flat=True)[:2])
    assert set(verbs) == {"version.written", "comment.taken_over"}
    with pytest.raises(ValidationError, match="taken over already"):
        take_over(world, row)


def test_a_suggestion_for_the_whole_clause_is_taken_over(world):
    take_over(world, say(world, suggestion="We share.\n\n- one\n- two"))
    assert text_of(world) == "<p>We share.</p><ul><li>one</li><li>two</li></ul>"


def test_a_suggestion_for_a_field_is_taken_over(world):
    part = next(code for code, part in parts_of(world.fresh()).items() if part.kind == "html")
    row = say(world, part, quoted="children", suggestion="all children")
    take_over(world, row)
    text = AgreementText.objects.get(version=world.version)
    assert text.purpose == "<p>To keep all children safe.</p>"


@pytest.mark.parametrize(
    ("quoted", "suggestion", "after"),
    [
        (
            "We share widely and often.",
            "We share widely.",
            "<p>We share <strong>widely</strong>.</p>",
        ),
        ("share  widely\nand", "share and", "<p>We share and often.</p>"),
        ("We share", "They share", "<p>They share <strong>widely</strong> and often.</p>"),
        ("share widely", "share less", "<p>We share <strong>less</strong> and often.</p>"),
        ("widely and", "widely, and", "<p>We share <strong>widely,</strong> and often.</p>"),
        ("widely", "wisely", "<p>We share <strong>wisely</strong> and often.</p>"),
    ],
)
def test_words_are_replaced_across_formatting(world, quoted, suggestion, after):
    rewrite(world, "<p>We share <strong>widely</strong> and often.</p>")
    take_over(world, say(world, quoted=quoted, suggestion=suggestion))
    assert text_of(world) == after


def test_markup_in_a_suggestion_stays_words(world):
    take_over(world, say(world, quoted="Why", suggestion="<script>x</script>"))
    assert text_of(world) == "<p>&lt;script&gt;x&lt;/script&gt; we share.</p>"


def test_a_suggestion_is_refused_when_the_words_have_changed_since(world):
    whole, some = say(world, suggestion="All new."), say(world, quoted="Why", suggestion="How")
    rewrite(world, "<p>What we share.</p>")
    with pytest.raises(ValidationError, match="Clause 1 Purpose has changed since"):
        take_over(world, whole)
    with pytest.raises(ValidationError, match="stands in Clause 1 Purpose no more"):
        take_over(world, some)
    rewrite(world, "<p>Why, why and Why.</p>")
    with pytest.raises(ValidationError, match="2 times"):
        take_over(world, some)
    assert text_of(world) == "<p>Why, why and Why.</p>"
    assert not Comment.objects.filter(taken_over_at__isnull=False).exists()


def test_a_suggestion_that_would_lose_formatting_is_refused(world):
    rewrite(world, "<p>We <strong>share</strong>.</p>")
    row = say(world, suggestion="We share less.")
    # A cell over two columns has no plain form.
    rewrite(
        world,
        '<table><tbody><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>',
    )
    again = say(world, suggestion="We share less.")
    with pytest.raises(ValidationError, match="has changed since"):
        take_over(world, row)
    with pytest.raises(ValidationError, match="has formatting"):
        take_over(world, again)


def test_a_suggestion_for_a_clause_that_is_gone_is_refused(world):
    row = say(world, suggestion="All new.")
    content.remove_item(by=TEST, row=Clause.objects.get(pk=world.clause.pk))
    with pytest.raises(ValidationError, match="not in the draft any more"):
        take_over(world, row)


def test_the_sheet_has_every_comment_with_its_answer(world):
    say(world, text="=1+1", suggestion="We.")
    row = dict(zip(HEADER, next(rows_of(world.fresh())), strict=True))
    assert row["About"] == "Clause 1 Purpose"
    assert row["Comment"] == "=1+1"
    assert row["Came in by"] == "Written here"
