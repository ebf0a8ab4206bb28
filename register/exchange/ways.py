"""The way to imports at the head of every page."""

from register.exchange.permissions import may_import
from register.ui.navigation import Item, add


def plug_in() -> None:
    """Add the way to imports, for those who may import."""
    add(Item(80, "Import", "exchange:imports", lambda user: bool(may_import(user)), "/import/"))
