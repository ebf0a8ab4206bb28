"""What the worker does for evidence: it seals, finds what is not sealed, and mails the newest digest."""

from __future__ import annotations

import logging

from register.core.dates import now
from register.evidence.keys import why_nothing_is_sealed
from register.evidence.models import Sealing
from register.evidence.services.digests import mail_digests
from register.evidence.services.sealing import make
from register.evidence.services.taking_away import take_away_redacted
from register.evidence.services.visits import forget_visits
from register.evidence.services.wanting import due, find_unsealed
from register.jobs.claims import claim
from register.jobs.registry import DAILY, Job, Queue

log = logging.getLogger(__name__)
# So few in a round that mail and prints never wait long behind a hundred seals.
A_ROUND = 2
SEARCH_SECONDS = 10 * 60
HOUR_SECONDS = 60 * 60


def seal_versions() -> int:
    """Seal the next versions that are due; none without a key. How many were sealed."""
    if why_nothing_is_sealed():
        return 0
    return sum(make(work) for work in claim(due(), limit=A_ROUND, claimed_at=now()))


def look_for_unsealed() -> int:
    """Find what should be sealed and is not, and what was redacted since it was sealed. How many."""
    if why := why_nothing_is_sealed():
        log.warning(why)
    return find_unsealed() + take_away_redacted()


JOBS = [
    Job("seals", 2, seal_versions, "Seals what came into force"),
    Job("unsealed versions", SEARCH_SECONDS, look_for_unsealed, "Finds what is not sealed"),
    Job("ledger digests", DAILY, mail_digests, "Sends auditors the mark of the history"),
    Job("visits to verify", HOUR_SECONDS, forget_visits, "Forgets who asked the public page"),
]

QUEUES = [Queue("Seals", lambda: Sealing.objects.filter(done_at__isnull=True), "due_at")]
