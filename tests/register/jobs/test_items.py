"""What fails at one thing is noted, tried again ever later, given up in the end, and stops no other."""

from datetime import timedelta
from pathlib import Path

import pytest

from register.core.dates import now, pretend
from register.jobs import items, stopping, worker
from register.jobs.items import TRIES, WAITS, attempt, each, each_batch
from register.jobs.jobs import forget_gone_work
from register.jobs.models import FailedItem, Run
from register.jobs.registry import DAILY, Job, jobs
from register.jobs.services import try_again

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


class Faulty:
    """Does numbers, but for those that are broken."""

    def __init__(self, *broken: int):
        self.broken, self.done = set(broken), []

    def __call__(self, number: int) -> bool:
        if number in self.broken:
            raise RuntimeError(f"{number} is broken.")
        self.done.append(number)
        return True

    def many(self, numbers: list[int]) -> None:
        if self.broken & set(numbers):
            raise RuntimeError("One of them is broken.")
        self.done += numbers

    def run(self, *numbers: int) -> int:
        return each("count", numbers, self, key=lambda number: f"number {number}")


def test_a_failing_item_stops_no_other_and_says_why():
    do = Faulty(2)

    assert do.run(1, 2, 3) == 2

    assert do.done == [1, 3]
    row = FailedItem.objects.get()
    assert (row.job, row.key, row.tries) == ("count", "number 2", 1)
    assert row.failure == "RuntimeError: 2 is broken."
    assert row.next_at > now()


def test_a_failed_item_waits_for_its_next_try_and_is_forgotten_when_done():
    do = Faulty(2)
    do.run(2)
    do.broken.clear()

    assert do.run(2) == 0
    with pretend(now() + timedelta(minutes=WAITS[0] + 1)):
        assert do.run(2) == 1
    assert not FailedItem.objects.exists()


def test_each_try_waits_longer_and_after_the_last_it_is_given_up():
    do, at, waits = Faulty(2), now(), []
    for _ in range(TRIES + 3):
        with pretend(at):
            do.run(2)
        row = FailedItem.objects.get()
        if row.given_up_at:
            break
        waits.append(row.next_at - at)
        at = row.next_at

    assert waits == sorted(waits)
    assert row.tries == TRIES
    with pretend(at + timedelta(days=400)):
        assert do.run(2) == 0
        assert FailedItem.objects.get().tries == TRIES


def test_what_was_given_up_is_tried_when_the_office_says_so():
    do = Faulty()
    FailedItem.objects.create(
        job="count", key="number 2", tries=TRIES, failed_at=now(), next_at=now(), given_up_at=now()
    )
    assert do.run(2) == 0

    assert try_again(items=FailedItem.objects.all()) == 1

    assert do.run(2) == 1


def test_what_is_not_due_any_more_is_forgotten():
    do = Faulty(2)
    do.run(1, 2)

    do.run(1)

    assert not FailedItem.objects.exists()


def test_a_failing_batch_is_done_one_by_one():
    do = Faulty(4)

    done = each_batch("count", [1, 2, 3, 4, 5], do.many, size=3, named="number")

    assert done == 4
    assert do.done == [1, 2, 3, 5]
    assert FailedItem.objects.get().key == "number 4"
    assert each_batch("count", [4, 6], do.many, size=3, named="number") == 1


def test_a_claimed_item_that_fails_is_noted_and_forgotten_when_it_succeeds():
    def fail():
        raise ValueError("No.")

    assert attempt("prints", "print 7", fail, partnership=3) == 0
    assert FailedItem.objects.get().partnership == 3
    assert attempt("prints", "print 7", lambda: None) == 1
    assert not FailedItem.objects.exists()


def test_a_worker_asked_to_stop_ends_after_the_item_in_hand():
    do = Faulty()

    def stop(number: int) -> bool:
        stopping.ask_to_stop()
        return do(number)

    try:
        each("count", [1, 2, 3], stop, key=str)
    finally:
        stopping.go_on()

    assert do.done == [1]


def test_daily_work_runs_again_on_the_same_day_for_what_failed_and_not_before_its_time():
    do = Faulty(2)
    job = Job("count", DAILY, lambda: do.run(2))
    worker.go_round([job])
    do.broken.clear()

    with pretend(now() + timedelta(minutes=WAITS[0] - 1)):
        worker.go_round([job])
        assert do.done == []
    with pretend(now() + timedelta(minutes=WAITS[0] + 1)):
        worker.go_round([job])
        assert do.done == [2]
    assert Run.objects.get().failures == 0


def test_failures_of_work_that_is_no_more_are_forgotten():
    for job in ("law", "work of the year before"):
        FailedItem.objects.create(job=job, key="row 1", failed_at=now(), next_at=now())

    forget_gone_work()

    assert FailedItem.objects.get().job == "law"


def test_every_failure_is_noted_under_the_name_of_its_work():
    """A name that is no job's would never be tried again."""
    known = {job.name for job in jobs()}
    names = set()
    for path in [*ROOT.glob("register/**/*.py"), *ROOT.glob("agreements/**/*.py")]:
        if path != Path(items.__file__):
            names |= _named(path.read_text())

    assert {"remind_signatories", "rules", "prints"} <= names
    assert names <= known


def _named(text: str) -> set[str]:
    found = set()
    for call in (" each(", " each_batch(", "attempt("):
        for rest in text.split(call)[1:]:
            if rest.lstrip().startswith('"'):
                found.add(rest.lstrip().split('"')[1])
    return found
