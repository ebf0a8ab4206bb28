"""Calls what starts an event loop of its own, wherever one may already run."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def in_own_thread(make: Callable[..., T], *arguments, **options) -> T:
    """What a function makes, called in a thread of its own; what it raises is raised here.

    pyHanko runs an event loop inside its plain functions, which fails in a thread that has one.
    """
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(make, *arguments, **options).result()
