"""How complete an entry is: a score over the points that a good document covers, each lost one named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from register.documents.case import Case


@dataclass(frozen=True)
class Point:
    """One thing that a good document of a tier covers, and the page on which it is said."""

    code: str
    heading: str
    says: str
    # None where the point is not asked of this case, such as retention of figures.
    holds: Callable[[Case], bool | None]
    task: str
    source: str = ""


@dataclass(frozen=True)
class Score:
    """The points that a case has and those that it lost; the value is a whole number of 0 to 100."""

    held: tuple[Point, ...]
    lost: tuple[Point, ...]

    @property
    def value(self) -> int | None:
        """The share of the points that are held, or None where none are asked."""
        asked = len(self.held) + len(self.lost)
        return len(self.held) * 100 // asked if asked else None


# By the number of the tier; rooms above add theirs.
POINTS: dict[int, list[Point]] = {1: [], 2: [], 3: []}


def score_of(case: Case) -> Score:
    """The completeness of a case over the points of its tier."""
    answers = [(point, point.holds(case)) for point in POINTS[case.document.tier]]
    return Score(
        held=tuple(point for point, answer in answers if answer),
        lost=tuple(point for point, answer in answers if answer is False),
    )
