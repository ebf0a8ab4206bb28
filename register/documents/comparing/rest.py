"""What no part of the comparison has told: nothing that is signed may differ without a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from register.documents.comparing.changes import FieldChange
from register.documents.comparing.fields import texts

SECTION = "Elsewhere"
# Counted, derived from the order, or keys of rows that never stand in a text.
_PASSED_OVER = {"lineage", "number", "code", "version", "format"}
_HEADINGS = {"heading", "columns", "label"}


def rest(old: dict, new: dict) -> Iterator[FieldChange]:
    """One change for all that differs between two bodies between which nothing else was found."""
    before, after = dict(_leaves(old, ())), dict(_leaves(new, ()))
    ways = [way for way in dict.fromkeys([*before, *after]) if before.get(way) != after.get(way)]
    if not ways:
        return
    is_heading = all(_HEADINGS & set(way) for way in ways)
    words = ("; ".join(found[way] for way in ways if way in found) for found in (before, after))
    yield from texts(
        "headings" if is_heading else "unnamed", SECTION, *words,
        label="Headings" if is_heading else "What no other part names",
    )  # fmt: skip


def _leaves(value: Any, way: tuple) -> Iterator[tuple[tuple, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _PASSED_OVER:
                yield from _leaves(inner, (*way, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _leaves(inner, (*way, place))
    elif value not in (None, ""):
        yield way, str(value)
