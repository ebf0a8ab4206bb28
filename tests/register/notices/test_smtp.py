"""Messages as a real mail server gets them: once each, whatever happens to the server or the worker."""

import multiprocessing
import os
import signal
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, connections

from register.notices import jobs
from register.notices.models import Notice
from register.notices.services import write

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
ON_POSTGRESQL = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="processes share no SQLite in memory"
)


def outbox(number: int) -> None:
    for place in range(number):
        write(
            to=f"p{place}@example.org", subject=f"Sign {place}", text="Words\n.\n..two dots",
            html="<p>Words</p>", key=f"key:{place}", reply_to="office@example.org",
        )  # fmt: skip


@pytest.mark.django_db
def test_a_message_arrives_with_both_parts_and_its_headers(server):
    outbox(1)

    assert jobs.send() == 1
    (arrived,) = server.arrived
    message = arrived.message
    assert arrived.to == ["p0@example.org"]
    assert message["Subject"] == "Sign 0"
    assert message["Reply-To"] == "office@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    assert arrived.part("plain").strip() == "Words\n.\n..two dots"
    assert arrived.part("html").strip() == "<p>Words</p>"


@pytest.mark.django_db
def test_a_server_that_is_down_for_an_hour_delays_and_neither_loses_nor_doubles(server):
    with time_machine.travel(MORNING, tick=False) as clock:
        outbox(45)
        server.stop()
        for _ in range(12):
            assert jobs.send() == 0
            clock.shift(timedelta(minutes=5))
        assert not Notice.objects.exclude(tries=0).exists()
        assert "refused" in Notice.objects.first().failure
        server.start()

        assert jobs.send() == 45
        assert jobs.send() == 0
    assert sorted(each.to[0] for each in server.arrived) == sorted(
        f"p{place}@example.org" for place in range(45)
    )
    assert not Notice.objects.exclude(failure="").exists()


@pytest.mark.django_db
def test_a_server_that_is_away_for_a_week_loses_nothing(server):
    with time_machine.travel(MORNING, tick=False) as clock:
        outbox(1)
        server.stop()
        for _ in range(14):
            jobs.send()
            clock.shift(timedelta(hours=12))
        server.start()

        assert jobs.send() == 1


@pytest.mark.django_db
def test_one_mailbox_that_is_not_among_fifty_is_given_up_at_once_and_stops_no_other(server):
    server.refused["p7@example.org"] = (550, "No such mailbox")
    outbox(50)

    assert jobs.send() == 49
    bad = Notice.objects.get(to="p7@example.org")
    assert bad.is_bounced
    assert bad.failure_words == "550 No such mailbox"
    assert len(server.arrived) == 49


@pytest.mark.django_db
def test_a_mailbox_that_is_full_for_a_while_is_tried_again(server):
    server.refused["p0@example.org"] = (452, "Mailbox full")
    with time_machine.travel(MORNING, tick=False) as clock:
        outbox(1)
        assert jobs.send() == 0
        assert not Notice.objects.get().is_bounced
        server.refused.clear()
        clock.shift(timedelta(minutes=2))

        assert jobs.send() == 1
    assert len(server.arrived) == 1


@pytest.mark.django_db
def test_a_server_that_hangs_up_before_its_yes_gets_the_same_message_again_by_the_same_name(server):
    hung_up = []
    server.on_taken = lambda arrived: not hung_up and not hung_up.append(arrived)
    with time_machine.travel(MORNING, tick=False) as clock:
        outbox(2)
        assert jobs.send() == 1
        clock.shift(timedelta(minutes=2))
        assert jobs.send() == 1
    first, again = server.to("p0@example.org")
    assert first.message["Message-ID"] == again.message["Message-ID"]
    assert len(server.to("p1@example.org")) == 1


@ON_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_before_its_note_sends_again_under_the_same_name_and_loses_nothing(server):
    """At least once: no mail server lets a sender take back or ask again, so the name has to tell."""
    killed = []

    def kill(arrived) -> bool:
        if not killed:
            killed.append(worker.pid)
            os.kill(worker.pid, signal.SIGKILL)
            return True
        return False

    server.on_taken = kill
    outbox(3)
    connections.close_all()
    worker = multiprocessing.get_context("fork").Process(target=jobs.send)
    worker.start()
    worker.join(20)

    assert worker.exitcode == -signal.SIGKILL
    assert jobs.send() == 0  # in hand of a worker that may still live
    Notice.objects.update(claimed_at=jobs.now() - jobs.CLAIMED_FOR - timedelta(seconds=1))
    assert jobs.send() == 3
    names = [each.message["Message-ID"] for each in server.arrived]
    assert len(names) == 4
    assert len(set(names)) == 3


@ON_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_message_once(server):
    outbox(60)
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        try:
            jobs.send()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(server.arrived) == 60
    assert len({each.to[0] for each in server.arrived}) == 60
