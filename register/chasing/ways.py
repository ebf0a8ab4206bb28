"""The ways to who holds what up and to the mailbox of the demonstration, at the head of every page."""

from django.conf import settings

from register.chasing.permissions import keeps_any
from register.ui.navigation import Item, add


def plug_in() -> None:
    """Add the ways of these pages."""
    add(Item(27, "Signatures", "chasing:waiting", keeps_any, "/signatures/"))
    add(Item(97, "Mailbox", "chasing:mailbox", lambda user: settings.DEMONSTRATION, "/mailbox/"))
