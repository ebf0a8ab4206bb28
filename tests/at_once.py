"""Doing several things at the same moment, each with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once(works: Sequence[Callable], refusals: tuple[type[Exception], ...]) -> list:
    """What each work answered, or the words of its refusal; anything else that it raises is raised."""
    barrier = Barrier(len(works))

    def run(work: Callable):
        barrier.wait()
        try:
            return work()
        except refusals as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))
