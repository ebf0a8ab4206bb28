"""One change between two versions: where it stands, what it was, what it is, and whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from register.core.text import strip
from register.documents.comparing.words import Piece, pieces_of

MATERIAL, MINOR, NONE = "material", "minor", "none"
What = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True)
class FieldChange:
    """One part of the text that differs.

    `path` names the part as the list of classes does, with full stops. `before` and `after` are the
    values as they stand in the bodies; `old` and `new` the same as plain words. `touched` are the
    names of the bodies that it concerns, or None for everybody. `party` is set where a party leaves:
    `beside` then holds who stood with it on a flow.
    """

    path: str
    section: str
    label: str = ""
    row: str = ""
    before: str = ""
    after: str = ""
    what: What = "changed"
    kind: Literal["text", "row"] = "text"
    is_markup: bool = False
    touched: frozenset[str] | None = None
    change_class: str = MATERIAL
    why: str = ""
    party: str = ""
    beside: frozenset[str] = frozenset()

    @property
    def old(self) -> str:
        """What it said, in plain words."""
        return strip(self.before) if self.is_markup else self.before

    @property
    def new(self) -> str:
        """What it says now, in plain words."""
        return strip(self.after) if self.is_markup else self.after

    @property
    def is_material(self) -> bool:
        """Whether those it concerns sign again."""
        return self.change_class == MATERIAL

    @property
    def where(self) -> str:
        """The place of the change in words: section, row and field, each once."""
        return ", ".join(
            dict.fromkeys(part for part in (self.section, self.row, self.label) if part)
        )

    @property
    def touches_words(self) -> str:
        """Whom it concerns, in words."""
        if self.touched is None:
            return "everybody"
        return ", ".join(sorted(self.touched)) or "nobody"

    @cached_property
    def pieces(self) -> list[Piece]:
        """Both values word by word."""
        return pieces_of(self.before, self.after, is_markup=self.is_markup)

    def touches(self, name: str) -> bool:
        """Whether it concerns a body of that name."""
        return self.touched is None or name in self.touched
