"""Counts what one address asks the public page within an hour, without keeping the address."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.utils.crypto import salted_hmac

from register.core.dates import now
from register.evidence.models import Visits

KEPT_FOR = timedelta(hours=24)


def may_ask(address: str) -> bool:
    """Count one more question of an address; whether it is still within the limit of this hour."""
    hour = now().replace(minute=0, second=0, microsecond=0)
    salt = f"register.evidence.visits {hour.isoformat()}"
    digest = salted_hmac(salt, address, algorithm="sha256").hexdigest()
    Visits.objects.get_or_create(address=digest, hour=hour)
    mine = Visits.objects.filter(address=digest, hour=hour)
    mine.update(asked=F("asked") + 1)
    return mine.values_list("asked", flat=True)[0] <= settings.VERIFY_LIMIT


def forget_visits() -> int:
    """Forget the counts of hours that are over. How many."""
    return Visits.objects.filter(hour__lt=now() - KEPT_FOR).delete()[0]
