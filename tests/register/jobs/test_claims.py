"""Rows of due work are claimed by one worker each."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections

from register.core.dates import now
from register.jobs.claims import claim, claimed_one_by_one
from register.notices.jobs import waiting
from register.notices.models import Notice
from register.notices.services import write


def outbox(number: int) -> None:
    for place in range(number):
        write(to="a@example.org", subject="Hello", text="Hello", key=f"hello:{place}")


@pytest.mark.django_db
def test_a_claimed_row_is_not_claimed_again():
    outbox(3)

    first = claim(waiting(), limit=2, claimed_at=now())
    second = claim(waiting(), limit=2, claimed_at=now())

    assert len(first) == 2
    assert len(second) == 1
    assert {row.pk for row in first}.isdisjoint(row.pk for row in second)
    assert claim(waiting(), limit=2, claimed_at=now()) == []


@pytest.mark.django_db
def test_rows_are_claimed_in_the_order_of_the_question_and_carry_their_marks():
    outbox(3)
    at = now()

    rows = claim(waiting(), limit=3, claimed_at=at)

    assert [row.key for row in rows] == ["hello:0", "hello:1", "hello:2"]
    assert {row.claimed_at for row in rows} == {at}
    assert Notice.objects.filter(claimed_at=at).count() == 3


@pytest.mark.django_db
def test_a_row_of_a_worker_that_died_is_claimed_again_after_a_while():
    outbox(1)
    claim(waiting(), claimed_at=now() - timedelta(hours=1))

    assert len(claim(waiting(), claimed_at=now())) == 1


@pytest.mark.django_db
def test_items_are_claimed_one_after_the_other():
    outbox(3)
    done = []

    for row in claimed_one_by_one(waiting(), claimed_at=now()):
        assert Notice.objects.exclude(claimed_at=None).count() == len(done) + 1
        done.append(row.key)

    assert len(done) == 3


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share one SQLite in memory")
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_never_get_the_same_row():
    outbox(30)
    got: list[int] = []
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        try:
            while rows := claim(waiting(), limit=1, claimed_at=now()):
                got.append(rows[0].pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(got) == sorted(Notice.objects.values_list("pk", flat=True))
