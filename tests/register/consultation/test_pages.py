"""The pages of a consultation: for those asked, with and without an account, and for drafters."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from register.consultation import limits
from register.consultation.models import Comment, Consultee, Editor
from register.consultation.permissions import guest
from register.consultation.services import asking, commenting, editing, links
from register.consultation.services.returning import file_returned
from register.core.dates import today
from register.documents.files import DOCX
from register.documents.lifecycle import State
from register.documents.models import Clause, Document, TextKind
from register.documents.services import content, moving
from register.ledger.models import Entry
from tests import make_documents as make

pytestmark = pytest.mark.django_db
TEST = "system:test"


def at(name, world, *more):
    return reverse(f"consultation:{name}", args=[world.document.reference, *more])


def token_for(consultee) -> str:
    return links.mint(consultee.pk).rstrip("/").rpartition("/")[2]


def as_user(world, who) -> Client:
    client = Client()
    client.force_login(
        world.user(who), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def said(answer) -> str:
    return answer.content.decode()


def code_of(world) -> str:
    return f"clause-{world.clause.lineage}"


def test_who_is_asked_reads_comments_and_responds(world):
    client = as_user(world, "police_manager")
    page = said(client.get(at("read", world)))
    assert "Why we share." in page
    assert 'href="#text"' in page
    comment = at("comment", world, code_of(world))
    assert comment in page
    assert client.get(comment).status_code == 200
    empty = client.post(comment, {"text": " "})
    assert (empty.status_code, "Enter your comment" in said(empty)) == (422, True)
    sent = client.post(comment, {"text": "Why so?", "quoted": "Why", "suggestion": "How"})
    assert sent.status_code == 302
    assert "Why so?" in said(client.get(at("read", world)))
    assert client.post(at("respond", world), {"response": "supports"}).status_code == 302
    assert "Your response: supports it" in said(client.get(at("read", world)))


def test_a_guest_reads_comments_and_responds_without_an_account(world, client):
    token = token_for(world.guest)
    read = reverse("consultation:guest", args=[token])
    page = client.get(read)
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    assert "Why we share." in said(page)
    comment = reverse("consultation:guest_comment", args=[token, code_of(world)])
    assert comment in said(page)
    assert client.post(comment, {"text": "Hm."}).status_code == 302
    assert client.post(comment, {"text": ""}).status_code == 422
    respond = reverse("consultation:guest_respond", args=[token])
    assert client.post(respond, {"response": "opposes"}).status_code == 302
    row = Comment.objects.get()
    assert (row.writer_name, row.consultee) == ("Ann Hale", world.guest)
    word = client.get(reverse("consultation:guest_word", args=[token]))
    assert word["Content-Type"] == DOCX
    assert client.get(reverse("consultation:guest_file", args=[token])).status_code == 404
    assert "/register/" not in said(page).partition("<main")[2].partition("</main>")[0]


def test_reading_by_a_link_changes_nothing(world, client):
    token = token_for(world.guest)
    entries = Entry.objects.count()
    for name in ("guest", "guest_respond", "guest_word"):
        client.get(reverse(f"consultation:{name}", args=[token]))
    assert Entry.objects.count() == entries
    world.guest.refresh_from_db()
    assert world.guest.responded_at is None


def test_a_dead_and_an_unknown_link_get_the_same_answer_and_no_words_are_lost(world, client):
    token = token_for(world.guest)
    comment = reverse("consultation:guest_comment", args=[token, "whole"])
    asking.take_off(by=TEST, consultee=world.guest)
    dead = client.get(reverse("consultation:guest", args=[token]))
    unknown = client.get(reverse("consultation:guest", args=["a" * 43]))
    assert dead.status_code == unknown.status_code == 410
    plain = [said(each).partition("<main")[2].partition("</main>")[0] for each in (dead, unknown)]
    assert plain[0] == plain[1]
    assert world.document.reference not in said(dead)
    late = client.post(comment, {"text": "All that I wrote."})
    assert late.status_code == 410
    assert "All that I wrote." in said(late)
    assert not Comment.objects.exists()


def test_who_tries_many_links_waits(world, client):
    token = token_for(world.guest)
    for number in range(limits.UNKNOWN_LINKS + 1):
        last = client.get(reverse("consultation:guest", args=[f"guess{number}"]))
    assert last.status_code == 429
    assert client.get(reverse("consultation:guest", args=[token])).status_code == 429


def test_a_guest_writes_so_much_and_no_more(world, client, monkeypatch):
    monkeypatch.setattr(limits, "WRITTEN", 2)
    address = reverse("consultation:guest_comment", args=[token_for(world.guest), "whole"])
    answers = [client.post(address, {"text": f"{n}"}).status_code for n in range(3)]
    assert answers == [302, 302, 429]
    assert Comment.objects.count() == 2


def test_a_consultation_that_closed_says_so_to_those_who_were_asked(world):
    client = as_user(world, "police_manager")
    moving.close_consultation(by=TEST, version=world.fresh())
    assert client.get(at("read", world)).status_code == 410
    late = client.post(at("comment", world, "whole"), {"text": "All that I wrote."})
    assert (late.status_code, "All that I wrote." in said(late)) == (410, True)


READING = {
    "read": {"police_manager": 200, "council_officer": 200, "office": 200, "auditor": 200,
             "police_officer": 403, "council_manager": 403},
    "comment": {"police_manager": 200, "council_officer": 200, "office": 200, "auditor": 403,
                "police_officer": 403, "council_manager": 403},
    "respond": {"police_manager": 200, "council_officer": 403, "office": 403, "auditor": 403,
                "police_officer": 403, "council_manager": 403},
    "comments": {"police_manager": 200, "council_officer": 200, "office": 200, "auditor": 200,
                 "police_officer": 403, "council_manager": 403},
    "people": {"police_manager": 200, "council_officer": 200, "office": 200, "auditor": 200,
               "police_officer": 403, "council_manager": 403},
    "export": {"police_manager": 200, "council_officer": 200, "office": 200, "auditor": 200,
               "police_officer": 403, "council_manager": 403},
    "ask": {"police_manager": 403, "council_officer": 200, "office": 200, "auditor": 403,
            "police_officer": 403, "council_manager": 403},
    "give": {"police_manager": 403, "council_officer": 200, "office": 200, "auditor": 403,
             "police_officer": 403, "council_manager": 403},
    "returned": {"police_manager": 403, "council_officer": 200, "office": 200, "auditor": 403,
                 "police_officer": 403, "council_manager": 403},
    "draft_word": {"police_manager": 403, "council_officer": 200, "office": 200, "auditor": 403,
                   "police_officer": 403, "council_manager": 403},
}  # fmt: skip


def test_who_gets_which_page(world):
    for who in READING["read"]:
        client = as_user(world, who)
        found = {
            name: client.get(at(name, world, *(["whole"] if name == "comment" else []))).status_code
            for name in READING
        }
        assert found == {name: answers[who] for name, answers in READING.items()}, who


def test_a_draft_is_kept_from_who_may_not_know_of_it(drafted):
    client = as_user(drafted, "police_officer")
    for name in ("read", "respond", "word", "comments", "people", "export", "ask", "open"):
        assert client.get(at(name, drafted)).status_code == 404, name
    assert drafted.document.reference not in said(client.get("/register/"))


def test_a_comment_is_answered_closed_opened_and_taken_over_on_its_page(world):
    row = commenting.comment(
        by=guest(world.guest), version=world.fresh(), part=code_of(world), text="Why?",
        quoted="Why", suggestion="How",
    )  # fmt: skip
    client = as_user(world, "council_officer")
    page = said(client.get(at("comments", world)))
    assert "Clause 1 Purpose" in page
    assert "Ann Hale" in page
    said_so = {"answer": "Because.", "row_version": "1", "close": "on"}
    assert client.post(at("answer", world, row.pk), said_so).status_code == 302
    row.refresh_from_db()
    assert row.state == "closed"
    assert client.post(at("answer", world, row.pk), said_so).status_code == 422, "it moved on"
    assert client.get(at("reopen", world, row.pk)).status_code == 302
    row.refresh_from_db()
    assert row.state == "closed", "looking changes nothing"
    client.post(at("reopen", world, row.pk))
    client.post(at("close", world, row.pk))
    page = said(client.get(at("take_over", world, row.pk)))
    assert "How we share." in page
    row.refresh_from_db()
    answer = client.post(at("take_over", world, row.pk), {"row_version": row.row_version})
    assert answer.status_code == 302
    assert Clause.objects.get(pk=world.clause.pk).text == "<p>How we share.</p>"
    assert "taken over already" in said(client.get(at("take_over", world, row.pk)))
    assert "Comment" in said(client.get(at("comments", world) + "?state=closed"))
    assert "There is no comment here" in said(client.get(at("comments", world) + "?state=open"))


def test_a_comment_of_another_draft_is_not_found_here(world):
    county = world.county
    other = make.agreement(county.partnership, county.council, county.police).newest
    row = commenting.comment(by=TEST, version=other, part="whole", text="x")
    client = as_user(world, "office")
    for name in ("answer", "close", "reopen", "take_over"):
        assert client.get(at(name, world, row.pk)).status_code == 404, name


def test_a_consultation_is_opened_on_its_page(drafted):
    client = as_user(drafted, "council_officer")
    address = at("open", drafted)
    assert address == reverse("documents:open-consultation", args=[drafted.document.reference])
    person = drafted.user("police_manager").person
    assert person.name in said(client.get(address))
    for guests, sentence in (
        ("Ann Hale", "Line 1: write a name, a comma and an e-mail address."),
        ("Ann, a@x.example\nBo, nowhere", "Line 2: nowhere is not an e-mail address."),
        ("Ann, a@x.example\nAnn, A@x.example", "Line 2: a@x.example stands here twice."),
    ):
        answer = client.post(address, {"guests": guests, "due_on": "1 1 2100"})
        assert answer.status_code == 422
        assert sentence in said(answer)
        assert guests.splitlines()[0] in said(answer), "the typing comes back"
    late = client.post(address, {"people": [person.pk]})
    assert "Enter the day by which they should answer." in said(late)
    good = {"people": [person.pk], "guests": "Ann Hale, ann@x.example, Wells", "due_on": "1 1 2100"}
    assert client.post(address, good).status_code == 302
    assert drafted.fresh().state == State.CONSULTATION
    assert Consultee.objects.count() == 2
    assert client.post(address, good).status_code == 409


def test_people_are_taken_off_reminded_and_given_rights_on_their_page(world):
    client = as_user(world, "council_officer")
    page = said(client.get(at("people", world)))
    assert "A link by mail" in page
    assert "Signing in" in page
    client.get(at("remind", world))
    assert Consultee.objects.filter(reminded_at__isnull=False).count() == 0
    client.post(at("remind", world))
    assert Consultee.objects.filter(reminded_at__isnull=False).count() == 2
    again = client.post(at("remind", world), follow=True)
    assert "was reminded today already" in said(again)
    client.post(at("take_off", world, world.guest.pk))
    world.guest.refresh_from_db()
    assert world.guest.taken_off_at
    person = world.user("police_officer").person.pk
    assert client.post(at("give", world), {"person": person}).status_code == 302
    editor = Editor.objects.get()
    assert client.post(at("revoke", world, editor.pk)).status_code == 302
    assert client.post(at("ask", world), {"guests": ""}).status_code == 422


def test_the_pages_lead_to_each_other(world):
    office, asked = as_user(world, "office"), as_user(world, "police_manager")
    draft = said(office.get(reverse("documents:draft", args=[world.document.reference])))
    assert at("comments", world) in draft
    assert "0 of 2 responded" in draft
    assert at("read", world) in said(asked.get(world.document.get_absolute_url()))
    editing.give(by=TEST, version=world.fresh(), person=world.user("police_officer").person.pk)
    editor = as_user(world, "police_officer")
    assert "Write in the draft" in said(editor.get(world.document.get_absolute_url()))
    assert (
        editor.get(reverse("documents:draft", args=[world.document.reference])).status_code == 200
    )


def test_what_was_said_can_be_read_when_the_text_is_out_for_signature(world):
    commenting.comment(by=TEST, version=world.fresh(), part="whole", text="Well said.")
    make.walk(world.fresh(), State.SIGNING)
    client = as_user(world, "office")
    assert at("comments", world) in said(client.get(world.document.get_absolute_url()))
    page = said(client.get(at("comments", world) + "?version=1"))
    assert "Well said." in page
    assert "its comments stay as they are" in page
    reader = as_user(world, "police_officer")
    assert at("comments", world) not in said(reader.get(world.document.get_absolute_url()))
    assert reader.get(at("comments", world)).status_code == 403


def test_a_draft_whose_text_is_a_file_gives_the_file(world, one_page):
    from register.documents.services.attachments import make_governing

    make_governing(by=TEST, version=world.fresh(), content=one_page, name="their.pdf",
                   row_version=world.fresh().row_version)  # fmt: skip
    assert world.fresh().text_kind == TextKind.FILE
    client = as_user(world, "police_manager")
    assert at("file", world) in said(client.get(at("read", world)))
    assert client.get(at("file", world)).content == one_page


def test_the_sheet_and_the_word_file_come_as_downloads(world):
    commenting.comment(by=TEST, version=world.fresh(), part="whole", text="=1+1")
    client = as_user(world, "office")
    sheet = b"".join(client.get(at("export", world)).streaming_content).decode()
    assert "'=1+1" in sheet
    word = client.get(at("draft_word", world))
    assert "attachment" in word["Content-Disposition"]
    row = file_returned(by=TEST, version=world.fresh(), organisation=world.county.police,
                        content=word.content, name="b.docx")  # fmt: skip
    assert client.get(at("returned_file", world, row.pk)).content == word.content
    assert "b.docx" in said(client.get(at("comments", world)))


def test_a_returned_file_is_filed_on_its_page(world):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = as_user(world, "council_officer")
    word = client.get(at("draft_word", world)).content
    sent = {"organisation": world.county.police.pk, "received_on": "1 11 2026"}
    bad = client.post(at("returned", world), sent | {"file": SimpleUploadedFile("a.docx", b"x")})
    assert bad.status_code == 422
    day = f"{today():%-d %-m %Y}"
    good = sent | {"file": SimpleUploadedFile("a.docx", word), "received_on": day}
    assert client.post(at("returned", world), good).status_code == 302


def test_pages_cost_the_same_however_many_comments_there_are(world):
    client = as_user(world, "office")

    def cost(name):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at(name, world)).status_code == 200
        return len(asked)

    commenting.comment(by=TEST, version=world.fresh(), part="whole", text="x")
    names = ("read", "comments", "people")
    few = [cost(name) for name in names] and [cost(name) for name in names]
    rows = [{"level": 1, "marker": "number", "heading": f"H{n}", "text": ""} for n in range(30)]
    content.add_items(by=TEST, version=world.fresh(), model=Clause, rows=rows)
    for n in range(20):
        commenting.comment(by=guest(world.guest), version=world.fresh(), part="whole", text=f"{n}")
    asking.ask_more(by=TEST, version=world.fresh(), due_on=today(),
                    guests=[asking.Guest(f"G{n}", f"g{n}@x.example") for n in range(9)])  # fmt: skip
    assert [cost(name) for name in names] == few
    assert Document.objects.count() == 1
