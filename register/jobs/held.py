"""Whether this is a restored copy that waits for its release, and since when."""

from __future__ import annotations

from datetime import datetime

from register.jobs.models import RestoredCopy

REST = (
    "This copy of the register was restored or imported: what was written before is not sent, and "
    "nothing happens by itself until an administrator releases it."
)


def held_since() -> datetime | None:
    """When the copy that waits for its release was restored; None where nothing waits.

    Messages that were written by then are held, and jobs that do not work for a reader rest.
    """
    waiting = RestoredCopy.objects.filter(released_at__isnull=True)
    return waiting.order_by("-at").values_list("at", flat=True).first()
