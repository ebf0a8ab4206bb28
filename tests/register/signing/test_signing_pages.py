"""Recording on paper through the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from register.core.dates import add_months, today, words
from register.documents.lifecycle import State
from register.documents.models import Version
from register.signing.models import Signature, Slot
from tests import county as counties
from tests import make_documents as make

pytestmark = pytest.mark.django_db
PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f"
    b"\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00"
    b"\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def county():
    return counties.found(add_months(today(), -13))


@pytest.fixture
def sent(county):
    document = make.agreement(county.partnership, county.council, county.police)
    return make.walk(document.newest, State.SIGNING)


@pytest.fixture
def office(client, county):
    client.force_login(county.users["office"])
    return client


def address(name, slot):
    return reverse(f"signing:{name}", args=[slot.version.document.reference, slot.pk])


def paper(slot, **said):
    holder = slot.post.holders(today())[0].person
    return {"person": holder.pk, "signed_on": words(today()), "on_behalf_of": "",
            "text_sha256": "", **said}  # fmt: skip


def test_the_last_paper_brings_it_into_force(office, sent):
    *first, last = sent.slots.standing()
    for slot in first:
        assert office.post(address("sign", slot), paper(slot)).status_code == 302
    assert Version.objects.get(pk=sent.pk).state == State.SIGNING
    scan = SimpleUploadedFile("paper.png", PICTURE)
    digest = sent.body_sha256[:12]
    answer = office.post(address("sign", last), paper(last, scan=scan, text_sha256=digest))
    assert answer.url == sent.document.get_absolute_url()
    assert Version.objects.get(pk=sent.pk).state == State.IN_FORCE
    row = last.newest_row
    assert (row.kind, row.body_sha256) == ("on_paper", sent.body_sha256)
    scanned = reverse("signing:scan", args=[sent.document.reference, last.pk, row.pk])
    assert office.get(scanned).content == PICTURE
    assert "4 of 4 signed." in office.get(answer.url).content.decode()


def test_pressing_twice_signs_once(office, sent):
    slot = sent.slots.first()
    assert office.post(address("sign", slot), paper(slot)).status_code == 302
    again = office.post(address("sign", slot), paper(slot))
    assert again.status_code == 409
    assert "has signed here already" in again.content.decode()
    assert Signature.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "words_"),
    [
        ({"signed_on": "1 1 2099"}, "not after today"),
        ({"signed_on": "1 1 2001"}, "when this version was issued"),
        ({"signed_on": "30 2 2026"}, "Enter a date such as"),
        ({"signed_on": ""}, "Enter"),
        ({"person": ""}, "Choose who signed."),
        ({"text_sha256": "abc"}, "Enter the whole code"),
        ({"text_sha256": "0" * 12}, "not the code of this version"),
    ],
)
def test_what_cannot_be_on_the_paper_is_refused(office, sent, said, words_):
    slot = sent.slots.first()
    answer = office.post(address("sign", slot), paper(slot, **said))
    assert answer.status_code == 422
    assert words_ in answer.content.decode()
    assert not Signature.objects.exists()


def test_nobody_signs_for_another_organisation(office, county, sent):
    slot = sent.slots.get(organisation=county.council, post__kind="senior_officer")
    other = county.people["police_senior_officer"]
    answer = office.post(address("sign", slot), paper(slot, person=other.pk))
    assert answer.status_code == 422
    assert not Signature.objects.exists()


def test_a_refusal_is_kept_with_ground_and_reason_and_may_be_followed_by_a_signature(office, sent):
    slot = sent.slots.first()
    said = {"person_name": "Ann", "refused_on": words(today()), "reason_class": "", "reason": "No."}
    assert office.post(address("refuse", slot), said).status_code == 422
    said["reason_class"] = "ethical"
    assert office.post(address("refuse", slot), said).status_code == 302
    page = office.get(sent.document.get_absolute_url()).content.decode()
    assert "Refused by WY County Council." in page
    assert "Ethical: No." in page
    assert office.post(address("sign", slot), paper(slot)).status_code == 302
    assert [row.kind for row in slot.signatures.all()] == ["refused", "on_paper"]


def test_a_withdrawal_leaves_the_signature_and_opens_the_slot(office, sent):
    slot = sent.slots.first()
    assert office.get(address("withdraw", slot)).status_code == 409
    office.post(address("sign", slot), paper(slot))
    said = {"withdrawn_on": words(today()), "reason": "Changed my mind."}
    assert office.post(address("withdraw", slot), said).status_code == 302
    assert [row.kind for row in slot.signatures.all()] == ["on_paper", "withdrawn"]
    assert slot.pk in sent.slots.open().values_list("pk", flat=True)


def test_voiding_the_last_open_slot_brings_it_into_force(office, sent):
    *first, last = sent.slots.standing()
    for slot in first:
        make.sign(slot)
    assert office.post(address("void", last), {"reason": ""}).status_code == 422
    assert office.post(address("void", last), {"reason": "Post abolished."}).status_code == 302
    assert Version.objects.get(pk=sent.pk).state == State.IN_FORCE
    assert office.get(address("sign", last)).status_code == 409


def test_slots_of_a_draft_are_proposed_added_and_voided(office, county):
    document = make.agreement(county.partnership, county.council, county.police)
    slots = reverse("signing:slots", args=[document.reference])
    assert "Add a place to sign for WY Police." in office.get(slots).content.decode()
    office.get(reverse("signing:propose", args=[document.reference]))
    assert not Slot.objects.exists()
    office.post(reverse("signing:propose", args=[document.reference]))
    office.post(reverse("signing:propose", args=[document.reference]))
    assert Slot.objects.count() == 4
    add = reverse("signing:add", args=[document.reference])
    post = county.posts["police", "chief_executive"]
    assert office.post(add, {"post": post.pk}).status_code == 302
    assert office.post(add, {"post": post.pk}).status_code == 422
    assert not Slot.objects.get(post=post).is_required
    stranger = county.posts["trust", "chief_executive"]
    assert office.post(add, {"post": stranger.pk}).status_code == 422


def test_a_stranger_finds_no_slot_and_a_partner_records_nothing(client, county, sent):
    slot = sent.slots.first()
    other = counties.found(add_months(today(), -13), prefix="XY", name="Another partnership")
    client.force_login(other.users["office"])
    for name in ("slot", "sign", "refuse", "withdraw", "void"):
        assert client.get(address(name, slot)).status_code == 404
        assert client.post(address(name, slot)).status_code in (404, 405)
    client.force_login(county.users["police_manager"])
    assert client.get(address("slot", slot)).status_code == 200
    for name in ("sign", "refuse", "withdraw", "void"):
        assert client.get(address(name, slot)).status_code == 403
        assert client.post(address(name, slot), paper(slot)).status_code == 403
    assert not Signature.objects.exists()
