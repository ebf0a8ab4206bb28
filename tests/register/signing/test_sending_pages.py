"""The page that sends a version out, and those of bodies that join, leave and want to be asked first."""

from datetime import timedelta

import pytest

from register.core.dates import add_months, today, words
from register.documents.lifecycle import State
from register.signing import services as signing
from register.signing.models import DesignatedOfficer, SigningRequest, SigningRound
from tests import county as counties
from tests import make_documents as make
from tests import signing_world as world

pytestmark = pytest.mark.django_db

SAID = {"order": "together", "on_missed": "tell", "despite": "Agreed by the board."}


@pytest.fixture
def county():
    return counties.found(add_months(today(), -13))


@pytest.fixture
def draft(county):
    return world.drafted(county)


@pytest.fixture
def office(client, county):
    client.force_login(county.users["office"])
    return client


def where(version) -> str:
    return f"/register/{version.document.reference}/draft/send/"


def people(version) -> dict[str, list[str]]:
    return {
        f"people_{each.slot.pk}": [str(person.pk) for person in each.people]
        for each in signing.proposed(version)
    }


def test_the_page_names_who_is_asked_and_shows_the_message(office, draft):
    page = office.get(where(draft)).content.decode()
    assert "Council Senior Officer" in page
    assert "Send to 2 signatories" in page
    assert "Office asks you to sign" in page
    assert "(a link of their own)" in page


def test_it_goes_out_with_its_day_its_message_and_its_copies(office, draft):
    day = today() + timedelta(days=21)
    said = {**SAID, **people(draft), "sign_by": words(day), "message": "Thank you.",
            "copies_to": "board@test.example\nclerk@test.example", "on_missed": "close"}  # fmt: skip
    answer = office.post(where(draft), said)
    assert answer.status_code == 302, answer.content.decode()
    found = SigningRound.objects.get()
    assert (found.sign_by, found.on_missed, found.message) == (day, "close", "Thank you.")
    assert found.copies_to.split() == ["board@test.example", "clerk@test.example"]
    assert found.officer.name == "Office"
    assert SigningRequest.objects.asked().count() == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sign_by": words(today())}, "Enter a day after today."),
        ({"on_missed": "close"}, "Enter the day on which what is open closes."),
        ({"copies_to": "nobody"}, "is not an e-mail address."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(office, draft, wrong, sentence):
    answer = office.post(where(draft), {**SAID, **people(draft), "message": "Kept.", **wrong})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Kept." in answer.content.decode()
    assert draft.document.newest.state == State.DRAFT
    assert not SigningRequest.objects.exists()


def test_somebody_who_may_not_sign_there_cannot_be_named(office, county, draft):
    each = signing.proposed(draft)[0]
    stranger = county.users["police_manager"].person
    said = {**SAID, **people(draft), f"people_{each.slot.pk}": [str(stranger.pk)]}
    answer = office.post(where(draft), said)
    assert answer.status_code == 422
    assert not SigningRequest.objects.exists()


def test_a_slot_with_nobody_ticked_is_signed_on_paper(office, draft):
    said = people(draft)
    office.post(where(draft), {**SAID, **dict([next(iter(said.items()))])})
    assert SigningRequest.objects.count() == 1
    assert draft.document.newest.slots.open().count() == 2


def test_as_many_statements_for_twelve_places_as_for_two(
    office, county, draft, django_assert_max_num_queries
):
    office.get(where(draft))
    with django_assert_max_num_queries(80) as few:
        office.get(where(draft))
    for short in ("council", "police"):
        for kind in ("chief_executive", "executive_lead", "operational_manager"):
            make.slot(draft, county.bodies[short], county.posts[short, kind])
    with django_assert_max_num_queries(len(few) + 2):
        office.get(where(draft))


def in_force(county):
    document = make.agreement(
        county.partnership, county.council, county.police, state=State.IN_FORCE
    )
    return document


def test_a_body_joins_without_the_others_signing_again(office, county):
    document = in_force(county)
    post = county.posts["trust", "senior_officer"]
    page = office.get(f"/register/{document.reference}/join/").content.decode()
    assert "WY Hospitals" in page
    assert f'value="{county.posts["council", "senior_officer"].pk}"' not in page
    answer = office.post(f"/register/{document.reference}/join/", {"post": post.pk})
    assert answer.status_code == 302
    request = SigningRequest.objects.get(slot__organisation=county.trust)
    signed = signing.sign(
        by=world.signer(request.person), request=request, confirmed=True,
        text_sha256=document.governing.body_sha256,
    )  # fmt: skip
    assert signed.counts
    assert document.governing.slots.open().count() == 0
    member = county.partnership.memberships.get(organisation=county.trust)
    assert document.readers.filter(membership=member).exists() or document.open_to_partners


def test_a_body_leaves_and_its_signature_stays_readable(office, county):
    document = in_force(county)
    said = {"organisation": county.police.pk, "on": words(today()), "reason": ""}
    refused = office.post(f"/register/{document.reference}/leave/", said)
    assert refused.status_code == 422
    said["reason"] = "It is dissolved."
    assert office.post(f"/register/{document.reference}/leave/", said).status_code == 302
    rows = document.governing.slots.filter(organisation=county.police)
    for slot in rows:
        assert list(slot.signatures.values_list("kind", flat=True)) == ["on_paper", "withdrawn"]


def test_nobody_joins_or_leaves_what_is_not_in_force(office, county, draft):
    for way in ("join", "leave"):
        answer = office.get(f"/register/{draft.document.reference}/{way}/")
        assert answer.status_code == 409
        assert "no signed version in force" in answer.content.decode()


def test_a_body_wants_its_requests_to_go_to_an_officer_first(client, county):
    post = county.posts["council", "senior_officer"]
    address = f"/organisations/{county.council.pk}/designated/"
    client.force_login(county.users["police_officer"])
    assert client.post(address, {"post": post.pk}).status_code in (403, 404)
    client.force_login(county.users["council_officer"])
    assert client.post(address, {"post": post.pk}).status_code == 302
    assert DesignatedOfficer.objects.get().post == post
    client.post(address, {"post": ""})
    assert DesignatedOfficer.objects.get().post is None
