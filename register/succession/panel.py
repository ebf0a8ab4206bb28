"""What an entry's page says of parties that others stand for since a day."""

from __future__ import annotations

from register.documents.models import Version
from register.documents.panels import Panel
from register.succession.models import Takeover


def succession_panel(user, version: Version) -> Panel | None:
    """The bodies that took the place of others in this entry, newest first; nothing where none did."""
    rows = Takeover.objects.filter(document=version.document_id, done_at__isnull=False)
    found = list(rows.select_related("succession", "body", "successor").order_by("-pk")[:20])
    if not found:
        return None
    return Panel("Bodies that changed", "succession/_panel.html", {"takeovers": found})
