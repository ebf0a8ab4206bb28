"""Everything that differs between two versions, and what follows from it for each body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from register.documents.comparing.bodies import Bodies
from register.documents.comparing.changes import MATERIAL, MINOR, NONE, FieldChange
from register.documents.comparing.saying import lines_of, summary_of


@dataclass(frozen=True)
class RowChanges:
    """The changes of one row of a part, such as a clause or a flow."""

    row: str
    changes: list[FieldChange]

    @property
    def is_whole(self) -> bool:
        """Whether the row as a whole is new or gone."""
        only = self.changes[0]
        return len(self.changes) == 1 and not only.label and only.what in {"added", "removed"}


@dataclass(frozen=True)
class Part:
    """One part of the text with its changed rows, in the order of the text."""

    heading: str
    rows: list[RowChanges]


@dataclass
class Difference:
    """What differs between two versions, or between nothing and a first version."""

    changes: list[FieldChange]
    bodies: Bodies = field(default_factory=lambda: Bodies([], []))
    is_first: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs but version numbers and what follows from the order."""
        return not self.changes

    @property
    def is_material(self) -> bool:
        """Whether anybody has to sign again."""
        return bool(self.material)

    @cached_property
    def material(self) -> list[FieldChange]:
        """The material changes."""
        return [change for change in self.changes if change.is_material]

    @cached_property
    def minor(self) -> list[FieldChange]:
        """The minor changes."""
        return [change for change in self.changes if not change.is_material]

    def class_for(self, name_of_party: str) -> str:
        """For a body: material, minor (it is only told), or none where nothing differs at all.

        Any name of the body will do: in either version, full or short.
        """
        if self.material_for(name_of_party):
            return MATERIAL
        return MINOR if self.changes else NONE

    def material_for(self, name_of_party: str) -> list[FieldChange]:
        """The material changes that concern a body."""
        name = self.bodies.known_as(name_of_party)
        return [change for change in self.material if change.touches(name)]

    def summary(self) -> list[str]:
        """What differs in a few plain sentences."""
        return summary_of(self.changes, is_first=self.is_first)

    def lines(self, limit: int = 20) -> list[str]:
        """What differs as plain text, a line a change, material ones first; at most `limit` lines."""
        return lines_of([*self.material, *self.minor], limit)

    @cached_property
    def parts(self) -> list[Part]:
        """The changes under the headings of the text."""
        return [Part(heading, list(rows)) for heading, rows in self._by_heading()]

    def _by_heading(self) -> Iterator[tuple[str, Iterator[RowChanges]]]:
        for heading, found in groupby(self.changes, key=lambda change: change.section):
            rows = groupby(list(found), key=lambda change: change.row)
            yield heading, (RowChanges(row, list(each)) for row, each in rows)
