"""Coming in by a link: nothing is done by opening it, and only a code, a device or a sign-in lets in."""

import logging
from datetime import timedelta

import pytest
from django.test import Client

from register.core.dates import now, pretend
from register.directory.services import logins
from register.ledger.logs import OneLine
from register.ledger.models import AccessEvent, Entry
from register.notices.models import Notice
from register.signing import services as signing
from register.signing.models import RequestTrace, Signature, SignCode, SigningRequest, SignLink
from tests import make, worlds
from tests import signing_world as world
from tests.register.approval import rooms

pytestmark = pytest.mark.django_db


@worlds.shared
def out():
    return world.out(signing.Round(message="We talked about this in May."))


def test_opening_a_link_shows_what_it_is_and_does_nothing(out):
    address = out.request(out.county.council).person.contact.email
    path, before = rooms.link_to(address), Entry.objects.count()
    for _ in range(10):
        scanner = Client(headers={"user-agent": "MailScanner/1.0"})
        answer = scanner.get(path)
        assert answer.status_code == scanner.head(path).status_code == 200
        assert "sitting" not in scanner.session
    said = rooms.words(answer)
    for part in ("Safeguarding children", "Who asks", "Why you", "Send me a code"):
        assert part in said
    assert "no-store" in answer["Cache-Control"]
    assert not SignCode.objects.exists()
    assert not Signature.objects.exists()
    assert not RequestTrace.objects.filter(opened_at__isnull=False).exists()
    assert Entry.objects.count() == before
    assert rooms.come_in(out, out.county.council).get("/sign/").status_code == 200


def test_a_code_lets_in_to_what_was_asked_and_nowhere_else(out):
    client = rooms.come_in(out, out.county.council)
    mine, other = out.request(out.county.council), out.request(out.county.police)
    assert client.get(f"/sign/{mine.pk}/").status_code == 200
    assert client.get(f"/sign/{other.pk}/").status_code == 404
    assert client.get("/sign/999999/").status_code == 404
    assert client.get("/register/")["Location"].startswith("/accounts/login/")
    assert client.get("/sign/release/")["Location"].startswith("/accounts/login/")
    began = AccessEvent.objects.get(kind="signing_began")
    assert mine.person.name in began.detail
    assert began.path == "/sign/l/"


def test_the_session_gets_a_fresh_key(out):
    address = out.request(out.county.council).person.contact.email
    path, client = rooms.link_to(address), Client()
    client.post(path)
    client.get(f"{path}code/")
    before = client.session.session_key
    client.post(f"{path}code/", {"code": rooms.code_to(address)})
    assert client.session.session_key != before


def test_a_device_is_remembered_only_when_it_is_ticked(out):
    plain = rooms.come_in(out, out.county.council)
    assert "device" not in plain.cookies
    own = rooms.come_in(out, out.county.council, is_own="on")
    kept = own.cookies["device"]
    assert kept["httponly"]
    assert kept["samesite"] == "Lax"
    browser = Client()
    browser.cookies["device"] = kept.value
    path = rooms.link_to(out.request(out.county.council).person.contact.email)
    answer = browser.get(path)
    assert answer["Location"] == f"/sign/{out.request(out.county.council).pk}/"
    assert browser.get(answer["Location"]).status_code == 200
    others = rooms.link_to(out.request(out.county.police).person.contact.email)
    assert browser.get(others).status_code == 200


def test_wrong_codes_are_refused_in_sentences(out):
    address = out.request(out.county.council).person.contact.email
    path, client = rooms.link_to(address), Client()
    assert "No code was sent yet" in rooms.words(client.post(f"{path}code/", {"code": "123456"}))
    client.post(path)
    waiting = client.post(f"{path}code/", {"code": "123456"})
    assert "still on its way" in rooms.words(waiting)
    right = rooms.code_to(address)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    empty = client.post(f"{path}code/", {"code": " "})
    assert "Enter the 6 numbers" in rooms.words(empty)
    for _ in range(4):
        answer = client.post(f"{path}code/", {"code": wrong})
        assert answer.status_code == 422
        assert "That is not the code." in rooms.words(answer)
    assert "wrong too often" in rooms.words(client.post(f"{path}code/", {"code": wrong}))
    assert client.post(f"{path}code/", {"code": right}).status_code == 422
    assert AccessEvent.objects.filter(kind="signing_code_wrong").count() == 8
    client.post(path)
    assert client.post(f"{path}code/", {"code": rooms.code_to(address)}).status_code == 302


def test_a_code_may_be_typed_with_blanks_once_and_for_half_an_hour(out):
    address = out.request(out.county.council).person.contact.email
    path, client = rooms.link_to(address), Client()
    client.post(path)
    right = rooms.code_to(address)
    with pretend(now() + timedelta(minutes=29)):
        assert client.get(f"{path}code/").status_code == 200
    with pretend(now() + timedelta(minutes=31)):
        assert "too old" in rooms.words(client.post(f"{path}code/", {"code": right}))
    typed = f" {right[:3]} {right[3:]} "
    assert client.post(f"{path}code/", {"code": typed}).status_code == 302
    again = Client().post(f"{path}code/", {"code": right})
    assert "used already" in rooms.words(again)


def test_the_seventh_code_of_an_hour_is_not_sent(out):
    path = rooms.link_to(out.request(out.county.council).person.contact.email)
    client = Client()
    for _ in range(6):
        assert client.post(path).status_code == 302
    answer = client.post(path)
    assert answer.status_code == 429
    assert "many codes in the last hour" in rooms.words(answer)


def test_a_dead_link_and_one_that_never_was_look_the_same(out):
    request = out.request(out.county.council)
    path = rooms.link_to(request.person.contact.email)
    signing.cancel(by=world.TEST, request=request, reason="Sent too early.")
    dead, unknown = Client().get(path), Client().get(f"/sign/l/{'a' * 43}/")
    assert dead.status_code == unknown.status_code == 410
    assert rooms.words(dead) == rooms.words(unknown)
    before = Notice.objects.count()
    answers = [Client().post(f"{p}new/") for p in (path, f"/sign/l/{'a' * 43}/")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert Notice.objects.count() == before


def test_a_new_link_goes_to_the_address_on_record_once_in_five_minutes(out):
    request = out.request(out.county.council)
    path = rooms.link_to(request.person.contact.email)
    later = now() + timedelta(days=61)
    with pretend(later):
        assert Client().get(path).status_code == 410
        for _ in range(2):
            Client().post(f"{path}new/")
        sent = Notice.objects.filter(key__startswith=f"sign-all:{request.person.pk}:")
        assert sent.get().to == request.person.contact.email
    with pretend(later + timedelta(minutes=6)):
        Client().post("/sign/lost/", {"email": request.person.contact.email.upper()})
        assert sent.count() == 2
        stranger = Client().post("/sign/lost/", {"email": "nobody@test.example"})
        assert "If something waits for you" in rooms.words(stranger)
        assert sent.count() == 2


def test_who_guesses_at_links_has_to_wait(out):
    client = Client()
    for place in range(30):
        assert client.get(f"/sign/l/{place:043d}/").status_code == 410
    answer = client.get(f"/sign/l/{31:043d}/")
    assert answer.status_code == 429
    assert "Wait for an hour" in rooms.words(answer)
    path = rooms.link_to(out.request(out.county.council).person.contact.email)
    assert client.get(path).status_code == 429
    with pretend(now() + timedelta(hours=1)):
        assert client.get(path).status_code == 200


def test_a_sitting_ends_after_an_hour_without_a_page(out):
    client, request = rooms.come_in(out, out.county.council), out.request(out.county.council)
    with pretend(now() + timedelta(minutes=50)):
        assert client.get(f"/sign/{request.pk}/").status_code == 200
    with pretend(now() + timedelta(minutes=100)):
        assert client.get(f"/sign/{request.pk}/").status_code == 200
    with pretend(now() + timedelta(minutes=170)):
        answer = client.post(
            f"/sign/{request.pk}/decline/", {"reason_class": "legal", "reason": "My long words."}
        )
    assert answer.status_code == 403
    said = rooms.words(answer)
    assert "Open the link in your e-mail message once more" in said
    assert "My long words." in said
    assert SigningRequest.objects.get(pk=request.pk).is_open


def test_a_sitting_dies_with_what_was_asked(out):
    client, request = rooms.come_in(out, out.county.council), out.request(out.county.council)
    other = make.person("Somebody Else", email="else@signer.example")
    make.appoint(request.slot.post, other)
    signing.replace(by=world.TEST, request=request, person=other, reason="She has left.")
    answer = client.post(f"/sign/{request.pk}/confirm/", rooms.tick(out))
    assert answer.status_code == 409
    assert "closed (replaced)" in rooms.words(answer)
    assert client.get(f"/sign/{request.pk}/").status_code == 409
    assert client.get(f"/sign/{request.pk}/text.pdf").status_code == 409
    assert "Open your link" in rooms.words(client.get("/sign/"))
    assert client.get("/sign/delegate/").status_code == 403
    assert not Signature.objects.exists()


def test_a_login_that_was_closed_has_no_way_in_by_link_device_or_sitting(out):
    request = out.request(out.county.council)
    person = request.person
    client = rooms.come_in(out, out.county.council, is_own="on")
    path = rooms.link_to(person.contact.email)
    person = rooms.give_login(person)
    logins.close_login(by=world.TEST, person=person, reason="Left the council.")
    assert client.get(path).status_code == 410
    assert client.get(f"/sign/{request.pk}/").status_code == 403
    assert client.post(f"/sign/{request.pk}/confirm/", rooms.tick(out)).status_code == 403
    assert SignLink.objects.filter(person=person, ended_at__isnull=True).exists()
    assert not Signature.objects.exists()


def test_a_form_from_elsewhere_is_refused(out):
    path = rooms.link_to(out.request(out.county.council).person.contact.email)
    client = Client(enforce_csrf_checks=True)
    assert client.post(path).status_code == 403
    assert client.post(f"{path}code/", {"code": "123456"}).status_code == 403
    assert not SignCode.objects.exists()


def test_the_way_in_leads_nowhere_else(out):
    address = out.request(out.county.council).person.contact.email
    path, client = rooms.link_to(address), Client()
    client.post(f"{path}?next=//evil.example", {"next": "//evil.example"})
    answer = client.post(
        f"{path}code/?next=//evil.example",
        {"code": rooms.code_to(address), "next": "https://evil.example"},
    )
    assert answer["Location"] == f"/sign/{out.request(out.county.council).pk}/"


def test_a_link_to_one_document_names_no_other_and_a_link_to_all_lists_them(out):
    county, address = out.county, out.request(out.county.council).person.contact.email
    document = make.agreement(county.partnership, county.council, county.police, title="Warmth")
    for short in ("council", "police"):
        make.slot(document.newest, county.bodies[short], county.posts[short, "senior_officer"])
    first = rooms.link_to(address)
    signing.send(
        by=world.TEST, version=document.newest, round_=signing.Round(), despite="For a test."
    )
    one = rooms.words(Client().get(first))
    assert "Warmth" not in one
    assert "1 more waits for you" in one
    with pretend(now() + timedelta(minutes=6)):
        Client().post("/sign/lost/", {"email": address})
        everything = rooms.link_to(address)
        said = rooms.words(Client().get(everything))
        assert "2 documents wait for you" in said
        assert "Warmth" in said
        client = Client()
        client.post(everything)
        answer = client.post(f"{everything}code/", {"code": rooms.code_to(address)})
        assert answer["Location"] == "/sign/"


def test_no_link_stands_in_a_log():
    token = "a-_0" * 10 + "xyz"
    record = logging.LogRecord("x", 30, "x", 1, f"Gone: /sign/l/{token}/code/", None, None)
    assert OneLine().format(record).endswith("Gone: /sign/l/[secret]/code/")
