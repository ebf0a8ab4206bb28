"""Where higher rooms plug in what must follow when a body or its membership changes.

Called inside the act, with the primary keys of the bodies concerned.
"""

from collections.abc import Callable, Iterable

ON_BODIES_CHANGED: list[Callable[[set[int]], None]] = []


def bodies_changed(pks: Iterable[int]) -> None:
    """Tell the rooms above that names or memberships of bodies changed."""
    found = set(pks)
    for step in ON_BODIES_CHANGED:
        step(found)
