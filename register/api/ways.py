"""The way to the question at the head of every page."""

from __future__ import annotations

from register.directory.permissions import partnerships_of
from register.ui.navigation import Item, add


def plug_in() -> None:
    """Add the way to the question."""
    add(Item(28, "May they share?", "asking:ask", lambda user: bool(partnerships_of(user))))
