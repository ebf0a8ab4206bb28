"""A draft goes out as a Word file and comes back with comments and tracked changes."""

import io
import time
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from docx import Document as open_file

from agreements.models import AgreementText
from register.consultation.models import Comment, ReturnedFile
from register.consultation.parts import shown_body
from register.consultation.services import commenting
from register.consultation.services.returning import file_returned
from register.consultation.word_in import said_in, version_in
from register.consultation.word_out import word_file
from register.core.dates import today
from register.documents import files
from register.documents.models import Clause
from register.documents.services import content
from tests import make_documents as make
from tests import make_flows
from tests.register.consultation import word_files as word

pytestmark = pytest.mark.django_db
TEST = "system:test"
TEXT = (
    "<p>We share <strong>widely</strong> &amp; often.</p><ul><li>names</li><li>dates</li></ul>"
    '<table><tbody><tr><th scope="row">A</th><td>1</td></tr></tbody></table>'
)


@pytest.fixture
def out(drafted) -> bytes:
    """The draft as it goes out, with a clause of every kind of block."""
    clause = Clause.objects.get(pk=drafted.clause.pk)
    content.change_item(by=TEST, row=clause, row_version=1, text=TEXT)
    version = drafted.fresh()
    return word_file(version, shown_body(version))


def back(drafted, data: bytes, name="back.docx", **more):
    said = {"by": drafted.user("council_officer"), "version": drafted.fresh(),
            "organisation": drafted.county.police}  # fmt: skip
    return file_returned(content=data, name=name, **said | more)


def refused(drafted, data: bytes, **more) -> str:
    with pytest.raises(ValidationError) as error:
        back(drafted, data, **more)
    assert not ReturnedFile.objects.exists()
    assert not Comment.objects.exists()
    return " ".join(error.value.messages)


def test_the_file_holds_headings_numbers_lists_and_tables(drafted, out):
    file = open_file(io.BytesIO(out))
    lines = {line.text: line.style.name for line in file.paragraphs}
    assert lines["Safeguarding children"] == "Title"
    assert lines["1  Purpose"] == "Heading 2"
    assert lines["names"] == "List Bullet"
    assert "1.1  More of it." in lines
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    assert {"WY Police", "A", "1"} <= set(cells)
    assert files.examine(out, "draft.docx") == files.DOCX
    assert version_in(out) == (drafted.document.reference, 1)


def test_a_draft_with_flows_goes_out(drafted):
    version = drafted.fresh()
    make_flows.flow(version, drafted.county.council, drafted.county.police)
    words = open_file(io.BytesIO(word_file(version, shown_body(version))))
    assert any("Flow 1" in line.text for line in words.paragraphs)


def test_a_file_that_nobody_touched_says_nothing(drafted, out):
    assert said_in(word.changed(out, lambda file: None)) == []
    back(drafted, out)
    assert not Comment.objects.exists()


def test_comments_come_back_on_their_clause_with_author_and_words(drafted, out):
    def work(file):
        word.comment(file, "widely", "Too wide?")
        word.comment(file, "More of it", "Less of it!", author="Cy Moor")
        word.comment(file, "To keep children safe", "And adults?")

    row = back(drafted, word.changed(out, work), note="By post.")
    first, second = Clause.objects.filter(version=drafted.version)
    found = {each.text: each for each in Comment.objects.all()}
    assert found["Too wide?"].part == f"clause-{first.lineage}"
    assert found["Too wide?"].quoted == "We share widely & often."
    assert found["Too wide?"].writer_name == "Bo Lind"
    assert found["Too wide?"].organisation == drafted.county.police
    assert found["Less of it!"].part == f"clause-{second.lineage}"
    assert found["Less of it!"].quoted == "More of it."
    assert (
        found["And adults?"].part_label == "Purpose" or "urpose" in found["And adults?"].part_label
    )
    assert {each.returned for each in found.values()} == {row}
    assert {each.source for each in found.values()} == {"comment"}
    assert files.read(row.file)


def test_tracked_changes_become_suggestions_that_are_taken_over(drafted, out):
    def work(file):
        word.track(file, "often", out="often", put="rarely")
        word.track(file, "To keep children safe", out="children", put="all children")

    back(drafted, word.changed(out, work))
    clause, field = Comment.objects.order_by("-place")
    assert clause.source == "change"
    assert clause.text == "Taken out: “often”. Put in: “rarely”"
    assert clause.quoted == "We share widely & often."
    assert clause.suggestion == "We share widely & rarely."
    assert clause.written_at.isoformat() == "2026-11-20T10:00:00+00:00"
    by = drafted.user("council_officer")
    commenting.take_over(by=by, comment=clause, row_version=1)
    new = Clause.objects.get(pk=drafted.clause.pk).text
    assert new == TEXT.replace("often", "rarely"), "the rest keeps its formatting"
    commenting.take_over(by=by, comment=field, row_version=1)
    assert AgreementText.objects.get().purpose == "<p>To keep all children safe.</p>"


def test_a_changed_item_of_a_list_is_taken_over(drafted, out):
    back(
        drafted, word.changed(out, lambda file: word.track(file, "dates", out="dates", put="days"))
    )
    commenting.take_over(by=TEST, comment=Comment.objects.get(), row_version=1)
    assert Clause.objects.get(pk=drafted.clause.pk).text == TEXT.replace("dates", "days")


def test_a_change_of_a_heading_or_of_a_part_no_suggestion_fits_is_told_in_words(drafted, out):
    back(
        drafted,
        word.changed(out, lambda file: word.track(file, "1  Purpose", out="Purpose", put="Aim")),
    )
    row = Comment.objects.get()
    assert row.suggestion == ""
    assert "Put in: “Aim”" in row.text
    assert row.part == f"clause-{drafted.clause.lineage}"


def test_a_new_and_a_dropped_paragraph_are_told(drafted, out):
    def work(file):
        word.track(file, "More of it.", out="More of it.", put="")
        line = word.line_of(file, "widely")._p
        line.addnext(word.open_file().add_paragraph()._p)
        line.getnext().append(word._tracked("ins", "All new.", "Bo Lind"))

    back(drafted, word.changed(out, work))
    said = sorted(Comment.objects.values_list("text", "suggestion"))
    assert said == [("New paragraph: “All new.”", ""), ("Paragraph taken out: “More of it.”", "")]


def test_a_file_without_bookmarks_lists_its_comments_on_the_whole_draft(drafted, out):
    plain = open_file()
    plain.add_paragraph("Rewritten elsewhere.")
    made = word.changed(_bytes(plain), lambda file: word.comment(file, "Rewritten", "See this."))
    back(drafted, made)
    assert Comment.objects.get().part == "whole"


def test_the_same_file_is_filed_once_for_a_body(drafted, out):
    back(drafted, out)
    with pytest.raises(ValidationError, match="filed for this body already"):
        back(drafted, out)
    back(drafted, out, organisation=drafted.county.trust)


def test_a_file_of_another_document_is_refused(drafted):
    county = drafted.county
    other = make.agreement(county.partnership, county.council, county.police, title="Other").newest
    data = word_file(other, shown_body(other))
    assert f"a draft of {other.document.reference}, not of" in refused(drafted, data)


def test_a_body_that_the_draft_does_not_name_and_a_day_ahead_are_refused(drafted, out):
    assert "does not name" in refused(drafted, out, organisation=drafted.county.charity)
    assert "not after today" in refused(drafted, out, received_on=today() + timedelta(days=1))


def test_only_drafters_file_what_came_back(drafted, out):
    with pytest.raises(PermissionDenied):
        back(drafted, out, by=drafted.user("police_officer"))


@pytest.mark.parametrize(
    ("make_bad", "sentence"),
    [
        (lambda out: b"", "empty"),
        (lambda out: b"MZ\x90 not a file of ours", "Choose a PDF, a Word"),
        (lambda out: out[: len(out) // 2], "damaged or cut off"),
        (lambda out: word.with_part(out, "word/vbaProject.bin", b"x"), "holds macros"),
        (lambda out: word.with_part(out, "word/document.xml", b"<w:document"), "damaged"),
        (lambda out: word.with_part(out, "word/comments.xml", b"\x00\xff"), "damaged"),
        (lambda out: word.with_part(out, "word/document.xml", BILLION), "damaged"),
        (lambda out: word.with_part(out, "word/document.xml", b"<a>" * 5_000), "damaged"),
        (
            lambda out: word.with_part(out, "word/document.xml", b" " * (21 << 20)),
            "unpacks to more",
        ),
        (lambda out: word.with_part(out, "word/x.bin", b"\0" * (201 << 20)), "unpacks to more"),
    ],
)
def test_hostile_and_broken_files_are_refused_in_words(drafted, out, make_bad, sentence):
    assert sentence in refused(drafted, make_bad(out))


def test_a_pdf_is_no_word_file(drafted, one_page):
    assert "ends with .docx" in refused(drafted, one_page, name="draft.docx")


def test_a_file_with_more_than_a_thousand_comments_is_refused(out):
    one = b'<w:comment w:id="%d" w:author="x"><w:p><w:r><w:t>y</w:t></w:r></w:p></w:comment>'
    many = b"".join(one % n for n in range(1_001))
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    data = word.with_part(
        out, "word/comments.xml", b"<w:comments %b>%b</w:comments>" % (space, many)
    )
    with pytest.raises(ValidationError, match="more than 1,000 comments"):
        said_in(data)


def test_a_large_file_is_read_in_seconds(out):
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = b"<w:p><w:r><w:t>words words words</w:t></w:r></w:p>" * 100_000
    data = word.with_part(
        out, "word/document.xml", b"<w:document %b><w:body>%b</w:body></w:document>" % (space, body)
    )
    began = time.monotonic()
    assert said_in(data) == []
    assert time.monotonic() - began < 30


BILLION = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;">]>
<a>&y;&y;&y;</a>"""


def _bytes(file) -> bytes:
    out = io.BytesIO()
    file.save(out)
    assert zipfile.is_zipfile(out)
    return out.getvalue()
