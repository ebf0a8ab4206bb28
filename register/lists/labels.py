"""Rows and wordings of the lists, kept for a minute: pages show many and they seldom change."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import apps

from register.core.dates import today

if TYPE_CHECKING:
    from register.lists.models import Item

KEPT_SECONDS = 60
_kept: dict[str, tuple[float, dict[str, Item]]] = {}


def items(list_code: str) -> dict[str, Item]:
    """Every row of a list by its code, ended ones too, in the list's order. Not to be changed."""
    until, found = _kept.get(list_code, (0.0, {}))
    if time.monotonic() >= until:
        # Fields of models ask for wordings, so the model is found by its name.
        rows = apps.get_model("lists", "Item")._default_manager
        found = {row.code: row for row in rows.of(list_code)}
        if found:
            _kept[list_code] = (time.monotonic() + KEPT_SECONDS, found)
    return found


def item(list_code: str, code: str) -> Item | None:
    """The row of a code, or None where the list does not have it."""
    return items(list_code).get(code)


def labels(list_code: str) -> dict[str, str]:
    """Every code of a list, ended ones too, with its wording."""
    return {code: row.label for code, row in items(list_code).items()}


def label(list_code: str, code: str) -> str:
    """The wording of a code; a code that the list does not have stands for itself."""
    row = items(list_code).get(code)
    return row.label if row else code


def choices(
    list_code: str, also: str | Iterable[str] = "", empty: str = ""
) -> list[tuple[str, str]]:
    """The codes that may be chosen today, in the list's order.

    `also` (a code or several) is offered even where it has ended; `empty` are the words of a first
    choice of none.
    """
    day, held = today(), {also} if isinstance(also, str) else set(also)
    rows = [
        (code, row.label)
        for code, row in items(list_code).items()
        if row.holds_on(day) or code in held
    ]
    return [("", empty), *rows] if empty else rows


def forget() -> None:
    """Read the lists again at the next question."""
    _kept.clear()
