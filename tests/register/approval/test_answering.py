"""The other answers: decline, send back, ask, pass on, object, take back; the tray, and who signs for whom."""

from datetime import timedelta

import pytest
from django.test import Client

from register.core.dates import today, words
from register.directory.models import Contact, Person
from register.ledger.acts import act
from register.notices.models import Notice
from register.signing import services as signing
from register.signing.models import Closed, Delegation, Signature, SigningRequest
from tests import make, worlds
from tests import signing_world as world
from tests.register.approval import rooms

pytestmark = pytest.mark.django_db


@worlds.shared
def out():
    return world.out()


@pytest.fixture
def council(out):
    return rooms.come_in(out, out.county.council)


@pytest.fixture
def asked(out):
    return out.request(out.county.council)


def test_declining_asks_for_a_ground_and_a_reason_and_tells_everybody(out, council, asked):
    world.sign(out, out.county.police)
    path = f"/sign/{asked.pk}/decline/"
    empty = council.post(path, {})
    assert empty.status_code == 422
    assert "Choose why you will not sign." in rooms.words(empty)
    assert "Say why you will not sign." in rooms.words(empty)
    answer = council.post(path, {"reason_class": "legal", "reason": "No power to share."})
    assert answer["Location"] == f"/sign/{asked.pk}/done/"
    assert "You did not sign" in rooms.words(council.get(answer["Location"]))
    row = Signature.objects.get(kind="refused")
    assert (row.reason_class, row.reason) == ("legal", "No power to share.")
    assert Notice.objects.filter(key__startswith=f"sign-refused:{row.pk}").exists()
    again = council.post(f"/sign/{asked.pk}/confirm/", rooms.tick(out))
    assert again.status_code == 409
    assert "closed (refused)" in rooms.words(again)
    police = SigningRequest.objects.filter(slot=out.slot(out.county.police)).get()
    assert police.closed_as == Closed.SIGNED


def test_sending_back_needs_words_and_is_neither_yes_nor_no(out, council, asked):
    path = f"/sign/{asked.pk}/return/"
    assert "Say what should change." in rooms.words(council.post(path, {"comments": " "}))
    answer = council.post(path, {"comments": "Clause 2 names no period."})
    assert "You sent it back" in rooms.words(council.get(answer["Location"]))
    assert Signature.objects.get().kind == "returned"


def test_a_question_leaves_the_request_open(out, council, asked):
    path = f"/sign/{asked.pk}/ask/"
    assert "Type your question." in rooms.words(council.post(path, {}))
    answer = council.post(path, {"question": "Who keeps the log?"}, follow=True)
    assert "Your question is on its way." in rooms.words(answer)
    assert SigningRequest.objects.get(pk=asked.pk).is_open
    assert Notice.objects.filter(text__contains="Who keeps the log?").exists()


def test_it_is_passed_on_to_a_colleague_who_signs_on_behalf(out, council, asked):
    colleague = make.person("Dawn Deputy", email="dawn@signer.example")
    make.appoint(make.post(out.county.council, kind="caldicott_guardian"), colleague)
    path = f"/sign/{asked.pk}/pass-on/"
    assert "Dawn Deputy" in rooms.words(council.get(path))
    nobody = council.post(path, {})
    assert "Choose a colleague, or type a name and an address." in rooms.words(nobody)
    both = council.post(path, {"person": colleague.pk, "name": "X", "email": "x@signer.example"})
    assert "not both" in rooms.words(both)
    answer = council.post(path, {"person": colleague.pk, "reason": "On leave."})
    assert "Dawn Deputy gets an e-mail" in rooms.words(council.get(answer["Location"]))
    fresh = SigningRequest.objects.of(colleague).get()
    again = Client()
    link = rooms.link_to("dawn@signer.example")
    assert f"{asked.person} asked you to sign" in rooms.words(again.get(link))
    again.post(link)
    again.post(f"{link}code/", {"code": rooms.code_to("dawn@signer.example")})
    said = rooms.words(again.get(f"/sign/{fresh.pk}/confirm/"))
    assert f"on behalf of {asked.person}" in said
    again.post(f"/sign/{fresh.pk}/confirm/", rooms.tick(out))
    assert Signature.objects.get().on_behalf_of == asked.person.name
    assert council.post(f"/sign/{asked.pk}/confirm/", rooms.tick(out)).status_code == 409


def test_a_colleague_whom_nobody_knows_needs_an_address_of_the_body(out, council, asked):
    path, people = f"/sign/{asked.pk}/pass-on/", Person.objects.count()
    only = council.post(path, {"name": "New Colleague"})
    assert "Enter their name and their e-mail address." in rooms.words(only)
    for email in ("new@elsewhere.example", "new@gmail.com", "new@evilsigner.example", "new@"):
        refused = council.post(path, {"name": "New Colleague", "email": email})
        assert refused.status_code == 422
        assert "signer.example" in rooms.words(refused) or "e-mail address" in rooms.words(refused)
    mine = council.post(path, {"name": "Me", "email": asked.person.contact.email})
    assert "somebody else than yourself" in rooms.words(mine)
    assert Person.objects.count() == people
    answer = council.post(path, {"name": "New  Colleague", "email": "new@signer.example"})
    assert "New Colleague gets an e-mail" in rooms.words(council.get(answer["Location"]))
    made = Contact.objects.get(email="new@signer.example").person
    assert (made.name, made.user) == ("New Colleague", None)
    assert SigningRequest.objects.of(made).get().passed_from == asked
    assert Delegation.objects.get().to_person == made


def test_who_was_only_told_may_object(out):
    for body in (out.county.council, out.county.police):
        world.sign(out, body)
    slot = out.slot(out.county.council)
    told = make_notice(slot, today() + timedelta(days=5))
    client = rooms.come_in(out, out.county.council)
    page = rooms.words(client.get(f"/sign/{told.pk}/"))
    assert "your organisation" not in page
    assert f"object until {words(told.object_by)}" in page
    assert "Continue to sign" not in page
    assert "Say why you object." in rooms.words(client.post(f"/sign/{told.pk}/object/", {}))
    answer = client.post(f"/sign/{told.pk}/object/", {"reason": "It touches us."})
    said = rooms.words(client.get(answer["Location"]))
    assert "You objected" in said
    assert "1 more waits for you" in said


def test_the_day_for_objecting_passes(out):
    world.sign(out, out.county.council)
    told = make_notice(out.slot(out.county.council), today() - timedelta(days=1))
    client = rooms.come_in(out, out.county.council)
    assert "Object to the change" not in rooms.words(client.get(f"/sign/{told.pk}/"))
    answer = client.post(f"/sign/{told.pk}/object/", {"reason": "Late."})
    assert answer.status_code == 422
    assert "You could object until" in rooms.words(answer)


def test_a_signature_is_taken_back_with_a_reason(out, council, asked):
    council.post(f"/sign/{asked.pk}/confirm/", rooms.tick(out))
    tray = rooms.words(council.get("/sign/"))
    assert "What you signed" in tray
    assert "Receipt" in tray
    path = f"/sign/slots/{asked.slot_id}/withdraw/"
    assert "Say why you take your signature back." in rooms.words(council.post(path, {}))
    answer = council.post(path, {"reason": "Signed the wrong one."}, follow=True)
    assert "Your signature is taken back." in rooms.words(answer)
    assert [row.kind for row in Signature.objects.all()] == ["signed", "withdrawn"]
    assert council.post(path, {"reason": "Again."}).status_code == 409
    assert council.get(f"/sign/slots/{out.slot(out.county.police).pk}/withdraw/").status_code == 404


def test_two_documents_wait_in_one_sitting(out):
    second = another(out)
    client = rooms.come_in(out, out.county.council)
    first = out.request(out.county.council)
    tray = rooms.words(client.get("/sign/"))
    assert tray.count("For you to sign") == 2
    client.post(f"/sign/{first.pk}/confirm/", rooms.tick(out))
    done = rooms.words(client.get(f"/sign/{first.pk}/done/"))
    assert "1 more waits for you" in done
    fresh = second.request(out.county.council)
    answer = client.post(f"/sign/{fresh.pk}/confirm/", rooms.tick(second))
    assert answer["Location"] == f"/sign/{fresh.pk}/done/"
    assert Signature.objects.count() == 2


def test_the_hash_of_one_document_signs_no_other(out):
    second = another(out)
    client = rooms.come_in(out, out.county.council)
    first = out.request(out.county.council)
    assert client.post(f"/sign/{first.pk}/confirm/", rooms.tick(second)).status_code == 409
    assert not Signature.objects.exists()


def test_somebody_signs_for_the_holder_for_a_while(out, council, asked):
    colleague = make.person("Dawn Deputy", email="dawn@signer.example")
    make.appoint(make.post(out.county.council, kind="caldicott_guardian"), colleague)
    empty = council.post("/sign/delegate/", {})
    assert "Choose who signs for you." in rooms.words(empty)
    facts = {"post": asked.slot.post_id, "to_person": colleague.pk, "starts_on": words(today()),
             "ends_on": words(today() - timedelta(days=1))}  # fmt: skip
    assert "not before the first day" in rooms.words(council.post("/sign/delegate/", facts))
    facts["ends_on"] = words(today() + timedelta(days=14))
    stranger = council.post("/sign/delegate/", {**facts, "to_person": make.person("Stranger").pk})
    assert stranger.status_code == 422
    answer = council.post("/sign/delegate/", facts, follow=True)
    assert "Dawn Deputy signs for you until" in rooms.words(answer)
    row = Delegation.objects.get()
    ended = council.post(f"/sign/delegations/{row.pk}/end/", follow=True)
    assert "no longer signs for you after today" in rooms.words(ended)
    row.refresh_from_db()
    assert row.ends_on == today()
    police = rooms.come_in(out, out.county.police)
    assert police.post(f"/sign/delegations/{row.pk}/end/").status_code == 404


def make_notice(slot, until) -> SigningRequest:
    """Somebody of a slot who was told of a version only, and may object until a day."""
    holder = slot.post.holders(today())[0].person
    with act(by=world.TEST, verb="signatures.asked", subject=slot.version):
        row = SigningRequest(slot=slot, person=holder, is_notice=True, object_by=until)
        row.save()
        signing.ask_due(slot.version)
    return row


def another(out) -> world.Signing:
    """A second agreement of the same bodies that is out as well."""
    county = out.county
    document = make.agreement(county.partnership, county.council, county.police, title="Second")
    for short in ("council", "police"):
        make.slot(document.newest, county.bodies[short], county.posts[short, "senior_officer"])
    version = signing.send(
        by=world.TEST, version=document.newest, round_=signing.Round(), despite="For a test."
    )
    return world.Signing(county, version)
