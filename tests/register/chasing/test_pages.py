"""The signatories of an entry, who holds what up, and what is done there with one or many."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from register.core.dates import now, today, words
from register.directory.services import appointments, people
from register.directory.services.people import change_contact
from register.documents.models import Document
from register.documents.services.keeping_up import keep_up
from register.ledger.acts import act
from register.notices.models import Notice
from register.signing import services as signing
from register.signing.models import Closed, SigningRequest
from tests import signing_world as world
from tests.register.chasing.entries import another

pytestmark = pytest.mark.django_db
WAITING = "/signatures/"


@pytest.fixture
def out():
    return world.out(signing.Round(sign_by=today() + timedelta(days=20)))


@pytest.fixture
def office(out, as_user):
    return as_user(out.county.users["office"])


def tab(out) -> str:
    return reverse("chasing:signatories", args=[out.version.document.reference])


def test_the_tab_shows_each_place_with_person_status_and_next_reminder(out, office):
    world.sign(out, out.county.police)
    page = office.get(tab(out)).content.decode()
    assert "1 of 2" in page
    assert "Council Senior Officer" in page
    assert "Asked, not sent yet" in page
    assert "Remind now" in page
    assert "Record a signature on paper" in page
    assert tab(out) in office.get(out.version.document.get_absolute_url()).content.decode()


def test_who_only_reads_sees_the_tab_without_its_acts(out, as_user):
    page = as_user(out.county.users["police_manager"]).get(tab(out)).content.decode()
    assert "Council Senior Officer" in page
    assert "Remind now" not in page
    assert "may change it" in page


def test_one_is_reminded_from_its_row_and_everybody_by_ticks(out, office):
    council, police = out.request(out.county.council), out.request(out.county.police)
    answer = office.post("/signatures/chase/", {"only": council.pk, "next": tab(out)})
    assert answer.url == tab(out)
    assert "1 reminder is sent." in office.get(answer.url).content.decode()
    ticked = {"act": "remind", "request": [f"{council.pk}", f"{police.pk}"], "next": tab(out)}
    page = office.post("/signatures/chase/", ticked, follow=True).content.decode()
    assert "1 reminder is sent." in page
    assert "One person was not reminded: they had a reminder today" in page


def test_nobody_ticked_is_said_in_a_sentence(out, office):
    answer = office.post("/signatures/chase/", {"act": "remind"})
    assert answer.status_code == 422
    assert "Select somebody who is asked" in answer.content.decode()


def test_an_address_elsewhere_is_not_gone_back_to(out, office):
    said = {"only": out.request(out.county.council).pk, "next": "https://evil.example/"}
    assert office.post("/signatures/chase/", said).url == WAITING


def test_more_time_is_given_to_many_entries_at_once(out, office):
    second = another(out, signing.Round(sign_by=today() + timedelta(days=20)))
    keys = [out.request(out.county.council).pk, second.request(out.county.police).pk]
    answer = office.post("/signatures/chase/", {"act": "extend", "request": keys})
    day = today() + timedelta(days=40)
    page = office.get(answer.url).content.decode()
    assert "WY-A-0001 and WY-A-0002" in page
    wrong = office.post(answer.url, {"sign_by": words(today())})
    assert wrong.status_code == 422
    assert "Enter a day after today." in wrong.content.decode()
    assert office.post(answer.url, {"sign_by": words(day)}).url == WAITING
    assert {each.again().round.sign_by for each in (out, second)} == {day}


def test_the_day_of_one_entry_is_changed_and_two_officers_do_not_undo_each_other(out, office):
    address = reverse("chasing:day", args=[out.version.document.reference])
    assert words(out.again().round.sign_by) in office.get(address).content.decode()
    said = {"sign_by": words(today() + timedelta(days=50)), "row_version": "1"}
    assert office.post(address, said).url == tab(out)
    assert out.again().round.sign_by == today() + timedelta(days=50)
    assert office.post(address, said).status_code == 409


def test_many_are_cancelled_for_one_reason(out, office):
    rows = [out.request(out.county.council), out.request(out.county.police)]
    answer = office.post(
        "/signatures/chase/", {"act": "cancel", "request": ",".join(str(row.pk) for row in rows)}
    )
    assert "Cancel 2 requests to sign?" in office.get(answer.url).content.decode()
    assert office.post(answer.url, {"reason": ""}).status_code == 422
    assert office.post(answer.url, {"reason": "Wrong version."}).status_code == 302
    closed = SigningRequest.objects.filter(closed_as=Closed.CANCELLED)
    assert {row.close_reason for row in closed} == {"Wrong version."}
    assert closed.count() == 2


def test_somebody_else_is_asked_from_the_list_of_who_may_sign(out, office):
    request = out.request(out.county.council)
    deputy = people.add_person(by=world.TEST, name="Dee Deputy")
    change_contact(by=world.TEST, person=deputy, row_version=0, email="dee@signer.example")
    appointments.appoint_to_post(
        by=world.TEST, person=deputy, post=request.slot.post, capacity="deputy"
    )
    address = reverse("chasing:replace", args=[out.version.document.reference, request.pk])
    page = office.get(address).content.decode()
    assert "Dee Deputy" in page
    assert "Council Manager" not in page
    stranger = out.county.people["police_senior_officer"].pk
    assert office.post(address, {"person": stranger, "reason": "x"}).status_code == 422
    said = {"person": deputy.pk, "reason": "On leave."}
    assert office.post(address, said).url == tab(out)
    request.refresh_from_db()
    assert request.closed_as == Closed.REPLACED
    assert office.get(address).status_code == 409
    assert "Dee Deputy" in office.get(tab(out)).content.decode()


def test_one_more_is_asked_and_somebody_again_after_a_refusal(out, office):
    request = out.request(out.county.council)
    address = reverse("chasing:ask", args=[out.version.document.reference, request.slot_id])
    assert request.person.name not in office.get(address).content.decode()
    signing.refuse(
        by=world.signer(request.person), request=request, reason_class="legal", reason="No power."
    )
    page = office.get(tab(out)).content.decode()
    assert "Refused" in page
    assert "Ask again" in page
    assert office.post(address, {"person": request.person_id}).url == tab(out)
    assert out.request(out.county.council).person == request.person


def test_what_holds_things_up_is_listed_and_filtered(out, office):
    second = another(out)
    police, person = out.county.police, out.request(out.county.council).person

    def count(query: str) -> int:
        return office.get(f"{WAITING}{query}").context["page"].count

    assert count("") == 4
    assert count(f"?body={police.pk}") == 2
    assert count(f"?person={person.pk}") == 2
    assert count("?show=late") == count("?show=long") == count("?show=stuck") == 0
    request = second.request(police)
    signing.refuse(
        by=world.signer(request.person), request=request, reason_class="legal", reason="No."
    )
    Notice.objects.filter(to="council@signer.example", about="WY-A-0001").update(
        given_up_at=now(), failure="X: 550 no"
    )
    assert count("") == 3
    assert count("?show=stuck") == 2
    with act(by=world.TEST, verb="request.changed"):
        for row in SigningRequest.objects.filter(slot__version=out.version):
            row.asked_at = now() - timedelta(days=20)
            row.save()
    assert count("?show=long") == 2
    home = office.get("/").content.decode()
    assert "Waiting for signature more than 14 days (2)" in home
    assert "Refused, returned or did not arrive (2)" in home
    assert count("?show=odd&body=x&person=99999999999999999999") == 3


def test_restricted_entries_leave_no_trace_for_others(out, as_user):
    document = Document.objects.get(pk=out.version.document_id)
    with act(by=world.TEST, verb="document.changed", subject=document):
        document.lead = out.county.council
        document.is_restricted = True
        document.visibility = "named"
        document.save()
        keep_up([document.pk])
    county = out.county
    outsider = as_user(county.users["police_officer"])
    assert outsider.get(WAITING).context["page"].count == 0
    assert outsider.get(WAITING).context["people"] == []
    key = out.request(county.council).pk
    assert outsider.post("/signatures/chase/", {"only": key}).status_code == 422
    assert as_user(county.users["council_officer"]).get(WAITING).context["page"].count == 2


def test_nobody_chases_an_entry_that_they_do_not_keep(out, as_user):
    officer = as_user(out.county.users["police_officer"])
    request = out.request(out.county.council)
    assert officer.get(WAITING).context["page"].count == 0
    assert officer.post("/signatures/chase/", {"only": request.pk}).status_code == 403
    for name in ("extend", "cancel"):
        assert officer.get(f"/signatures/{name}/?request={request.pk}").status_code == 403
    reference = out.version.document.reference
    for address in (
        reverse("chasing:replace", args=[reference, request.pk]),
        reverse("chasing:ask", args=[reference, request.slot_id]),
    ):
        assert officer.get(address).status_code == 403
        assert officer.post(address).status_code == 403
    assert SigningRequest.objects.get(pk=request.pk).is_open


def test_pages_take_the_same_statements_however_much_waits(out, office):
    def statements(address: str) -> int:
        office.get(address)
        with CaptureQueriesContext(connection) as found:
            assert office.get(address).status_code == 200
        return len(found)

    addresses = [tab(out), WAITING, "/"]
    office.get("/")  # somebody who never came before is told of no changes
    another(out)
    before = [statements(address) for address in addresses]
    for _ in range(3):
        another(out)
    request = out.request(out.county.council)
    for place in range(3):
        someone = people.add_person(by=world.TEST, name=f"Person {place}")
        change_contact(by=world.TEST, person=someone, row_version=0, email=f"p{place}@x.example")
        appointments.appoint_to_post(
            by=world.TEST, person=someone, post=request.slot.post, capacity="shared"
        )
        signing.ask_again(by=world.TEST, slot=request.slot, person=someone)
    assert [statements(address) for address in addresses] == before
