"""The worker runs what is due, notes how it ended, and is not stopped by a failure."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError

from register.core.dates import now
from register.jobs import stopping, worker
from register.jobs.models import Run
from register.jobs.registry import DAILY, Job, jobs
from tests import tables

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _nobody_stops():
    stopping.go_on()
    yield
    stopping.go_on()


def job(name="count", run=lambda: 1, every=60) -> Job:
    return Job(name, every, run)


def due(one: Job) -> bool:
    return Run.objects.filter(worker.is_due(one), job=one.name).exists()


def test_every_job_has_its_own_name():
    names = [one.name for one in jobs()]

    assert "send_messages" in names
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_a_run_is_noted_with_what_it_did():
    assert worker.go_round([job(run=lambda: 7)]) == 0

    noted = Run.objects.get(job="count")
    assert noted.done == 7
    assert noted.failure == ""
    assert noted.ended_at >= noted.started_at


@pytest.mark.django_db
def test_a_failing_job_stops_no_other_and_its_failure_is_kept():
    def fail() -> int:
        raise RuntimeError("The printer is on fire.")

    failed = worker.go_round([job("bad", fail), job("good", lambda: 2)])

    assert failed == 1
    assert "on fire" in Run.objects.get(job="bad").failure
    assert Run.objects.get(job="good").done == 2


@pytest.mark.django_db
def test_a_job_that_loses_the_database_stops_no_other():
    def fail() -> int:
        raise OperationalError("server closed the connection")

    assert worker.go_round([job("bad", fail), job("good", lambda: 2)]) == 1
    assert Run.objects.get(job="good").done == 2


@pytest.mark.django_db
def test_a_job_is_due_again_after_its_time():
    one = job(every=60)
    Run.objects.create(job="count", started_at=now() - timedelta(seconds=30), ended_at=now())
    assert not due(one)

    Run.objects.update(started_at=now() - timedelta(seconds=61))
    assert due(one)


@pytest.mark.django_db
def test_a_daily_job_is_due_on_the_first_occasion_of_the_next_day():
    one = job(every=DAILY)
    Run.objects.create(job="count", started_at=now(), ended_at=now())
    assert not due(one)

    Run.objects.update(started_at=worker._midnight() - timedelta(minutes=1))
    assert due(one)


@pytest.mark.django_db
def test_a_daily_job_that_failed_is_tried_again_the_same_day():
    one = job(every=DAILY)
    long_ago = max(now() - timedelta(minutes=20), worker._midnight())
    Run.objects.create(job="count", started_at=long_ago, ended_at=now(), failure="No.")

    assert due(one) == (now() - long_ago > worker.RETRY_FAILED_AFTER)


@pytest.mark.django_db
def test_only_one_worker_looks_for_a_job_that_is_due():
    one = job(every=60)

    assert worker._is_mine(one, is_wanted=False)
    assert not worker._is_mine(one, is_wanted=False)


@pytest.mark.django_db
def test_a_worker_asked_to_stop_begins_nothing_more():
    ran = []

    def stop() -> int:
        ran.append("first")
        stopping.ask_to_stop()
        return 1

    worker.go_round([job("first", stop), job("second", lambda: ran.append("second") or 1)])

    assert ran == ["first"]


@pytest.mark.own_servers
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_says_that_it_is_alive_and_term_and_ctrl_c_end_it_cleanly(number, tmp_path):
    environment = {**os.environ, "REGISTER_MODE": "test", "DATA_DIR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    manage = [sys.executable, str(ROOT / "manage.py")]
    tables.copy_to(tmp_path)
    subprocess.run([*manage, "migrate"], env=environment, check=True, capture_output=True)
    process = subprocess.Popen(
        [*manage, "work"], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert "runs" in process.stdout.readline()
    assert heartbeats(tmp_path, at_least=1) == 1

    process.send_signal(number)

    assert process.wait(timeout=20) == 0
    assert "Worker ended." in process.stdout.read()
    assert heartbeats(tmp_path) == 0


def heartbeats(folder: Path, at_least: int = 0) -> int:
    """How many workers say that they are alive, after waiting for some to say so."""
    for _ in range(100):
        with closing(sqlite3.connect(folder / "register.sqlite3")) as database:
            found = database.execute("SELECT count(*) FROM jobs_heartbeat").fetchone()[0]
        if found >= at_least:
            break
        time.sleep(0.1)
    return found
