"""Long lists a page at a time, by keyset: the first, the next, the one before, the last cost the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Q, QuerySet

SIZES = (25, 50, 100)
COUNT_LIMIT = 10_000


@dataclass(frozen=True)
class Page:
    """A page of a list: its rows, what leads to its neighbours, and how many there are."""

    rows: list
    count: int
    is_more: bool
    after: str = ""
    before: str = ""
    is_first: bool = True
    is_last: bool = True
    size: int = SIZES[0]

    @property
    def count_words(self) -> str:
        """How many entries there are: exact to 10,000, then “more than 10,000”."""
        return f"more than {COUNT_LIMIT:,}" if self.is_more else f"{self.count:,}"


def count_of(rows: QuerySet) -> tuple[int, bool]:
    """How many rows there are, exact to 10,000, and whether there are more."""
    found = rows.order_by()[: COUNT_LIMIT + 1].count()
    return min(found, COUNT_LIMIT), found > COUNT_LIMIT


def counts_of(many: Sequence[QuerySet]) -> list[tuple[int, bool]]:
    """How many rows there are in each of some lists, as `count_of` says it, in one statement."""
    parts: list[str] = []
    parameters: list[Any] = []
    for place, rows in enumerate(many):
        few = rows.order_by().values("pk")[: COUNT_LIMIT + 1]
        try:
            statement, given = few.query.sql_with_params()
        except EmptyResultSet:  # the question has no answer, whatever the database holds
            parts.append("0")
            continue
        parts.append(f"(SELECT COUNT(*) FROM ({statement}) AS counted_{place})")
        parameters += given
    with connections[many[0].db].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", parameters)
        found = cursor.fetchone()
    return [(min(count, COUNT_LIMIT), count > COUNT_LIMIT) for count in found]


def page_of(
    rows: QuerySet,
    *,
    order: Sequence[str],
    asked: dict[str, str],
    size: int = SIZES[0],
    counted: QuerySet | None = None,
    is_wide: bool = False,
) -> Page:
    """One page of rows in an order whose last column is unique.

    `asked` is the query string: `after` or `before` a row, or `at=last`. What is not a mark of this list
    gives the first page. `counted` asks for the same rows in the way in which they are best counted.
    Rows of a wide table are chosen by index first, and read after.
    """
    count, is_more = count_of(rows if counted is None else counted)
    backwards = asked.get("at") == "last" or bool(asked.get("before"))
    mark = _marked(asked.get("before") or asked.get("after") or "", order)
    if mark is None and asked.get("at") != "last":
        backwards = False
    chosen = rows.order_by(*(_turned(order) if backwards else order))
    if mark is not None:
        chosen = chosen.filter(_beyond(order, mark, backwards))
    found = list(_read_after(chosen, size + 1) if is_wide else chosen[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_before = has_more if backwards else mark is not None
    has_after = (mark is not None) if backwards else has_more
    return Page(
        rows=found,
        count=count,
        is_more=is_more,
        before=_mark(found[0], order) if found and has_before else "",
        after=_mark(found[-1], order) if found and has_after else "",
        is_first=not has_before,
        is_last=not has_after,
        size=size,
    )


def page_of_list(rows: Sequence, *, asked: dict[str, str], size: int = SIZES[0]) -> Page:
    """One page of rows that are read already, in their order; marks are places in it, from 0."""
    last = max(0, (len(rows) - 1) // size * size)
    start = _place(asked.get("after", ""), 0)
    if asked.get("before"):
        start = _place(asked["before"], size) - size
    if asked.get("at") == "last":
        start = last
    start = min(max(start, 0), last)
    end = start + size
    return Page(
        rows=list(rows[start:end]),
        count=len(rows),
        is_more=False,
        after=str(end) if end < len(rows) else "",
        before=str(start) if start else "",
        is_first=start == 0,
        is_last=end >= len(rows),
        size=size,
    )


def size_of(asked: dict[str, str]) -> int:
    """How many rows a page shows: 25, 50 or 100."""
    return next((size for size in SIZES if asked.get("size") == str(size)), SIZES[0])


def _place(mark: str, otherwise: int) -> int:
    return int(mark) if mark.isdecimal() and len(mark) < 10 else otherwise


def _read_after(chosen: QuerySet, limit: int) -> QuerySet:
    keys = chosen.values("pk")[:limit]
    rows = chosen.model._default_manager.using(chosen.db).filter(pk__in=keys)
    return rows.order_by(*chosen.query.order_by)


def _turned(order: Sequence[str]) -> list[str]:
    return [name[1:] if name.startswith("-") else f"-{name}" for name in order]


def _mark(row: Any, order: Sequence[str]) -> str:
    values = []
    for name in order:
        value = row
        for part in name.lstrip("-").split("__"):
            value = getattr(value, part)
        values.append(value if isinstance(value, (int, str)) else str(value))
    return signing.dumps(values, salt=_salt(order), compress=True)


def _marked(mark: str, order: Sequence[str]) -> list | None:
    try:
        values = signing.loads(mark, salt=_salt(order)) if mark else None
    except signing.BadSignature:
        return None
    return values if values and len(values) == len(order) else None


def _salt(order: Sequence[str]) -> str:
    # A mark of a list in another order means nothing here.
    return "listing:" + ",".join(order)


def _beyond(order: Sequence[str], values: list, backwards: bool) -> Q:
    first, up = order[0].lstrip("-"), order[0].startswith("-") == backwards
    # Said once more for the first column alone, so that its index is used.
    bound = Q(**{f"{first}__{'gte' if up else 'lte'}": values[0]})
    condition = Q()
    for place, name in enumerate(order):
        column, down = name.lstrip("-"), name.startswith("-") != backwards
        same = {order[n].lstrip("-"): values[n] for n in range(place)}
        condition |= Q(**same, **{f"{column}__{'lt' if down else 'gt'}": values[place]})
    return bound & condition
