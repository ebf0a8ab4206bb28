"""The way to requests at the head of every page."""

from register.directory.permissions import partnerships_of
from register.ui.navigation import Item, add


def plug_in() -> None:
    """Add the way to requests."""
    add(Item(32, "Requests", "requests:requests", _belongs, "/requests/"))


def _belongs(user) -> bool:
    return bool(partnerships_of(user))
