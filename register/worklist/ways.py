"""The ways to the announcements and to one's own mails and calendars, at the head of every page."""

from __future__ import annotations

from register.directory.permissions import partnerships_of
from register.ui.navigation import Item, add


def plug_in() -> None:
    """Add the ways of these pages."""
    belongs = lambda user: bool(partnerships_of(user))  # noqa: E731
    add(Item(88, "Announcements", "worklist:announcements", belongs, "/announcements/"))
    add(Item(98, "My mails and calendars", "worklist:mails", prefix="/my/"))
