"""When a login was last here, so that home can say what others changed since."""

from __future__ import annotations

from datetime import datetime, timedelta

from register.core.dates import now
from register.worklist.models import LastVisit

# Whoever comes back within this time is still on the same visit: what was new stays new.
ONE_VISIT = timedelta(hours=4)
NOTED_EVERY = timedelta(minutes=10)


def visit(user) -> datetime | None:
    """Note that a login is here; answers until when it had seen everything, None on the first visit.

    One statement where the last note is fresh, else two.
    """
    at = now()
    row = LastVisit.objects.filter(user=user).first()
    if row is None:
        LastVisit.objects.get_or_create(user=user, defaults={"at": at, "seen_until": at})
        return None
    if row.at > at - NOTED_EVERY:
        return row.seen_until
    if row.at <= at - ONE_VISIT:
        row.seen_until = row.at
    row.at = at
    row.save(update_fields=["at", "seen_until"])
    return row.seen_until
