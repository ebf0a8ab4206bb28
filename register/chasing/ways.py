"""The way to who holds what up, at the head of every page."""

from register.chasing.permissions import keeps_any
from register.ui.navigation import Item, add


def plug_in() -> None:
    """Add the way of these pages."""
    add(Item(27, "Signatures", "chasing:waiting", keeps_any, "/signatures/"))
