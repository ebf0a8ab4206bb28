"""Test messages: to whom they go, who confirmed, and that opening the link says nothing."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from register.chasing import services
from register.chasing.models import ReachMail, ReachTest
from register.chasing.recipients import recipients_of
from register.core.dates import now
from register.directory.services.people import change_contact
from register.notices.models import Notice
from tests import county as counties
from tests import make
from tests import signing_world as world

pytestmark = pytest.mark.django_db


@pytest.fixture
def out():
    return world.out()


def link(address: str) -> str:
    (sent,) = [each for each in world.mailed() if each.to == [address] and "Test" in each.subject]
    return re.search(r"/reached/\S+/", sent.body).group()


def test_the_office_reaches_everybody_who_signs_and_sees_who_has_no_address(out, as_user):
    people = recipients_of(out.county.users["office"], out.county.partnership)
    names = {each.person.name for each in people}
    assert "Council Senior Officer" in names
    assert {each.address for each in people} == {
        "", "council@signer.example", "police@signer.example",
    }  # fmt: skip
    page = as_user(out.county.users["office"]).get(reverse("chasing:reach")).content.decode()
    assert "Send a test message to 2 people" in page
    assert f"No e-mail address on record: {len(people) - 2}" in page


def test_an_officer_of_a_body_reaches_its_own_people(out):
    people = recipients_of(out.county.users["council_officer"], out.county.partnership)
    assert {each.person.name.split()[0] for each in people} == {"Council"}


def test_opening_the_link_says_nothing_and_the_button_confirms_once(out):
    test = services.start_test(by=out.county.users["office"], partnership=out.county.partnership)
    assert test.people_count == 2
    address, browser = link("council@signer.example"), Client()
    page = browser.get(address).content.decode()
    assert "Yes, this reached me" in page
    assert not ReachMail.objects.filter(confirmed_at__isnull=False).exists()
    assert "reached you" in browser.post(address).content.decode()
    first = ReachMail.objects.get(confirmed_at__isnull=False)
    browser.post(address)
    assert ReachMail.objects.get(confirmed_at__isnull=False).confirmed_at == first.confirmed_at
    assert first.token_sha256 not in address


def test_a_link_of_nobody_is_dead(out):
    browser = Client()
    address = reverse("chasing:reached", args=["x" * 43])
    assert browser.get(address).status_code == 410
    assert browser.post(address).status_code == 410


def test_the_list_says_who_never_confirmed_and_whom_it_did_not_reach(out, as_user):
    office = as_user(out.county.users["office"])
    answer = office.post(reverse("chasing:test_reach"), {"partnership": out.county.partnership.pk})
    test = ReachTest.objects.get()
    assert answer.url == reverse("chasing:reach_test", args=[test.pk])
    page = office.get(answer.url).content.decode()
    assert "Never confirmed (2)" in page
    Notice.objects.filter(to="police@signer.example", key__startswith="reach-test").update(
        given_up_at=now(), failure="SMTPRecipientsRefused: 550 No such mailbox"
    )
    Client().post(link("council@signer.example"))
    page = office.get(answer.url).content.decode()
    assert "Did not arrive (1)" in page
    assert "Confirmed (1)" in page
    assert "550 No such mailbox" in page


def test_nobody_sends_two_within_an_hour(out, as_user):
    office = out.county.users["office"]
    services.start_test(by=office, partnership=out.county.partnership)
    with pytest.raises(ValidationError, match="Wait an hour"):
        services.start_test(by=make.fresh(office), partnership=out.county.partnership)
    answer = as_user(office).post(
        reverse("chasing:test_reach"), {"partnership": out.county.partnership.pk}
    )
    assert answer.status_code == 422
    assert "Wait an hour" in answer.content.decode()


def test_others_neither_send_nor_read_a_test(out, as_user):
    other = counties.found(make.since(), prefix="NO", name="Northmere partnership")
    test = services.start_test(by=out.county.users["office"], partnership=out.county.partnership)
    address = reverse("chasing:reach_test", args=[test.pk])
    for user in (other.users["office"], out.county.users["council_officer"]):
        assert as_user(user).get(address).status_code == 404
    with pytest.raises(PermissionDenied, match="may send test messages"):
        services.start_test(by=other.users["office"], partnership=out.county.partnership)
    manager = as_user(out.county.users["council_manager"])
    assert manager.get(reverse("chasing:reach")).status_code == 403
    assert manager.post(reverse("chasing:test_reach")).status_code == 403


def test_the_list_takes_the_same_statements_for_two_people_and_for_many(out, as_user):
    office = out.county.users["office"]
    test = services.start_test(by=office, partnership=out.county.partnership)
    browser = as_user(office)
    address = reverse("chasing:reach_test", args=[test.pk])

    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            assert browser.get(address).status_code == 200
        return len(found)

    browser.get(address)
    two = statements()
    for place in range(8):
        someone = make.person()
        change_contact(by=world.TEST, person=someone, row_version=0, email=f"p{place}@x.example")
        ReachMail.objects.create(test=test, person=someone, notice=Notice.objects.first())
    assert statements() == two
