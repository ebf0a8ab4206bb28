"""The way to exports of everything at the head of every page."""

from register.directory.reach import reach_of
from register.ui.navigation import Item, add


def plug_in() -> None:
    """Add the way, for administrators; the page says who may export everything."""
    add(
        Item(
            98,
            "Export everything",
            "everything:exports",
            lambda user: reach_of(user).may_administer(),
            "/everything/",
        )
    )
