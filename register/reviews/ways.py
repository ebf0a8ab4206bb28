"""The way to reviews at the head of every page."""

from __future__ import annotations

from register.accounts.roles import EDIT_FOR
from register.directory.reach import reach_of
from register.ui.navigation import Item, add


def plug_in() -> None:
    """Add the way to reviews, for those who keep entries."""
    add(Item(52, "Reviews", "reviews:reviews", keeps_entries, "/reviews/"))


def keeps_entries(user) -> bool:
    """Whether a login keeps entries of some partnership or body."""
    reach = reach_of(user)
    return reach.sees_everything or bool(reach.whole) or bool(reach.bodies(EDIT_FOR))
