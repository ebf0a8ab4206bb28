"""Takes rows of due work for one worker, so that no two workers do the same item.

A row of work has a state or the time at which it was claimed. The question that finds due rows
leaves out what was claimed lately and takes in again what was claimed long ago, by a worker that
has died since; `claim` marks what it takes in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from django.db import connections, models, transaction

from register.jobs.stopping import is_stopping

Work = TypeVar("Work", bound=models.Model)


def claim(due: models.QuerySet[Work], *, limit: int = 1, **marks: Any) -> list[Work]:
    """Take up to `limit` due rows, in the order of the question, and set `marks` on them.

    `due` is the question without a slice; `marks` are the columns that say "claimed", such as
    `claimed_at=now()`. What another worker is claiming at this moment is skipped, not waited for.
    """
    if not due.exists():  # nothing to do takes no lock
        return []
    skips = connections[due.db].features.has_select_for_update_skip_locked
    with transaction.atomic(using=due.db):
        rows = list(due.select_for_update(skip_locked=skips, of=_own(due))[:limit])
        mine = [row for row in rows if due.filter(pk=row.pk).update(**marks)]
    for row in mine:
        for name, value in marks.items():
            setattr(row, name, value)
    return mine


def claimed_one_by_one(due: models.QuerySet[Work], **marks: Any) -> Iterator[Work]:
    """Due rows, each claimed when the one before is done, until none is left or the worker stops."""
    while not is_stopping():
        rows = claim(due, limit=1, **marks)
        if not rows:
            return
        yield rows[0]


def _own(due: models.QuerySet) -> tuple[str, ...]:
    return ("self",) if connections[due.db].features.has_select_for_update_of else ()
