"""The ways to the directory at the head of every page, and which partnership a reader is at home in."""

from register.directory.permissions import partnerships_of, visible_partnerships
from register.ui import context
from register.ui.navigation import Item, add


def plug_in() -> None:
    """Add the ways to bodies, communities, people and the partnership."""
    add(Item(40, "Bodies", "directory:organisations", _belongs, "/bodies/"))
    add(Item(50, "Communities", "directory:communities", _belongs, "/communities/"))
    add(Item(60, "People", "directory:people", _belongs, "/people/"))
    add(Item(70, "Partnership", "directory:partnerships", _belongs, "/partnerships/"))
    context.HOME[:] = [home_of]


def home_of(user):
    """The partnership in whose name pages speak to a login: its first, or None."""
    return visible_partnerships(user).order_by("pk").first()


def _belongs(user) -> bool:
    return bool(partnerships_of(user))
