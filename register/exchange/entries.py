"""Registers of agreements as a kind of file: each row becomes a charter, a protocol or an agreement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from register.core.dates import today
from register.directory.models import Partnership
from register.exchange import headings, rows, taking_back, telling, wide
from register.exchange.applying import apply
from register.exchange.groups import Group
from register.exchange.headings import Columns
from register.exchange.kinds import Kind
from register.exchange.matching import Directory, read_directory
from register.exchange.outcomes import ChunkPlan
from register.exchange.plan import plan_chunk
from register.exchange.rows import RowRead
from register.exchange.stored import read_stored
from register.exchange.tables import Table
from register.exchange.vocabulary import FIELDS, MANY


def _plan(
    partnership: Partnership, source: str, groups: list[Group], directory: Directory
) -> ChunkPlan:
    stored = read_stored(partnership, source, [group.key for group in groups])
    return plan_chunk(groups, stored, directory, today())


def _rows(
    table: Table, columns: Columns, *, known: Callable[[str], bool] | None = None,
    provider: str = "",
) -> Iterator[RowRead]:  # fmt: skip
    return rows.normalise(table, columns, known=known)


def _proposed(table: Table, overrides: Mapping[str, str]) -> Columns:
    return wide.with_bodies(table, headings.guess(table.headings, overrides), overrides, _known())


def _columns(table: Table, overrides: Mapping[str, str]) -> Columns:
    return wide.with_bodies(table, telling.recognise(table, overrides), overrides, _known())


def _known() -> Callable[[str], bool]:
    """Whether a text is the name of a body; the directory is read when it is asked first."""
    held: list[Directory] = []

    def known(name: str) -> bool:
        if not held:
            held.append(read_directory())
        return held[0].known(name)

    return known


ENTRIES = Kind(
    code="entries",
    words="Charters, protocols and agreements",
    becomes="Each row becomes an entry of the register. Entries come in unconfirmed: nothing is mailed"
    " about them, and nothing counts as signed, until an officer confirms it.",
    fields=FIELDS,
    many=MANY,
    field_of=headings.field_of,
    holds=lambda table, overrides: True,
    proposed=_proposed,
    columns=_columns,
    rows=_rows,
    plan=_plan,
    apply=apply,
    take_back=taking_back.take_back,
    documents=taking_back.documents_of,
    hindrances=taking_back.hindrances,
    seems=telling.what_it_seems,
    place=100,
)
