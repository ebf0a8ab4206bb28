"""Who may read the acts on release copies in a history: those who keep the entry, and who audits."""

from __future__ import annotations

from register.ledger.private import READERS
from register.packs.models import Release, WithheldPart


def plug_in() -> None:
    """Called once, when the program starts."""
    READERS[Release._meta.label_lower] = Release.objects.visible_to
    READERS[WithheldPart._meta.label_lower] = lambda by: WithheldPart.objects.filter(
        release__in=Release.objects.visible_to(by)
    )
