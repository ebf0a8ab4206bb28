"""Who shares what with whom: how many flows run from each body to each other, as a matrix and as pairs.

A flow from or to several bodies counts once for each pair of them, so that every row and column adds up.
Where many bodies share, an axis shows their kinds first; a kind unfolds to its bodies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from django.db.models import Count, Q, QuerySet

from agreements.flows.models import Line
from register.reports.seen import NO_KIND, Body, kind_words

FEW = 30  # as many bodies as an axis shows without folding them into kinds
WIDE = 40  # as many bodies as an axis shows at a time
Key = TypeVar("Key", int, tuple[int, int])


class Amount(NamedTuple):
    """How much is shared: flows, those signed at both ends, and those nobody has vouched for."""

    flows: int = 0
    active: int = 0
    unconfirmed: int = 0

    @property
    def waiting(self) -> int:
        """Flows that an end has not signed yet."""
        return self.flows - self.active

    def plus(self, other: Amount) -> Amount:
        """Both together."""
        return Amount(
            self.flows + other.flows,
            self.active + other.active,
            self.unconfirmed + other.unconfirmed,
        )


class Pair(NamedTuple):
    """One body giving to one other, and how much."""

    giver: int
    taker: int
    amount: Amount


@dataclass
class Place:
    """One row or column of the matrix: a body, or all bodies of a kind."""

    words: str
    short: str
    key: int | str
    total: Amount = field(default_factory=Amount)

    @property
    def is_kind(self) -> bool:
        """Whether it stands for all bodies of a kind."""
        return isinstance(self.key, str)


@dataclass
class Axis:
    """The rows or the columns: the places shown, and where the axis can be unfolded or turned over."""

    places: list[Place]
    place_of: dict[int, int]
    bodies: int
    is_folded: bool
    kind: str = ""
    page: int = 1
    pages: int = 1

    @property
    def kind_words(self) -> str:
        """The kind whose bodies it shows, in words."""
        return kind_words(self.kind) if self.kind else ""


@dataclass
class Matrix:
    """The rows (who gives), the columns (who receives) and what runs between them."""

    givers: Axis
    takers: Axis
    cells: dict[tuple[int, int], Amount]
    total: Amount

    def rows(self) -> Iterator[tuple[Place, list[tuple[Place, Amount | None]]]]:
        """Each row's place with its cells, None where nothing is shared."""
        for at, giver in enumerate(self.givers.places):
            cells = [
                (taker, self.cells.get((at, column)))
                for column, taker in enumerate(self.takers.places)
            ]
            yield giver, cells


def pairs_of(lines: QuerySet[Line]) -> list[Pair]:
    """How much runs from each body to each other by some lines. One statement."""
    rows = lines.order_by().values_list("provider_id", "recipient_id")
    counted = rows.annotate(
        flows=Count("pk"),
        active=Count("pk", filter=Q(is_active=True)),
        unconfirmed=Count("pk", filter=Q(is_unconfirmed=True)),
    )
    return [
        Pair(giver, taker, Amount(flows, active, unconfirmed))
        for giver, taker, flows, active, unconfirmed in counted
    ]


def total_of(pairs: Iterable[Pair]) -> Amount:
    """All of it together."""
    amounts = [pair.amount for pair in pairs]
    return Amount(*map(sum, zip(*amounts, strict=True))) if amounts else Amount()


def matrix_of(
    pairs: list[Pair],
    bodies: dict[int, Body],
    *,
    giver_kind: str = "",
    taker_kind: str = "",
    giver_page: int = 1,
    taker_page: int = 1,
    by_amount: bool = False,
) -> Matrix:
    """The matrix of some pairs; each axis folded into kinds where more than `FEW` bodies share.

    `giver_kind` and `taker_kind` name the kind whose bodies an axis shows; the pairs are of those kinds
    already.
    """
    given = _summed((giver, amount) for giver, _, amount in pairs)
    taken = _summed((taker, amount) for _, taker, amount in pairs)
    givers = _axis(given, bodies, giver_kind, giver_page, by_amount)
    takers = _axis(taken, bodies, taker_kind, taker_page, by_amount)
    rows, columns = givers.place_of, takers.place_of
    cells = _summed(
        ((rows[giver], columns[taker]), amount)
        for giver, taker, amount in pairs
        if giver in rows and taker in columns
    )
    return Matrix(givers, takers, cells, total_of(pairs))


def in_order(pairs: Iterable[Pair], bodies: dict[int, Body], *, by_amount: bool) -> list[Pair]:
    """Pairs by the names of giver and taker, or the largest first."""
    ranks = _ranks(bodies)
    by_name = sorted(pairs, key=lambda pair: (ranks[pair.giver], ranks[pair.taker]))
    return sorted(by_name, key=lambda pair: -pair.amount.flows) if by_amount else by_name


def _summed(amounts: Iterable[tuple[Key, Amount]]) -> dict[Key, Amount]:
    """Amounts added up by their key; plain lists, as there may be tens of thousands of pairs."""
    found: dict[Key, list[int]] = {}
    for key, (flows, active, unconfirmed) in amounts:
        if (sums := found.get(key)) is None:
            found[key] = [flows, active, unconfirmed]
        else:
            sums[0] += flows
            sums[1] += active
            sums[2] += unconfirmed
    return {key: Amount(*sums) for key, sums in found.items()}


def _axis(
    totals: dict[int, Amount], bodies: dict[int, Body], kind: str, page: int, by_amount: bool
) -> Axis:
    is_folded = not kind and len(totals) > FEW
    places = _kinds(totals, bodies) if is_folded else _bodies(totals, bodies)
    if by_amount:
        places.sort(key=lambda place: -place.total.flows)
    pages = max(1, -(-len(places) // WIDE))
    page = min(max(page, 1), pages)
    shown = places[(page - 1) * WIDE : page * WIDE]
    index = {place.key: at for at, place in enumerate(shown)}
    place_of = {}
    for pk in totals:
        at = index.get((bodies[pk].kind or NO_KIND) if is_folded else pk)
        if at is not None:
            place_of[pk] = at
    return Axis(shown, place_of, len(totals), is_folded, kind, page, pages)


def _bodies(totals: dict[int, Amount], bodies: dict[int, Body]) -> list[Place]:
    found = sorted((bodies[pk] for pk in totals), key=lambda body: body.called.casefold())
    return [Place(body.name, body.called, body.pk, totals[body.pk]) for body in found]


def _kinds(totals: dict[int, Amount], bodies: dict[int, Body]) -> list[Place]:
    by_kind: dict[str, Place] = {}
    for pk, amount in totals.items():
        code = bodies[pk].kind or NO_KIND
        words = kind_words(code)
        place = by_kind.setdefault(code, Place(words, words, code))
        place.total = place.total.plus(amount)
    return sorted(by_kind.values(), key=lambda place: place.words.casefold())


def _ranks(bodies: dict[int, Body]) -> dict[int, int]:
    names = sorted(bodies.values(), key=lambda body: (body.name.casefold(), body.pk))
    return {body.pk: rank for rank, body in enumerate(names)}
