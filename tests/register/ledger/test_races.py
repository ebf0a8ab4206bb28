"""Many acts at once still make one chain."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from register.directory.models import Organisation
from register.ledger.models import Entry, Head
from register.ledger.verify import verify
from tests.register.ledger.sample import body, edit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _on_postgresql_only():
    if connection.vendor != "postgresql":
        pytest.skip("Writers of SQLite take turns")


def at_once(count: int, work) -> list:
    """Run the work in as many threads, let go at the same moment."""
    barrier = Barrier(count)

    def run(number: int):
        barrier.wait()
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def test_the_very_first_acts_may_come_at_once():
    at_once(8, lambda number: body(f"Body {number}"))
    assert Head.objects.count() == 1
    assert sorted(Entry.objects.values_list("number", flat=True)) == list(range(1, 9))
    assert verify().rows == 8


def test_acts_on_different_records_wait_for_each_other_at_the_end_only():
    rows = [body(f"Body {number}") for number in range(8)]

    def work(number):
        for kind in ("a", "b", "c", "d"):
            edit(rows[number], kind=kind)

    at_once(8, work)
    report = verify()
    assert (report.entries, report.changes) == (40, 40)
    assert set(Organisation.objects.values_list("kind", flat=True)) == {"d"}


def test_verification_reads_one_moment_while_others_write():
    rows = [body(f"Body {number}") for number in range(3)]

    def work(number):
        if number == 0:
            return [verify().entries for _ in range(5)]
        for turn in range(10):
            edit(rows[number], kind=str(turn))
        return []

    seen = at_once(3, work)[0]
    assert seen == sorted(seen)
    assert verify().entries == 23
