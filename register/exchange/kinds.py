"""The kinds of files that come in, such as a register of agreements or a sheet of flows: each plugs in here.

A room that brings in one more kind makes a `Kind` of its functions and calls `plug_in` when the apps are
ready (`register.exchange.ways`). Reading, the mapping page, the dry run, the chunks, the report by row,
the mending of rejected rows and the undoing are the same for every kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Model

if TYPE_CHECKING:
    from register.directory.models import Partnership
    from register.exchange.groups import Group
    from register.exchange.headings import Columns
    from register.exchange.matching import Directory
    from register.exchange.outcomes import ChunkPlan
    from register.exchange.rows import RowRead
    from register.exchange.tables import Table

Effects = dict[str, list]


@dataclass(frozen=True)
class Kind:
    """One kind of file: how it is told, read, planned, applied and taken back.

    `holds` tells a table of this kind from others; `proposed` says what its columns seem to hold,
    `columns` the same, and raises NotRecognised where that is not enough. `rows` takes the table, its
    columns, `known` (which names the directory holds) and `provider`.

    `plan` writes nothing. `apply` writes a plan inside the act that is open, and gives what it wrote as
    lists of plain values, which are kept with the import. `take_back` is given these lists again, takes
    a part of it back inside the act that is open, and gives what is left to do, empty when it is done.
    `documents` names the entries that the lists speak of: an import is not undone once any of them was
    changed. `hindrances` names those that could not be put back, or on which something was built since,
    with the reason: by the keys of entries, or of `hindered`, for all parts of an import at once.
    `stays` says what undoing leaves as it is.
    """

    code: str
    words: str
    becomes: str
    fields: Mapping[str, str]
    many: frozenset[str]
    field_of: Callable[[object], str]
    holds: Callable[[Table, Mapping[str, str]], bool]
    proposed: Callable[[Table, Mapping[str, str]], Columns]
    columns: Callable[[Table, Mapping[str, str]], Columns]
    rows: Callable[..., Iterator[RowRead]]
    plan: Callable[[Partnership, str, list[Group], Directory], ChunkPlan]
    apply: Callable[..., Effects]
    take_back: Callable[..., Effects]
    documents: Callable[[Effects], set[int]]
    hindrances: Callable[[Effects], dict[int, str]] = lambda effects: {}
    hindered: type[Model] | None = None
    stays: Callable[[Effects], list[str]] = lambda effects: []
    # What else a table seems to be, as a sentence; "" where it is of this kind.
    seems: Callable[[Table], str] = lambda table: ""
    asks_provider: bool = False
    # Without columns for these it is none.
    needs: tuple[str, ...] = ("reference", "title")
    # Whether columns without a home are kept; whether a file without headings may be one.
    keeps_extras: bool = True
    takes_letters: bool = False
    # A list of something else than agreements: a command takes it only where it is named.
    is_list: bool = False
    # What undoing such an import does, in words; "" for entries.
    undoing: str = ""
    # Kinds are asked in this order whether a table is theirs; the last takes what is left.
    place: int = 50


KINDS: dict[str, Kind] = {}


def plug_in(kind: Kind) -> None:
    """Add a kind of file."""
    KINDS[kind.code] = kind


def in_order() -> list[Kind]:
    """All kinds, in the order in which they are asked."""
    return sorted(KINDS.values(), key=lambda kind: kind.place)


def of(code: str) -> Kind:
    """The kind with a code."""
    return KINDS[code]


def told(table: Table, overrides: Mapping[str, str], *, lists: bool = False) -> Kind:
    """The kind of a table: the first whose it is, by what was said of its columns or by its headings;
    with `lists` also the kinds that a command takes only where they are named.
    """
    kinds = [kind for kind in in_order() if lists or not kind.is_list]
    return next((kind for kind in kinds if kind.holds(table, overrides)), kinds[-1])


def labels() -> dict[str, str]:
    """The fields of all kinds by code; the kind that is asked last has the last word."""
    return {code: label for kind in in_order() for code, label in kind.fields.items()}


def most_known(headings: Iterable[str]) -> int:
    """How many headings of a row name a field, by the kind that knows most of them."""
    names = [name for name in headings if name]
    return max(len({kind.field_of(name) for name in names} - {""}) for kind in KINDS.values())
