"""Whether this worker was asked to end: jobs look here between two items."""

import threading

_asked = threading.Event()


def is_stopping() -> bool:
    """Whether the worker was asked to end after the item in hand."""
    return _asked.is_set()


def ask_to_stop() -> None:
    """Ask the worker to end after the item in hand."""
    _asked.set()


def go_on() -> None:
    """Take the request back: a worker that starts was not asked yet."""
    _asked.clear()


def rest(seconds: float) -> None:
    """Wait, and wake at once when asked to end."""
    _asked.wait(seconds)
