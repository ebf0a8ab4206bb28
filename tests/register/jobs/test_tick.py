"""`manage.py tick` does what is due and nothing twice, at this or a pretended time."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from register.core.dates import LONDON, now, pretend, today
from register.jobs import worker
from register.jobs.management.commands import tick as command
from register.jobs.models import Heartbeat, Run
from register.jobs.registry import DAILY, Job
from register.notices.jobs import send
from register.notices.models import Notice
from register.notices.services import write

pytestmark = pytest.mark.django_db


class Noting:
    """Work that notes the day on which it ran."""

    def __init__(self, every: int = DAILY):
        self.days = []
        self.job = Job("note the day", every, self.run)

    def run(self) -> int:
        self.days.append(today())
        return 1


@pytest.fixture
def noting(monkeypatch):
    made = Noting()
    monkeypatch.setattr(command, "jobs", lambda: [made.job, Job("mail", 5, send)])
    return made


def tick(*args) -> str:
    out = StringIO()
    call_command("tick", *args, stdout=out)
    return out.getvalue()


def test_twice_on_a_day_does_daily_work_once(noting):
    tick()
    tick()

    assert noting.days == [today()]


def test_a_pretended_time_is_taken_for_now_in_london(noting):
    said = tick("--now", "2027-07-01T00:30")

    assert "1 July 2027 at 12:30am" in said
    assert noting.days == [datetime(2027, 7, 1).date()]
    assert Run.objects.get(job="note the day").started_at == datetime(
        2027, 6, 30, 23, 30, tzinfo=UTC
    )


def test_a_pretended_time_does_not_hold_up_the_real_one(noting):
    tick("--now", "2030-01-01T02:00")
    tick()

    assert len(noting.days) == 2


def test_three_days_of_silence_are_caught_up_with_one_run(noting):
    for day in ("2027-03-01T02:00", "2027-03-05T02:00", "2027-03-05T03:00"):
        tick("--now", day)

    assert [day.day for day in noting.days] == [1, 5]


def test_what_daily_work_writes_goes_out_in_the_same_tick(monkeypatch):
    def say() -> int:
        write(to="a@example.org", subject="Hello", text="Hello", key=f"hello:{today()}")
        return 1

    monkeypatch.setattr(command, "jobs", lambda: [Job("mail", 5, send), Job("say", DAILY, say)])
    tick()

    assert [message.subject for message in mail.outbox] == ["Hello"]


def test_a_message_overdue_for_days_is_sent_once(noting):
    write(to="a@example.org", subject="Hello", text="Hello", key="hello")
    Notice.objects.update(due_at=now() - timedelta(days=3))

    tick()
    tick()

    assert len(mail.outbox) == 1


def test_production_goes_by_its_own_clock(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="Production goes by its own clock: leave --now out"):
        tick("--now", "2027-03-01T02:00")


def test_what_is_no_time_is_refused_with_an_example():
    with pytest.raises(CommandError, match="write a day and a time, such as 2027-03-01T02:00"):
        tick("--now", "tomorrow")


def test_a_tick_that_fails_says_so_by_its_status(monkeypatch):
    def fail() -> int:
        raise RuntimeError("No.")

    monkeypatch.setattr(command, "jobs", lambda: [Job("bad", DAILY, fail)])
    with pytest.raises(SystemExit):
        tick()
    assert Run.objects.get(job="bad").failures == 1


def test_a_timer_is_heard_of_and_a_pretended_one_is_not(noting):
    tick("--now", "2027-03-01T02:00")
    assert not Heartbeat.objects.exists()

    tick()
    assert Heartbeat.objects.get().worker.endswith(":tick")


def test_failures_are_counted_until_a_run_ends_well():
    is_broken = True

    def run() -> int:
        if is_broken:
            raise RuntimeError("No.")
        return 4

    job = Job("sometimes", 1, run)
    for _ in range(3):
        worker.go_round([job], every=True)
    assert Run.objects.get().failures == 3
    assert Run.objects.get().succeeded_at is None

    is_broken = False
    worker.go_round([job], every=True)
    noted = Run.objects.get()
    assert (noted.failures, noted.failure, noted.done) == (0, "", 4)
    assert noted.succeeded_at is not None


@pytest.mark.parametrize(
    "instants",
    [
        # Summer time begins and ends: the hour that is not, and the hour that comes twice.
        ["2027-03-28T00:30+00:00", "2027-03-28T01:30+01:00", "2027-03-28T02:30+01:00"],
        ["2027-10-31T00:30+01:00", "2027-10-31T01:30+01:00", "2027-10-31T01:30+00:00"],
        # A day in London that is still the day before in UTC.
        ["2027-06-30T00:10+01:00", "2027-06-30T12:00+01:00", "2027-06-30T23:50+01:00"],
        ["2028-02-29T00:10+00:00", "2028-02-29T23:50+00:00"],
    ],
)
def test_daily_work_runs_once_on_a_day_in_london_whatever_the_clock_does(instants):
    noting = Noting()
    for said in instants:
        with pretend(datetime.fromisoformat(said)):
            worker.go_round([noting.job])
    assert len(noting.days) == 1

    last = datetime.fromisoformat(instants[-1]).astimezone(LONDON)
    with pretend(
        datetime(last.year, last.month, last.day, 0, 5, tzinfo=LONDON) + timedelta(days=1)
    ):
        worker.go_round([noting.job])
    assert len(noting.days) == 2


def test_hourly_work_goes_on_through_the_hour_that_comes_twice():
    noting = Noting(every=60 * 60)
    begin = datetime(2027, 10, 31, 0, 0, tzinfo=UTC)
    for quarter in range(12):
        with pretend(begin + quarter * timedelta(minutes=15, seconds=1)):
            worker.go_round([noting.job])

    assert len(noting.days) == 3


def test_a_clock_that_was_put_back_holds_nothing_up():
    noting = Noting(every=60)
    Run.objects.create(
        job="note the day", started_at=now() + timedelta(days=2), ended_at=now() + timedelta(days=2)
    )

    worker.go_round([noting.job])

    assert len(noting.days) == 1
