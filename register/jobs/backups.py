"""When the register was last backed up, kept with the runs of its work."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from register.core.dates import now
from register.jobs.models import Run

BACKUP = "backup"


def note_backup(*, began: datetime, rows: int) -> None:
    """Note that a backup of so many rows ended well."""
    at = now()
    Run.objects.get_or_create(job=BACKUP, defaults={"started_at": began})
    Run.objects.filter(job=BACKUP).update(
        started_at=began, ended_at=at, succeeded_at=at, done=rows, failure="", failures=0,
        runs=F("runs") + 1,
    )  # fmt: skip


def last_backup_at() -> datetime | None:
    """When the last backup ended well; None where none ever did."""
    return Run.objects.filter(job=BACKUP).values_list("succeeded_at", flat=True).first()
