"""Which row of one version is which of the other: by lineage where there is one, else by what names it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from typing import Any

Row = Any
Key = Callable[[Row], Hashable]
Pairs = list[tuple[int | None, int | None]]


def paired(old: Sequence[Row], new: Sequence[Row], *keys: Key) -> Pairs:
    """Places of rows that are the same row, in the order of the new; rows gone stand where they stood.

    Each key is asked in turn of what no earlier key has paired; an empty answer pairs nothing.
    """
    partner: dict[int, int] = {}
    left = list(range(len(old)))
    for key in keys:
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for place in left:
            if answer := key(old[place]):
                waiting[answer].append(place)
        for place, row in enumerate(new):
            if place not in partner and (found := waiting.get(key(row))):
                partner[place] = found.popleft()
        taken = set(partner.values())
        left = [place for place in left if place not in taken]
    return _in_order(len(new), partner, left)


def moved(pairs: Pairs) -> set[int]:
    """The places, in the new, of the fewest rows that must have moved for the rest to keep their order."""
    kept = [(old, new) for old, new in pairs if old is not None and new is not None]
    return {new for _, new in kept} - _longest_rising(kept)


def _in_order(count: int, partner: dict[int, int], gone: list[int]) -> Pairs:
    after: dict[int | None, list[int]] = defaultdict(list)
    place_of = {old: new for new, old in partner.items()}
    for place in gone:
        before = next((p for p in range(place - 1, -1, -1) if p in place_of), None)
        after[before].append(place)
    found: Pairs = [(place, None) for place in after[None]]
    for place in range(count):
        old = partner.get(place)
        found.append((old, place))
        if old is not None:
            found += [(each, None) for each in after[old]]
    return found


def _longest_rising(kept: list[tuple[int, int]]) -> set[int]:
    ends: list[int] = []
    rows: list[int] = []
    before: list[int | None] = []
    for row, (old, _) in enumerate(kept):
        place = bisect_left(ends, old)
        ends[place : place + 1] = [old]
        before.append(rows[place - 1] if place else None)
        rows[place : place + 1] = [row]
    found: set[int] = set()
    at: int | None = rows[-1] if rows else None
    while at is not None:
        found.add(kept[at][1])
        at = before[at]
    return found
