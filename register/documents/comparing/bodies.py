"""The bodies that two versions name: which party is which, and whom an end of a flow stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence

from register.documents.comparing.rows import paired

PARTY = "party"
# What a group is called, and the names of its members.
Members = Mapping[str, Collection[str]]


class Bodies:
    """The parties of two versions, each known by all its names and called as in the new version."""

    def __init__(
        self, old: Sequence[dict], new: Sequence[dict], members: Members | None = None
    ) -> None:
        self._members = members or {}
        self._called: list[str] = []
        self._old: dict[str, set[int]] = defaultdict(set)
        self._new: dict[str, set[int]] = defaultdict(set)
        self._bound_before: list[str] = []
        for place, (i, k) in enumerate(paired(old, new, *SAME_PARTY)):
            row = new[k] if k is not None else old[i or 0]
            self._called.append(row.get("name", ""))
            for names, found in ((self._old, i), (self._new, k)):
                if found is not None:
                    party = (old if names is self._old else new)[found]
                    names[party.get("name", "")].add(place)
                    names[party.get("short_name") or party.get("name", "")].add(place)
            if i is not None and old[i].get("part") == PARTY:
                self._bound_before.append(row.get("name", ""))
        self.bound = [row.get("name", "") for row in new if row.get("part") == PARTY]

    @property
    def bound_before(self) -> list[str]:
        """The parties of the old version, under their names in the new one where they have one."""
        return list(self._bound_before)

    def known_as(self, name: str) -> str:
        """The name of a body in the new version, whichever of its names is given."""
        for names in (self._new, self._old):
            places = names.get(name, set())
            if len(places) == 1:
                return self._called[next(iter(places))]
        return name

    def behind(self, ends: Collection[str], *, is_new: bool) -> frozenset[str] | None:
        """The bodies that ends of a flow stand for; None, which is everybody, where one is unknown.

        A group stands for its members; a name that is neither a party's nor a known group's could
        be anybody's.
        """
        found: set[str] = set()
        for end in ends:
            if end in self._members:
                found.update(self.known_as(each) for each in self._members[end])
            elif places := (self._new if is_new else self._old).get(end):
                found.update(self._called[place] for place in places)
            else:
                return None
        return frozenset(found)

    def same_ends(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Whether two ends name the same bodies, though perhaps by other names or in another order."""
        return _behind(old, self._old) == _behind(new, self._new)


def _behind(ends: Sequence[str], names: dict[str, set[int]]) -> set[frozenset[Hashable]]:
    found: set[frozenset[Hashable]] = set()
    for end in ends:
        found.add(frozenset(names.get(end) or (end,)))
    return found


def _lineage(row: dict) -> Hashable:
    return row.get("lineage")


def _name(row: dict) -> Hashable:
    return row.get("name")


SAME_PARTY = (_lineage, _name)
