"""Which versions are to be sealed: rows of work, made when a version comes into force and found again daily."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from register.core.dates import now
from register.documents.models import Version
from register.evidence.models import Sealing

BATCH = 500
CLAIMED_FOR = timedelta(minutes=15)


def want_seal(version: Version, older: Version | None, *, by) -> None:
    """Ask for the sealed PDF of a version that comes into force; a step of its life."""
    if version.frozen_at is not None:
        Sealing.objects.get_or_create(version=version, defaults={"due_at": now()})


def unsealed() -> QuerySet[Version]:
    """Versions that were frozen and came into force, whatever became of them since, with no seal.

    What came in by import was never frozen here, and is never sealed.
    """
    return Version.objects.filter(
        frozen_at__isnull=False, in_force_on__isnull=False, seal__isnull=True
    )


def find_unsealed() -> int:
    """Make a row of work for each version that should be sealed and has none. How many it made."""
    missing = unsealed().filter(sealing__isnull=True).order_by("pk").values_list("pk", flat=True)
    made = 0
    while batch := list(missing[:BATCH]):
        at = now()
        rows = [Sealing(version_id=pk, due_at=at) for pk in batch]
        with transaction.atomic():
            Sealing.objects.bulk_create(rows, ignore_conflicts=True)
        made += len(batch)
    return made


def due() -> QuerySet[Sealing]:
    """The work that waits now, oldest first, that no worker has in hand."""
    from_dead = Q(claimed_at__lt=now() - CLAIMED_FOR)
    free = Q(claimed_at__isnull=True) | from_dead
    return Sealing.objects.filter(free, done_at__isnull=True, due_at__lte=now()).order_by(
        "due_at", "pk"
    )
