"""Requests and reminders as a real mail server gets them, also when it was down for an hour."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from register.chasing import services
from register.core.dates import today, words
from register.directory.services.people import change_contact
from register.notices import jobs
from register.signing import services as signing
from register.signing.models import SignLink
from register.tasks.models import Task
from tests import signing_world as world
from tests.register.chasing.entries import another

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)
LONGEST_BYTES = 30_000


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as travelling:
        yield travelling


def links(text: str) -> set[str]:
    return set(re.findall(r"https?://\S+?(?=[\s\"<]|$)", text))


def test_the_request_arrives_with_deadline_title_officer_and_one_link(server, clock):
    out = world.out(signing.Round(sign_by=today() + timedelta(days=30)))
    office = out.county.users["office"].person
    change_contact(
        by=world.TEST, person=office, row_version=office.contact.row_version,
        email="office@test.example", phone="01632 960 100",
    )  # fmt: skip
    request = out.request(out.county.council)
    signing.cancel(by=world.TEST, request=request, reason="Asked again for the test.")
    signing.ask_again(by=world.TEST, slot=request.slot, person=request.person)
    jobs.send()

    (arrived,) = server.to("council@signer.example")
    message, plain, html = arrived.message, arrived.part("plain"), arrived.part("html")
    assert message["Subject"] == f"Sign by {words(out.version.round.sign_by)}: {out.version.title}"
    assert message["Reply-To"] == "office@test.example"
    assert len(arrived.raw) < LONGEST_BYTES
    for part in (plain, html):
        assert office.name in part
        assert "01632 960 100" in part
        assert len(links(part)) == 1
    assert links(plain) == links(html)
    assert "<img" not in html
    assert "[[secret]]" not in plain + html
    assert SignLink.objects.count() == 2


def test_a_server_that_is_down_for_an_hour_holds_nobody_up_and_doubles_nothing(server, clock):
    server.stop()
    out = world.out(signing.Round(sign_by=today() + timedelta(days=30)))
    second = another(out)
    for _ in range(6):
        assert jobs.send() == 0
        clock.shift(timedelta(minutes=10))
    world.sign(out, out.county.council)
    server.start()
    jobs.send()
    jobs.send()

    subjects = [each.message["Subject"] for each in server.to("council@signer.example")]
    assert len(subjects) == 2  # the request that was answered meanwhile is asked no more
    assert any(second.version.title in subject for subject in subjects)
    assert sum("signed" in subject.lower() for subject in subjects) == 1
    assert len(server.to("police@signer.example")) == 2


def test_a_mailbox_that_is_not_is_a_bounce_for_the_officer_while_the_others_arrive(server):
    server.refused["council@signer.example"] = (550, "No such mailbox")
    out = world.out()
    jobs.send()
    assert services.tell_of_bounces() == 1
    jobs.send()

    assert server.to("police@signer.example")
    (told,) = server.to("office@test.example")
    assert "did not arrive" in told.message["Subject"]
    assert "550 No such mailbox" in told.part("plain")
    assert Task.objects.open().count() == 1
    assert out.request(out.county.council).is_open


def test_the_receipt_says_what_was_signed_and_by_whom(server):
    out = world.out()
    row = world.sign(out, out.county.council)
    jobs.send()

    receipt = server.to("council@signer.example")[-1]
    assert row.person_name in receipt.part("plain")
    assert out.version.title in receipt.part("plain")
    assert len(receipt.raw) < LONGEST_BYTES
