"""The wording of codes, kept for a minute in the process: pages show many and they seldom change."""

from __future__ import annotations

import time

from register.core.dates import today
from register.lists.models import Item

KEPT_SECONDS = 60
_kept: dict[str, tuple[float, list[Item]]] = {}


def labels(list_code: str) -> dict[str, str]:
    """Every code of a list, ended ones too, with its wording."""
    return {item.code: item.label for item in _items(list_code)}


def label(list_code: str, code: str) -> str:
    """The wording of a code; a code that the list does not have stands for itself."""
    return labels(list_code).get(code, code)


def choices(list_code: str, also: str = "", empty: str = "") -> list[tuple[str, str]]:
    """The codes that may be chosen today, in the list's order.

    `also` is offered even where it has ended; `empty` are the words of a first choice of none.
    """
    day = today()
    rows = [(i.code, i.label) for i in _items(list_code) if i.holds_on(day) or i.code == also]
    return [("", empty), *rows] if empty else rows


def forget() -> None:
    """Read the lists again at the next question."""
    _kept.clear()


def _items(list_code: str) -> list[Item]:
    until, items = _kept.get(list_code, (0.0, []))
    if time.monotonic() >= until:
        items = list(Item.objects.of(list_code))
        if items:
            _kept[list_code] = (time.monotonic() + KEPT_SECONDS, items)
    return items
