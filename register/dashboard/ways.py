"""The ways to home, the register and the history at the head of every page."""

from register.dashboard.by_itself import may_see_what_runs
from register.dashboard.history import may_read_history
from register.ui.navigation import Item, add


def plug_in() -> None:
    """Add the ways of these pages."""
    add(Item(10, "Home", "dashboard:home"))
    add(Item(20, "Register", "dashboard:register", prefix="/register/"))
    add(
        Item(
            95,
            "History",
            "dashboard:history",
            lambda user: bool(may_read_history(user)),
            "/history/",
        )
    )
    add(
        Item(
            97,
            "What runs by itself",
            "dashboard:by_itself",
            lambda user: bool(may_see_what_runs(user)),
            "/by-itself/",
        )
    )
