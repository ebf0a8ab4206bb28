"""The reference lists that the register knows, and the reviewed files they start from."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path

from register.lists.catalogue import advising, afterwards, bodies, documents, law, moving, people
from register.lists.facts import packed
from register.lists.shapes import ReferenceList

DATA = Path(__file__).parent.parent / "data"
COLUMNS = ("code", "label", "meaning", "source", "extent", "in_force_from", "in_force_until")
LISTS: dict[str, ReferenceList] = {
    found.code: found
    for room in (law, people, moving, bodies, documents, advising, afterwards)
    for found in room.LISTS
}


@lru_cache
def reviewed_rows(list_code: str) -> list[dict]:
    """The rows of a list's reviewed file, as the columns of an item, in the order of the file."""
    with (DATA / f"{list_code}.csv").open(encoding="utf-8", newline="") as lines:
        return [_item(LISTS[list_code], n, row) for n, row in enumerate(csv.DictReader(lines), 1)]


def _item(found: ReferenceList, number: int, row: dict[str, str]) -> dict:
    return {
        "list_code": found.code,
        "code": row["code"],
        "label": row["label"],
        "meaning": row["meaning"],
        "source": row["source"],
        "extent": row["extent"],
        "in_force_from": _day(row["in_force_from"]),
        "in_force_until": _day(row["in_force_until"]),
        "facts": packed(found, {fact.name: row[fact.name] for fact in found.facts}),
        "position": number * 10,
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
