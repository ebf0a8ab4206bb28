"""The way to what waits for one's advice, at the head of every page."""

from __future__ import annotations

from register.directory.permissions import partnerships_of
from register.directory.reach import reach_of
from register.ui.navigation import Item, add


def plug_in() -> None:
    """Add the way to the in-tray of advisers and deciders."""
    add(Item(57, "Advice", "advice:tray", belongs, "/advice/"))


def belongs(user) -> bool:
    """Whether a login belongs to some partnership."""
    return bool(partnerships_of(user)) or reach_of(user).sees_everything
