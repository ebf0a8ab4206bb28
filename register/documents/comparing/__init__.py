"""Differences of two versions."""


def compare(old, new, *, signed=frozenset()):
    """The difference of two versions."""
    raise NotImplementedError
