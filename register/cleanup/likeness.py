"""How two entries are told to be perhaps one and the same: by their titles, and by who shares under them.

Two entries are alike where all of this holds: their titles without the words that every title has (`NOISE`)
are alike by `ALIKE` of 100, whatever the order of the words; the same numbers stand in both; they share
more than half of their bodies, or stand under the same community, or neither names a body or a community.

Not every title is compared with every other: only those that share one of their two rarest words. Where a
word is in very many titles, each is compared with its neighbours in the order of the alphabet.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from register.reports.likeness import alike

ALIKE = 88
LARGEST_GROUP = 60
NEIGHBOURS = 10
RAREST = 2
_WORD = re.compile(r"[^\W_]+")
NOISE = frozenset(
    _WORD.findall(
        "a an and between by data for framework in information isa isp dsa of on personal protocol"
        " sharing the to with agreement agreements memorandum mou understanding"
    )
)


@dataclass(frozen=True)
class Title:
    """An entry with the words of its title that tell it from others, in one order."""

    key: int
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words in one line."""
        return " ".join(self.words)

    @property
    def numbers(self) -> set[str]:
        """What has a digit in it: a year, a phase."""
        return {word for word in self.words if any(letter.isdigit() for letter in word)}


@dataclass
class Place:
    """Where an entry stands: its bodies and its community."""

    bodies: set[int] = field(default_factory=set)
    community: int | None = None


def title_of(key: int, title: str) -> Title:
    """The words that tell a title from others; all of its words where none is left."""
    words = _WORD.findall(title.casefold().replace("’", "").replace("'", ""))
    telling = [word for word in words if word not in NOISE]
    return Title(key, tuple(sorted(telling or words)))


def pairs_of(titles: Iterable[Title]) -> Iterator[tuple[int, int, int]]:
    """The pairs whose titles are alike: smaller key, larger key, and how alike of 100; each once."""
    seen: set[tuple[int, int]] = set()
    for group in _groups(list(titles)):
        for one, other in _compared(group):
            pair = (min(one.key, other.key), max(one.key, other.key))
            if pair in seen or one.key == other.key or one.numbers != other.numbers:
                continue
            seen.add(pair)
            score = alike(one.text, other.text)
            if score >= ALIKE:
                yield (*pair, int(score))


def stand_together(one: Place, other: Place) -> bool:
    """Whether two entries share more than half of the bodies of the one that names fewer, or a community,
    or neither names any.

    Half is not enough: of a body that shares with each of many, every agreement would be like the next.
    """
    if 2 * len(one.bodies & other.bodies) > min(len(one.bodies), len(other.bodies)):
        return True
    if one.community is not None and one.community == other.community:
        return True
    return not (one.bodies or other.bodies or one.community or other.community)


def _groups(titles: list[Title]) -> Iterator[list[Title]]:
    known = Counter(word for title in titles for word in set(title.words))
    groups: dict[str, list[Title]] = defaultdict(list)
    for title in titles:
        rare = sorted(set(title.words), key=lambda word: (known[word], word))[:RAREST]
        for word in rare:
            groups[word].append(title)
    yield from (group for group in groups.values() if len(group) > 1)


def _compared(group: list[Title]) -> Iterator[tuple[Title, Title]]:
    if len(group) <= LARGEST_GROUP:
        yield from combinations(group, 2)
        return
    group = sorted(group, key=lambda title: (title.text, title.key))
    for at, title in enumerate(group):
        yield from ((title, other) for other in group[at + 1 : at + 1 + NEIGHBOURS])
