"""How like two flows are, and two agreements: each part compared by itself, so that the answer explains itself.

Flows. Two flows are compared where a body gives the same other body something for the same use. They are
near-identical where all of this holds:

- the same use, and the same purpose of the protocol, or one of them names none;
- those who give, and those who receive, are the same by at least 3 of 4 (`SAME_ENDS`);
- the categories of data are the same by at least 3 of 4 (`SAME_DATA`), and each has some;
- the names are alike (`ALIKE_WORDS` of 100), or the items of data are the same by at least 9 of 10;
- the score, of 100, is at least `NEAR`: givers 15, receivers 15, categories 25, purpose 15, name 15,
  items of data 15.

Agreements. Two agreements could be one where their flows meet as above, their parties are the same by at
least 3 of 4, the purposes and uses of their flows are the same by at least 3 of 4, their categories by at
least half, and their titles are alike (`ALIKE_TITLES` of 100).

"The same by" is what both have, of what either has.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

SAME_ENDS = SAME_DATA = SAME_PURPOSES = 0.75
SAME_ITEMS = 0.9
HALF = 0.5
ALIKE_WORDS = 72
ALIKE_TITLES = 72
NEAR = 80


@dataclass(frozen=True)
class Facts:
    """What is compared of a flow."""

    key: int
    document: int
    title: str
    use: str
    purpose: str
    givers: frozenset
    takers: frozenset
    categories: frozenset
    items: frozenset


@dataclass
class Summary:
    """What is compared of an agreement."""

    key: int
    title: str
    parties: set = field(default_factory=set)
    purposes: set = field(default_factory=set)
    categories: set = field(default_factory=set)


def overlap(one, other) -> float:
    """How far two sets are the same, from 0 to 1: what both have of what either has."""
    either = one | other
    return len(one & other) / len(either) if either else 1.0


def alike(one: str, other: str) -> float:
    """How like two names are, from 0 to 100, whatever the order of their words."""
    return fuzz.token_sort_ratio(one, other, processor=default_process)


def score(one: Facts, other: Facts) -> int:
    """How like two flows are, of 100."""
    purpose = (
        1.0 if one.purpose == other.purpose else 0.5 if not (one.purpose and other.purpose) else 0
    )
    return round(
        15 * overlap(one.givers, other.givers)
        + 15 * overlap(one.takers, other.takers)
        + 25 * overlap(one.categories, other.categories)
        + 15 * purpose
        + 15 * alike(one.title, other.title) / 100
        + 15 * overlap(one.items, other.items)
    )


def are_near_identical(one: Facts, other: Facts) -> bool:
    """Whether two flows are near-identical by the rule above."""
    if one.use != other.use or (one.purpose and other.purpose and one.purpose != other.purpose):
        return False
    if not one.categories or overlap(one.categories, other.categories) < SAME_DATA:
        return False
    if min(overlap(one.givers, other.givers), overlap(one.takers, other.takers)) < SAME_ENDS:
        return False
    if alike(one.title, other.title) < ALIKE_WORDS:
        same_items = one.items and overlap(one.items, other.items) >= SAME_ITEMS
        if not same_items:
            return False
    return score(one, other) >= NEAR


def could_be_one(one: Summary, other: Summary) -> bool:
    """Whether two agreements could be one by the rule above."""
    return (
        overlap(one.parties, other.parties) >= SAME_ENDS
        and overlap(one.purposes, other.purposes) >= SAME_PURPOSES
        and overlap(one.categories, other.categories) >= HALF
        and alike(one.title, other.title) >= ALIKE_TITLES
    )
