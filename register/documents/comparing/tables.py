"""Rows under heads of columns, such as items of data or risks: matched by what stands first in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from typing import Any

from register.documents.comparing.changes import FieldChange
from register.documents.comparing.fields import reordered, said, slug, texts
from register.documents.comparing.rows import paired

Cells = dict[str, str]


def tables(
    path: str, section: str, old: dict | None, new: dict | None, *, row="", **more: Any
) -> Iterator[FieldChange]:
    """The changes of a table, row by row and column by column.

    A column that only one version has stood empty in the other: tables of a body leave out columns
    that nobody filled in. `row` is what the table belongs to, such as a flow.
    """
    before, after = _rows(old), _rows(new)
    pairs = paired(before, after, _whole, _first, _rest)
    for i, k in pairs:
        if i is not None and k is not None:
            yield from _changed(path, section, before[i], after[k], row, more)
        else:
            cells = before[i] if i is not None else after[k or 0]
            words = said(*(f"{head}: {cell}" for head, cell in cells.items() if cell))
            name = _first(cells)
            yield FieldChange(
                f"{path}.{'removed' if k is None else 'added'}", section, row=row or name,
                label=name if row else "", what="removed" if k is None else "added", kind="row",
                before=words if k is None else "", after="" if k is None else words, **more,
            )  # fmt: skip
    yield from reordered(path, section, pairs, before, after, _first, row=row, **more)


def _changed(path, section, before: Cells, after: Cells, row: str, more) -> Iterator[FieldChange]:
    name = _first(after)
    for head in dict.fromkeys([*after, *before]):
        label = f"{name}: {head}" if row else head
        yield from texts(
            f"{path}.{slug(head)}", section, before.get(head), after.get(head),
            row=row or name, label=label, **more,
        )  # fmt: skip


def _rows(table: dict | None) -> list[Cells]:
    heads = (table or {}).get("columns") or []
    rows = (table or {}).get("rows") or []
    twice = {head for head, count in Counter(heads).items() if count > 1}
    names = [f"{head} {n}" if head in twice else head for n, head in enumerate(heads, 1)]
    return [dict(zip(names, map(str, cells), strict=False)) for cells in rows]


def _whole(row: Cells) -> Hashable:
    return tuple((head, cell) for head, cell in row.items() if cell)


def _first(row: Cells) -> str:
    return next(iter(row.values()), "")


def _rest(row: Cells) -> Hashable:
    """What stands behind the first cell: the same there is the same row under another name."""
    return tuple((head, cell) for head, cell in [*row.items()][1:] if cell)
