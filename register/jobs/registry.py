"""Which work there is, and what waits: each app may have a `jobs.py` that lists its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.db.models import QuerySet
from django.utils.module_loading import module_has_submodule

DAILY = 24 * 60 * 60


@dataclass(frozen=True)
class Job:
    """One kind of work: its name, how often to look for it, and what does it.

    `run` finds its own work by a query, does it, and answers how many items it did. It may be run
    at any time, twice, or by two workers at once, and does nothing twice. Work to be done DAILY is
    looked for on the first occasion of each day in London, once however many days went by. `says`
    tells the office what it does, in a few words. In a restored copy that nobody has released only
    jobs that are `while_held` run: those that a reader waits for, and housekeeping.
    """

    name: str
    every_seconds: int
    run: Callable[[], int]
    says: str = ""
    while_held: bool = False


@dataclass(frozen=True)
class Queue:
    """What waits for the worker: in the office's words, the rows, and the column that says since when."""

    says: str
    rows: Callable[[], QuerySet]
    since: str = ""


def jobs() -> list[Job]:
    """Every job of every app, in the order of the apps; a name used twice is a mistake."""
    found: dict[str, Job] = {}
    for job in _listed("JOBS"):
        if job.name in found:
            raise RuntimeError(f"Two jobs are called {job.name}.")
        found[job.name] = job
    return list(found.values())


def queues() -> list[Queue]:
    """Every queue of every app, in the order of the apps (`QUEUES` in its `jobs.py`)."""
    return _listed("QUEUES")


def _listed(name: str) -> list:
    found: list = []
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "jobs"):
            found += getattr(import_module(f"{config.name}.jobs"), name, [])
    return found
