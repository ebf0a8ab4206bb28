"""What the worker does for acts on many entries."""

from __future__ import annotations

from functools import partial

from register.core.dates import now
from register.dashboard.bulk.models import TaskState
from register.dashboard.bulk.services import clear_old, due, finish
from register.jobs.claims import claimed_one_by_one
from register.jobs.items import attempt
from register.jobs.registry import DAILY, Job, Queue

NAME = "many entries"


def finish_tasks() -> int:
    """Finish every long task that was confirmed; returns how many."""
    rows = claimed_one_by_one(due(), state=TaskState.WORKING, claimed_at=now())
    return sum(attempt(NAME, f"task {task.pk}", partial(finish, task)) for task in rows)


JOBS = [
    Job(NAME, 1, finish_tasks, "Changes many entries at once, as confirmed"),
    Job("old tasks of many entries", DAILY, clear_old, "Forgets what was chosen a month ago"),
]

QUEUES = [Queue("Changes of many entries", due, "chosen_at")]
