"""What becomes of each row, and what is to be written for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from register.documents.models import Document
from register.exchange.bodies import Named
from register.exchange.facts import Facts
from register.exchange.rows import Problem, RowRead
from register.exchange.stored import Held
from register.exchange.wide import Marked

NEW, CHANGED, UNCHANGED, REJECTED = "new", "changed", "unchanged", "rejected"
OUTCOMES = (NEW, CHANGED, UNCHANGED, REJECTED)


@dataclass(frozen=True)
class Change:
    """One value that the file changes, in words; a conflict where the register keeps its own."""

    label: str
    old: str
    new: str


@dataclass
class RowPlan:
    """One row: its outcome, and everything that is to be said about it."""

    row: RowRead
    outcome: str = UNCHANGED
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def reject(self, column: str, sentence: str) -> None:
        """Keep the row out, with the reason and what to do."""
        self.outcome = REJECTED
        self.problems.append(Problem(column, sentence, stops=True))


@dataclass
class VersionPlan:
    """What one row says of one version: to be admitted, corrected, or only remembered."""

    plan: RowPlan
    facts: Facts
    bodies: list[tuple[str, Named]]
    said: dict[str, Any]
    state: str = ""
    held: Held | None = None
    values: dict = field(default_factory=dict)
    new_bodies: list[tuple[str, Named]] = field(default_factory=list)
    # Places to sign that the old register marks otherwise than before.
    marks: list[tuple[Named, Marked]] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The version as the source numbers it."""
        return self.plan.row.version


@dataclass
class EntryPlan:
    """One entry: its versions, oldest first; new where the register does not hold it."""

    key: str
    lane: int
    versions: list[VersionPlan]
    document: Document | None = None

    @property
    def is_new(self) -> bool:
        """Whether the register does not hold the entry yet."""
        return self.document is None


@dataclass
class ChunkPlan:
    """What is to be done about some rows."""

    rows: list[RowPlan] = field(default_factory=list)
    entries: list[EntryPlan] = field(default_factory=list)
    # By normal form: the name as first written, and the numbers of the rows.
    unmatched: dict[str, tuple[str, set[int]]] = field(default_factory=dict)
    ended: dict[int, set[int]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows came to what; the four sum to the rows."""
        outcomes = [plan.outcome for plan in self.rows]
        return {outcome: outcomes.count(outcome) for outcome in OUTCOMES}
