"""The rows of a register gathered into entries, and the entries into chunks of some hundred rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from register.exchange.references import version_order
from register.exchange.rows import RowRead

CHUNK_ROWS = 500


@dataclass
class Group:
    """The rows of one key, in the order of the file: versions of one entry, and what repeats it."""

    key: str
    rows: list[RowRead] = field(default_factory=list)


def chunks(rows: Iterable[RowRead], source: str) -> Iterator[list[Group]]:
    """Groups of rows, about 500 rows at a time; rows of one key are never parted."""
    groups: dict[str, Group] = {}
    for row in rows:
        key = row.key(source)
        groups.setdefault(key, Group(key)).rows.append(row)
    chunk: list[Group] = []
    count = 0
    for group in groups.values():
        chunk.append(group)
        count += len(group.rows)
        if count >= CHUNK_ROWS:
            yield chunk
            chunk, count = [], 0
    if chunk:
        yield chunk


def lanes(rows: list[RowRead], known: dict[int, dict[str, str]]) -> dict[int, list[RowRead]]:
    """Part rows of one key into entries: each has one row a version, oldest version first.

    `known` gives the digest of what came in before, by lane and version, so that the rows of the
    same file find their entries again in whatever order they stand.
    """
    places: dict[tuple[int, str], RowRead] = {}
    waiting = []
    for row in rows:
        lane = next(
            (
                lane
                for lane, labels in sorted(known.items())
                if labels.get(row.version) == row.digest and (lane, row.version) not in places
            ),
            None,
        )
        if lane is None:
            waiting.append(row)
        else:
            places[lane, row.version] = row
    for row in waiting:
        lane = 1
        while (lane, row.version) in places:
            lane += 1
        places[lane, row.version] = row
    found: dict[int, list[RowRead]] = {}
    for (lane, _version), row in sorted(
        places.items(), key=lambda pair: (pair[0][0], version_order(pair[0][1]))
    ):
        found.setdefault(lane, []).append(row)
    return found
