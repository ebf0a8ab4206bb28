"""The way to the reference lists at the head of every page, for those who keep them."""

from register.lists.permissions import may_keep_lists
from register.ui.navigation import Item, add


def plug_in() -> None:
    """Add the way to the reference lists."""
    add(Item(90, "Lists", "lists:lists", lambda user: bool(may_keep_lists(user)), "/lists/"))
