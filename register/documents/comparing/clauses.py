"""Clauses: what reads differently, what is new, gone, moved, or stands under another clause."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from register.core.text import strip
from register.documents.comparing.changes import FieldChange
from register.documents.comparing.fields import texts
from register.documents.comparing.rows import moved, paired

SECTION = "Clauses"
_MARKERS = {"number": "a number", "letter": "a letter", "bullet": "a bullet"}


def clauses(old: dict, new: dict) -> Iterator[FieldChange]:
    """The changes of the clauses, by lineage; a number that follows from the order is no change."""
    before, after = old.get("clauses") or [], new.get("clauses") or []
    pairs = paired(before, after, *_keys(before, after))
    places = moved(pairs)
    above = _above(before), _above(after)
    same = {k: i for i, k in pairs if i is not None and k is not None}
    for i, k in pairs:
        if i is None or k is None:
            row = before[i] if i is not None else after[k or 0]
            yield _whole(row, is_new=i is None)
            continue
        yield from _texts(before[i], after[k])
        over = above[0][i], above[1][k]
        if over[0] != (None if over[1] is None else same.get(over[1], -1)):
            yield _under(before, after, (i, k), over)
        elif k in places:
            yield _moved(before[i], after[k])


def _keys(before: list[dict], after: list[dict]) -> list:
    """By lineage, then by the words; by number only where nothing was copied from the old version."""
    keys = [_lineage, _words, _heading]
    shared = {_lineage(row) for row in before} & {_lineage(row) for row in after}
    return keys if shared - {None} else [*keys, lambda row: row.get("number")]


def _lineage(row: dict) -> Hashable:
    return row.get("lineage")


def _words(row: dict) -> Hashable:
    return (row.get("heading"), row.get("text")) if row.get("text") else None


def _heading(row: dict) -> Hashable:
    return row.get("heading")


def _texts(before: dict, after: dict) -> Iterator[FieldChange]:
    row = _name(after)
    yield from texts(
        "clauses.heading", SECTION, before.get("heading"), after.get("heading"),
        row=row, label="Heading",
    )  # fmt: skip
    yield from texts(
        "clauses.text", SECTION, before.get("text"), after.get("text"),
        row=row, label="Text", is_markup=True,
    )  # fmt: skip
    marks = (_MARKERS.get(each.get("marker", ""), "") for each in (before, after))
    yield from texts("clauses.marker", SECTION, *marks, row=row, label="Begins with")


def _whole(row: dict, *, is_new: bool) -> FieldChange:
    heading = row.get("heading") or ""
    words = f"{heading}{row.get('text') or ''}" if heading else row.get("text") or ""
    return FieldChange(
        f"clauses.{'added' if is_new else 'removed'}", SECTION, row=_name(row),
        before="" if is_new else words, after=words if is_new else "",
        what="added" if is_new else "removed", kind="row", is_markup=True,
    )  # fmt: skip


def _under(before, after, places: tuple[int, int], over) -> FieldChange:
    i, k = places
    was = _name(before[over[0]]) if over[0] is not None else "no other clause"
    now = _name(after[over[1]]) if over[1] is not None else "no other clause"
    return FieldChange(
        "clauses.place", SECTION, "Stands under", row=_name(after[k]), what="moved",
        before=was if was != now else f"{was} (then {before[i].get('number') or 'a bullet'})",
        after=now, kind="row",
    )  # fmt: skip


def _moved(before: dict, after: dict) -> FieldChange:
    return FieldChange(
        "order.clauses", SECTION, "Place", row=_name(after), what="moved", kind="row",
        before=_name(before), after=_name(after),
    )  # fmt: skip


def _above(rows: list[dict]) -> list[int | None]:
    """For each clause the place of the one under which it stands, or None."""
    found: list[int | None] = []
    open_at: list[tuple[tuple[int, bool], int]] = []
    for place, row in enumerate(rows):
        # A letter or a bullet stands under the number before it, on the same level too.
        depth = (row.get("level") or 1, row.get("marker", "number") != "number")
        while open_at and open_at[-1][0] >= depth:
            open_at.pop()
        found.append(open_at[-1][1] if open_at else None)
        open_at.append((depth, place))
    return found


def _name(row: dict) -> str:
    """How a clause is called: its number and heading, or the first words of its text."""
    words = row.get("heading") or " ".join(strip(row.get("text") or "").split()[:6])
    return " ".join(part for part in (row.get("number") or "•", words) if part)
