"""The worker: looks for due work, runs it, and says that it is alive.

Any number of workers may run on any number of machines. Who looks for a kind of work next is
settled by a conditional update of its `Run`; who does an item, by the item's own claim.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, time, timedelta
from time import perf_counter

from django.db import Error, close_old_connections, connection, connections
from django.db.models import Exists, F, Q

from register.core.dates import LONDON, now, today
from register.jobs import stopping
from register.jobs.held import held_since
from register.jobs.items import due_again, told
from register.jobs.models import FailedItem, Heartbeat, Run
from register.jobs.registry import DAILY, Job
from register.ledger.counted import Statements
from register.ledger.logs import write_line
from register.ledger.open_acts import request_id

log = logging.getLogger(__name__)
HEARTBEAT_SECONDS = 5
PAUSE_SECONDS = 1
AWAY_PAUSE_SECONDS = 5
RETRY_FAILED_AFTER = timedelta(minutes=10)
RETRY_ITEMS_AFTER = timedelta(minutes=1)
TAKEN_FOR_DEAD_AFTER = timedelta(hours=1)
# Quick work is looked for a second time at the end of a tick: what the round wrote goes out in it.
QUICK_SECONDS = 60
TICK = "tick"


def work(jobs: list[Job], *, once: bool = False) -> int:
    """Run due jobs until asked to stop; with `once`, every job one time, due or not.

    Answers how many runs of jobs failed.
    """
    failed = 0
    with _heart(worker_name()):
        while True:
            is_away = False
            try:
                close_old_connections()
                failed += go_round(jobs, every=once)
            except Error as error:
                log.warning("The database is away: %s", error)
                connections.close_all()
                failed, is_away = failed + 1, True
            if once or stopping.is_stopping():
                return failed
            stopping.rest(AWAY_PAUSE_SECONDS if is_away else PAUSE_SECONDS)


def tick(jobs: list[Job]) -> int:
    """One round over all due work, and a second over what is quick; how many runs failed.

    Does nothing twice, however often and by however many it is called.
    """
    failed = go_round(jobs)
    quick = [job for job in jobs if job.every_seconds < QUICK_SECONDS]
    return failed + go_round(quick, every=True)


def go_round(jobs: list[Job], *, every: bool = False) -> int:
    """Run each job that is due, or every one; how many failed.

    A restored copy that nobody has released does only what its readers wait for. A failing job is
    noted and logged, and stops no other. Raises a database error when the database
    itself is away.
    """
    failed = 0
    if held_since():
        jobs = [job for job in jobs if job.while_held]
    for job in jobs:
        if not stopping.is_stopping() and _is_mine(job, every):
            failed += not run(job)
    return failed


def run(job: Job) -> bool:
    """Run a job and note how it ended, also in a line of the log; whether it ended well."""
    token, began, statements = request_id.set(uuid.uuid4().hex), perf_counter(), Statements()
    try:
        try:
            with connection.execute_wrapper(statements):
                done, failure = job.run(), ""
        except Exception as error:
            log.exception("The job %s failed.", job.name)
            done, failure = 0, told(error)
        with suppress(Error):
            _note(job, done, failure)
        _tell(job, done, failure, perf_counter() - began, statements.count)
    finally:
        request_id.reset(token)
    return not failure


def is_due(job: Job) -> Q:
    """The condition under which the run of a job is due again."""
    at = now()
    latest = _midnight() if job.every_seconds >= DAILY else _ago(job.every_seconds)
    failed = ~Q(failure="") & Q(ended_at__gte=F("started_at"))
    died = Q(ended_at__isnull=True) | Q(ended_at__lt=F("started_at"))
    items = FailedItem.objects.filter(due_again(), job=job.name)
    return (
        Q(started_at__lt=latest)
        | (failed & Q(started_at__lt=at - RETRY_FAILED_AFTER))
        | (died & Q(started_at__lt=at - TAKEN_FOR_DEAD_AFTER))
        | (Q(Exists(items)) & Q(started_at__lt=at - RETRY_ITEMS_AFTER))
        # A clock that was put back must not keep work waiting until it has caught up.
        | Q(started_at__gt=at + TAKEN_FOR_DEAD_AFTER)
    )


def worker_name() -> str:
    """This worker's name: machine and process."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def tick_name() -> str:
    """The name under which the timer of this machine is heard of."""
    return f"{socket.gethostname()[:60]}:{TICK}"


def beat(worker: str) -> None:
    """Say that a worker is alive."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": now()})


def _note(job: Job, done: int, failure: str) -> None:
    at = now()
    columns = {"ended_at": at, "done": done, "failure": failure, "runs": F("runs") + 1}
    if failure:
        columns |= {"failures": F("failures") + 1, "failed_runs": F("failed_runs") + 1}
    else:
        columns |= {"failures": 0, "succeeded_at": at}
    Run.objects.filter(job=job.name).update(**columns)


def _tell(job: Job, done: int, failure: str, seconds: float, statements: int) -> None:
    """One line for a run. A look that found nothing, as there are several each second, says so to
    those who debug only.
    """
    is_quiet = not done and not failure and job.every_seconds < DAILY
    write_line(
        logging.DEBUG if is_quiet else logging.INFO, event="job", job=job.name,
        status="failed" if failure else "ok", done=done, ms=round(seconds * 1000),
        statements=statements, actor_kind="system", actor_id=job.name,
    )  # fmt: skip


def _midnight() -> datetime:
    return datetime.combine(today(), time(), LONDON)


def _ago(seconds: int) -> datetime:
    return now() - timedelta(seconds=seconds)


def _is_mine(job: Job, is_wanted: bool) -> bool:
    """Whether this worker looks for this work now; settled by who changes the row."""
    _, is_new = Run.objects.get_or_create(job=job.name, defaults={"started_at": now()})
    due = Q() if is_wanted else is_due(job)
    return is_new or bool(
        Run.objects.filter(due, job=job.name).update(started_at=now(), ended_at=None)
    )


@contextmanager
def _heart(worker: str) -> Iterator[None]:
    """Beat every few seconds from a thread of its own, through long items too."""
    ended = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(ended, worker), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=HEARTBEAT_SECONDS)
        with suppress(Error):
            Heartbeat.objects.filter(worker=worker).delete()


def _beat_until(ended: threading.Event, worker: str) -> None:
    while True:
        try:
            beat(worker)
        except Error as error:
            log.warning("The heartbeat was not written: %s", error)
            connections.close_all()
        if ended.wait(HEARTBEAT_SECONDS):
            connections.close_all()
            return
