"""Full text finds, ranks and shows the same on both databases."""

import pytest

from register.core.dates import now
from register.search import services
from register.search.engines import RANKED_LIMIT, beginning_with, hits, passages
from register.search.models import Reference, Row, RowBody, RowReader, Text
from register.search.words import words_of

pytestmark = pytest.mark.django_db


def row(pk: int, **facts) -> Row:
    facts = {
        "document_id": pk,
        "partnership_id": 1,
        "reference": f"WY-A-{pk:04d}",
        "title": f"Entry {pk}",
        "tier": 3,
        "tier_word": "Agreement",
        "state": "in_force",
        "status": "in_force",
        "open_to_partners": True,
        "changed_at": now(),
    } | facts
    return Row(**facts)


def text(pk: int, words="", **facts) -> Text:
    facts = {
        "version_id": pk * 10,
        "document_id": pk,
        "title": f"Entry {pk}",
        "words": words,
    } | facts
    return Text(**facts)


def keep(*texts: Text) -> None:
    services.put([row(pk) for pk in {text.document_id for text in texts}], {}, list(texts))


def found(typed: str) -> list[int]:
    best, _ = hits(Text.objects.all(), words_of(typed))
    return [hit.document_id for hit in best]


def test_every_word_must_occur():
    keep(text(1, "police and council"), text(2, "police"))

    assert found("police council") == [1]
    assert sorted(found("police")) == [1, 2]


def test_words_are_found_by_their_stem_and_without_accents():
    keep(text(1, "They shared records at Môn"))

    assert found("sharing record mon") == [1]
    assert found("Môn") == [1]


def test_words_in_quotes_stand_side_by_side():
    keep(text(1, "children in care"), text(2, "care of children"))

    assert found('"children in care"') == [1]


def test_a_minus_leaves_out_and_or_joins():
    keep(text(1, "police"), text(2, "police fire"), text(3, "fire"))

    assert found("police -fire") == [1]
    assert sorted(found("police OR fire")) == [1, 2, 3]


def test_a_hit_in_the_title_comes_before_a_hit_in_the_text():
    keep(text(1, "a word about housing " + "and more " * 40), text(2, "more", title="Housing"))

    assert found("housing") == [2, 1]


@pytest.mark.parametrize("typed", ["50%", "half_time", "o'brien", "child-protection", "a/b"])
def test_punctuation_is_no_obstacle(typed):
    keep(text(1, f"before {typed} after"), text(2, "nothing"))

    assert found(typed) == [1]


@pytest.mark.parametrize(
    "typed",
    ['"', '""', "NEAR(a b)", "title:x", "a*", "^a", "a AND", "NOT a", "(a", "a)", "{a b}", "'); --",
     "a:*", "a & | !", "\\", "%", "\x00", "\ud800", "x" * 10_000],
)  # fmt: skip
def test_hostile_searches_find_or_do_not_but_never_fail(typed):
    keep(text(1, "before a after"))

    assert set(found(typed)) <= {1}


def test_what_was_found_is_marked_and_everything_else_escaped():
    keep(text(1, 'share <script>alert("x")</script> sharing', title="<b>Sharing</b>"))
    best, _ = hits(Text.objects.all(), words_of("sharing"))

    passage = passages([best[0].version_id], words_of("sharing"))[10]

    assert "<mark>Sharing</mark>" in passage.title
    assert "<mark>" in passage.text
    for shown in (passage.title, passage.text):
        assert "<b>" not in shown
        assert "<script" not in shown


def test_marks_in_a_text_are_not_taken_for_ours():
    keep(text(1, "sharing \x02<img src=x>\x03 <mark>not ours</mark>"))

    passage = passages([10], words_of("sharing"))[10]

    assert passage.text.count("<mark>") == passage.text.count("</mark>")
    assert "<mark>not ours" not in passage.text
    assert "<img" not in passage.text


def test_the_best_hit_stands_for_a_document_with_two_versions():
    keep(text(1, "police"), text(1, "police police", version_id=99, is_draft=True))

    assert found("police") == [1]


def test_a_text_is_found_by_its_new_words_only():
    keep(text(1, "police"))
    keep(text(1, "ambulance"))

    assert found("police") == []
    assert found("ambulance") == [1]


def test_a_version_that_is_no_longer_searched_is_gone():
    keep(text(1, "police"), text(1, "ambulance", version_id=99))
    keep(text(1, "police"))

    assert found("ambulance") == []


def test_a_forgotten_document_leaves_nothing():
    services.put([row(1)], {1: {5}}, [text(1, "police", references="WY-A-0001\nX-1")],
                 [RowReader(row_id=1, membership_id=3, reads_drafts=True)])  # fmt: skip
    services.forget([1])

    assert found("police") == []
    for model in (Row, RowBody, RowReader, Reference, Text):
        assert not model.objects.exists()


def test_references_are_found_by_their_beginning():
    services.put([row(1)], {}, [text(1, references="WY-A-0001\nDARS-NIC-108067-V9K2J")])

    assert {ref.row_id for ref in beginning_with("DARSNIC108067")} == {1}
    assert {ref.row_id for ref in beginning_with("WYA0001")} == {1}
    assert not beginning_with("ARSNIC").exists()
    assert not beginning_with("DARSNIC%").exists()


def test_readers_are_kept_for_closed_entries_and_for_drafts_alone():
    readers = [RowReader(row_id=pk, membership_id=7, reads_drafts=pk == 3) for pk in (1, 2, 3)]
    services.put(
        [row(1, open_to_partners=False), row(2), row(3)],
        {},
        [text(3, is_draft=True)],
        readers,
    )

    assert set(RowReader.objects.values_list("row_id", flat=True)) == {1, 3}


def test_rows_are_replaced_and_a_missing_review_sorts_last():
    services.put([row(1, title="Old")], {1: {5, 6}}, [])
    services.put([row(1, title="New")], {1: {6, 7}}, [])

    assert Row.objects.get().title == "New"
    assert Row.objects.get().review_on.year == 9999
    assert set(RowBody.objects.values_list("organisation_id", flat=True)) == {6, 7}


def test_statements_do_not_grow_with_the_documents_of_a_batch(django_assert_max_num_queries):
    texts = [text(pk, "police " * 20) for pk in range(1, 301)]
    with django_assert_max_num_queries(60):
        services.put([row(pk) for pk in range(1, 301)], {}, texts)

    assert Row.objects.count() == 300
    assert RANKED_LIMIT == 10_000
