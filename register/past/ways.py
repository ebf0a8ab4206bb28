"""The way to the past, and what is kept of each entry for it."""

from register.documents import steps
from register.past import spans
from register.ui.navigation import Item, add


def plug_in() -> None:
    """Add the way to the page, and keep the spans with the read table."""
    add(Item(93, "The register as it was", "past:start", prefix="/past/"))
    steps.KEPT_UP.append(spans.keep)
