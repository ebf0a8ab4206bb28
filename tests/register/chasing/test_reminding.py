"""Reminders: by schedule, one message a person a day, ending the moment that they sign."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection, connections

from register.chasing import services
from register.core.dates import today
from register.documents.models import Document, Provenance
from register.ledger.acts import act
from register.notices.models import Notice
from register.signing import services as signing
from register.signing.models import RequestTrace
from tests import signing_world as world
from tests.register.chasing.entries import another

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as travelling:
        yield travelling


def reminders(address: str) -> list:
    return [
        each for each in world.mailed()
        if each.to == [address] and each.subject.startswith("Reminder")
    ]  # fmt: skip


def test_a_reminder_goes_a_week_after_asking_and_never_two_on_one_day(clock):
    out = world.out()
    another(out)
    another(out)
    clock.shift(timedelta(days=6))
    assert services.remind_all() == 0
    clock.shift(timedelta(days=1))
    assert services.remind_all() == 2
    assert services.remind_all() == 0
    (sent,) = reminders("council@signer.example")
    assert sent.subject == "Reminder: 3 documents wait for you"
    assert sent.body.count("for WY County Council") == 3
    assert sent.body.count("/sign/l/") == 1


def test_the_reminder_of_one_document_names_its_day_and_its_title(clock):
    out = world.out(signing.Round(sign_by=today() + timedelta(days=30)))
    clock.shift(timedelta(days=7))
    services.remind_all()
    (sent,) = reminders("council@signer.example")
    assert sent.subject == f"Reminder: sign by 1 July 2026: {out.version.title}"


def test_nobody_is_reminded_on_a_day_of_rest(clock):
    world.out(signing.Round(sign_by=today() + timedelta(days=12)))  # Saturday 13 June
    clock.shift(timedelta(days=12))
    assert services.remind_all() == 0
    clock.shift(timedelta(days=2))
    assert services.remind_all() == 2


def test_nobody_is_reminded_in_the_night(clock):
    world.out()
    clock.shift(timedelta(days=7, hours=-4))  # 6am in London
    assert services.remind_all() == 0
    clock.shift(timedelta(hours=1))
    assert services.remind_all() == 2


def test_after_signing_no_reminder_comes_until_the_deadline_and_a_month_on(clock):
    out = world.out(signing.Round(sign_by=today() + timedelta(days=21)))
    world.sign(out, out.county.council)
    for _ in range(60):
        clock.shift(timedelta(days=1))
        services.remind_all()
        world.mailed()
    assert not reminders("council@signer.example")
    assert len(reminders("police@signer.example")) >= 6
    last = [row.sent_at.date() for row in Notice.objects.filter(subject__startswith="Reminder")]
    assert max(last) <= MONDAY.date() + timedelta(days=51)


def test_a_reminder_that_waited_says_nothing_of_what_was_signed_meanwhile(clock):
    out, second = (first := world.out()), another(first)
    clock.shift(timedelta(days=7))
    services.remind_all()
    world.sign(out, out.county.council)
    (sent,) = reminders("council@signer.example")
    assert second.version.document.reference in sent.body
    assert f"({out.version.document.reference})" not in sent.body
    assert "waits for you" in sent.subject


def test_a_reminder_that_waited_until_all_was_signed_is_not_sent(clock):
    out = world.out()
    clock.shift(timedelta(days=7))
    services.remind_all()
    world.sign(out, out.county.council)
    assert not reminders("council@signer.example")
    kept = Notice.objects.get(to="council@signer.example", subject__startswith="Reminder")
    assert kept.failure == Notice.NOT_NEEDED
    assert not kept.is_bounced


def test_reminding_by_hand_counts_as_the_reminder_of_the_day(clock):
    out = world.out()
    clock.shift(timedelta(days=7))
    rows = [out.request(out.county.council)]
    assert signing.remind(by=out.county.users["office"], requests=rows) == 1
    assert signing.remind(by=out.county.users["office"], requests=rows) == 0
    assert services.remind_all() == 1  # the police alone
    assert RequestTrace.objects.get(request=rows[0]).reminders == 1


def test_nothing_is_mailed_of_an_imported_entry_until_an_officer_releases_it(clock):
    out = world.out()
    document = Document.objects.get(pk=out.version.document_id)
    with act(by=world.TEST, verb="document.imported", subject=document):
        document.provenance = Provenance.IMPORTED
        document.save()
    clock.shift(timedelta(days=7))
    assert services.remind_all() == 0
    with act(by=world.TEST, verb="document.released", subject=document):
        document.released_at = MONDAY
        document.save()
    assert services.remind_all() == 2


def test_whoever_is_only_told_that_a_signature_carried_over_is_not_reminded(clock):
    out = world.out()
    request = out.request(out.county.council)
    with act(by=world.TEST, verb="request.changed", subject=request):
        request.is_notice = True
        request.save()
    clock.shift(timedelta(days=7))
    services.remind_all()
    assert not reminders("council@signer.example")
    assert len(mail.outbox) > 0


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share one SQLite in memory")
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_each_person_once():
    with time_machine.travel(MONDAY, tick=False):
        world.out()
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        try:
            services.remind_all()
        finally:
            connections.close_all()

    with time_machine.travel(MONDAY + timedelta(days=7), tick=False):
        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert Notice.objects.filter(subject__startswith="Reminder").count() == 2
    assert set(RequestTrace.objects.values_list("reminders", flat=True)) == {1}
