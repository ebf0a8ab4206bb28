"""Reading, ticking and signing: once, and never a text other than the one that was shown."""

import time
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from register.core.dates import add_months, now, pretend, today
from register.directory.services import appointments
from register.documents.lifecycle import State
from register.documents.services import drafting, moving
from register.notices.models import Notice
from register.signing import services as signing
from register.signing.models import Method, RequestTrace, Signature, SigningRequest
from register.signing.statements import statement_for
from tests import make, worlds
from tests import signing_world as world
from tests.access.pdf import PDF
from tests.register.approval import rooms

pytestmark = pytest.mark.django_db


@worlds.shared
def out():
    return world.out(signing.Round(sign_by=add_months(today(), 1), message="As discussed in May."))


@pytest.fixture
def council(out):
    return rooms.come_in(out, out.county.council)


@pytest.fixture
def asked(out):
    return out.request(out.county.council)


def test_the_page_says_what_it_is_in_short_and_shows_all_of_it(out, council, asked):
    answer = council.get(f"/sign/{asked.pk}/")
    said = rooms.words(answer)
    for part in (
        "Safeguarding children", "What it is for To keep children safe.", "As discussed in May.",
        "0 of 2", "Why we share.", "WY Police", "Continue to sign", "Other options",
        "Download it as a PDF",
    ):  # fmt: skip
        assert part in said, part
    assert answer.content.count(b"<h1") == 1
    assert b"<script" not in answer.content
    assert len(answer.content) < 60_000
    assert RequestTrace.objects.get(request=asked).opened_at


def test_looking_without_reading_is_no_reading(out, council, asked):
    council.head(f"/sign/{asked.pk}/")
    assert not RequestTrace.objects.filter(request=asked, opened_at__isnull=False).exists()


def test_the_tick_stands_beside_the_exact_words(out, council, asked):
    said = rooms.words(council.get(f"/sign/{asked.pk}/confirm/"))
    assert f"You are signing for WY County Council as {asked.slot.post.title}." in said
    assert statement_for(asked.slot) in said
    assert "Submit my signature" in said
    assert "What ticking means" in said


def test_one_tick_signs_and_the_page_after_it_may_be_loaded_again(out, council, asked):
    answer = council.post(f"/sign/{asked.pk}/confirm/", rooms.tick(out))
    assert answer["Location"] == f"/sign/{asked.pk}/done/"
    for _ in range(2):
        said = rooms.words(council.get(answer["Location"]))
    for part in ("You have signed", out.version.document.reference, "1 other still has to sign",
                 "receipt by e-mail"):  # fmt: skip
        assert part in said, part
    row = Signature.objects.get()
    assert (row.method, row.strength) == (Method.LINK_CODE, "control of mailbox")
    assert row.person == asked.person
    assert council.get(f"/sign/{asked.pk}/")["Location"] == answer["Location"]


def test_a_double_click_and_a_replay_sign_once(out, council, asked):
    for _ in range(3):
        answer = council.post(f"/sign/{asked.pk}/confirm/", rooms.tick(out))
        assert answer["Location"] == f"/sign/{asked.pk}/done/"
    assert Signature.objects.count() == 1
    receipts = Notice.objects.filter(key__startswith="sign-receipt:", to=asked.person.contact.email)
    assert receipts.count() == 1


def test_without_the_tick_a_sentence_says_so(out, council, asked):
    answer = council.post(f"/sign/{asked.pk}/confirm/", {"text_sha256": out.hash})
    assert answer.status_code == 422
    assert b"<title>Error: " in answer.content
    assert "Tick the box to confirm that you have authority." in rooms.words(answer)
    assert b'href="#id_confirmed"' in answer.content
    assert not Signature.objects.exists()


@pytest.mark.parametrize("field", ["text_sha256", "statement_sha256"])
def test_other_words_than_those_shown_are_not_signed(out, council, asked, field):
    answer = council.post(f"/sign/{asked.pk}/confirm/", rooms.tick(out, **{field: "0" * 64}))
    assert answer.status_code == 409
    assert "This changed since you opened it" in rooms.words(answer)
    assert "Nothing was signed." in rooms.words(answer)
    assert not Signature.objects.exists()


def test_a_version_that_was_replaced_shows_what_differs_and_the_way_to_the_new_one(
    out, council, asked
):
    moving.return_for_changes(by=world.TEST, version=out.version, reason="A clause is wrong.")
    draft = out.version.document.versions.get(number=2)
    draft = retitled(draft)
    signing.send(by=world.TEST, version=draft, round_=signing.Round(), despite="For a test.")
    answer = council.post(f"/sign/{asked.pk}/confirm/", rooms.tick(out))
    assert answer.status_code == 409
    said = rooms.words(answer)
    fresh = SigningRequest.objects.of(asked.person).get()
    assert f'/sign/{fresh.pk}/"' in answer.content.decode()
    assert "What is different in version 2" in said
    assert "Keeping" in said
    assert not Signature.objects.exists()


def test_what_was_cancelled_ended_or_left_is_refused_in_words(out, council, asked):
    held = asked.slot.post.appointments.get(person=asked.person)
    with pretend(now() + timedelta(days=2)):
        client = rooms.come_in(out, out.county.council)
        appointments.end_appointment(
            by=world.TEST, appointment=held, ends_on=today() - timedelta(days=1), reason="Left."
        )
        page = client.get(f"/sign/{asked.pk}/")
        assert "You do not hold the post" in rooms.words(page)
        assert "Continue to sign" not in rooms.words(page)
        answer = client.post(f"/sign/{asked.pk}/confirm/", rooms.tick(out))
        assert answer.status_code == client.get(f"/sign/{asked.pk}/confirm/").status_code == 403
        assert "You do not hold the post" in rooms.words(answer)
        moving.return_for_changes(by=world.TEST, version=out.version, reason="Wrong.")
        answer = client.post(f"/sign/{asked.pk}/confirm/", rooms.tick(out))
        assert answer.status_code in (403, 409)
    assert not Signature.objects.exists()


def test_somebody_else_of_the_body_signed_first(out, council, asked):
    other = make.person("Deputy Dawn", email="dawn@signer.example")
    make.appoint(asked.slot.post, other)
    signing.ask_again(by=world.TEST, slot=asked.slot, person=other)
    theirs = SigningRequest.objects.of(other).get()
    facts = {"text_sha256": out.hash, "confirmed": True}
    signing.sign(by=world.signer(other), request=theirs, **facts)
    answer = council.post(f"/sign/{asked.pk}/confirm/", rooms.tick(out))
    assert answer.status_code in (403, 409)
    assert Signature.objects.count() == 1


def test_on_behalf_shows_the_name_in_the_words_and_needs_a_file(out, council, asked):
    page = council.get(f"/sign/{asked.pk}/confirm/?{urlencode({'senior': 'Sir Ivor Gale'})}")
    said = rooms.words(page)
    assert "You are signing on behalf of Sir Ivor Gale for WY County Council" in said
    assert "I sign on behalf of Sir Ivor Gale, who has authorised me to do so." in said
    facts = rooms.tick(out, senior="Sir Ivor Gale")
    refused = council.post(f"/sign/{asked.pk}/confirm/", facts)
    assert refused.status_code == 422
    assert "Add the file that shows that Sir Ivor Gale lets you sign" in rooms.words(refused)
    council.post(f"/sign/{asked.pk}/confirm/", {**facts, "evidence": upload()})
    row = Signature.objects.get()
    assert (row.kind, row.on_behalf_of) == ("on_behalf", "Sir Ivor Gale")
    assert row.scan is not None
    assert "on behalf of Sir Ivor Gale" in row.statement


def test_what_was_signed_before_is_compared(out):
    for body in (out.county.council, out.county.police):
        world.sign(out, body)
    revision = retitled(drafting.revise(by=world.TEST, document=out.version.document))
    signing.send(
        by=world.TEST, version=revision, round_=signing.Round(carry=False), despite="For a test."
    )
    again = world.Signing(out.county, revision)
    client = rooms.come_in(again, out.county.council)
    said = rooms.words(client.get(f"/sign/{again.request(out.county.council).pk}/"))
    assert "What changed since version 1, which" in said


def test_the_pdf_and_the_day_of_the_review_can_be_taken_away(out, council, asked):
    pdf = council.get(f"/sign/{asked.pk}/text.pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert "attachment" in pdf["Content-Disposition"]
    assert "no-store" in pdf["Cache-Control"]
    assert council.get(f"/sign/{asked.pk}/file/").status_code == 404
    document = out.version.document
    answer = council.get(f"/sign/{asked.pk}/review.ics")
    if document.review_on is None:
        assert answer.status_code == 404
    else:
        assert b"BEGIN:VEVENT\r\n" in answer.content


def test_signed_in_with_a_password_a_moment_ago_signs_with_that_strength(out, asked):
    client = rooms.signed_in(
        rooms.give_login(asked.person), [{"method": "password", "at": time.time()}]
    )
    path = rooms.link_to(asked.person.contact.email)
    assert client.get(path)["Location"] == f"/sign/{asked.pk}/"
    client.post(f"/sign/{asked.pk}/confirm/", rooms.tick(out))
    row = Signature.objects.get()
    assert (row.method, row.strength) == (Method.PASSWORD, "password")


def test_signed_in_with_a_second_factor_says_so(out, asked):
    records = [{"method": "password", "at": time.time()}, {"method": "mfa", "at": time.time()}]
    client = rooms.signed_in(rooms.give_login(asked.person), records)
    client.post(f"/sign/{asked.pk}/confirm/", rooms.tick(out))
    assert Signature.objects.get().strength == "password and second factor"


@pytest.mark.parametrize("records", [[], [{"method": "password", "at": time.time() - 1000}]])
def test_a_sign_in_of_a_while_ago_is_proved_again_before_the_tick(out, asked, records):
    client = rooms.signed_in(rooms.give_login(asked.person), records)
    assert client.get(f"/sign/{asked.pk}/").status_code == 200
    for answer in (
        client.get(f"/sign/{asked.pk}/confirm/"),
        client.post(f"/sign/{asked.pk}/confirm/", rooms.tick(out)),
    ):
        assert answer["Location"].startswith("/accounts/reauthenticate/?next=%2Fsign%2F")
    assert not Signature.objects.exists()
    answer = client.post(
        f"/accounts/reauthenticate/?next=/sign/{asked.pk}/confirm/", {"password": make.PASSWORD}
    )
    assert answer["Location"] == f"/sign/{asked.pk}/confirm/"
    client.post(answer["Location"], rooms.tick(out))
    assert Signature.objects.get().method == Method.PASSWORD


def test_the_last_signature_says_that_it_is_in_force(out, council, asked):
    world.sign(out, out.county.police)
    council.post(f"/sign/{asked.pk}/confirm/", rooms.tick(out))
    assert "It is in force since" in rooms.words(council.get(f"/sign/{asked.pk}/done/"))
    assert out.again().state == State.IN_FORCE


def test_strangers_learn_nothing_of_what_is_asked(out, asked):
    stranger = Client()
    for path in ("", "confirm/", "done/", "decline/", "text.pdf", "pass-on/"):
        known = stranger.get(f"/sign/{asked.pk}/{path}")
        unknown = stranger.get(f"/sign/999999/{path}")
        assert known.status_code == unknown.status_code == 403, path
    assert "Safeguarding" not in rooms.words(known)


def retitled(draft):
    """A draft with another title."""
    drafting.change_version(
        by=world.TEST, version=draft, row_version=draft.row_version, title="Keeping children safe"
    )
    return type(draft).objects.get(pk=draft.pk)


def upload():
    """A letter."""
    return SimpleUploadedFile("letter.pdf", PDF, "application/pdf")
