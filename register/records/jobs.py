"""What the worker does for the register's own records, and the keeper where tables are guarded.

The worker tries first. Where its role may not change guarded tables, a row says that it needs their
owner: the worker leaves it, and `manage.py carry_out` does it, which runs as the owner.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, models

from register.core.dates import now
from register.jobs.claims import claim, claimed_one_by_one
from register.jobs.items import attempt
from register.jobs.registry import DAILY, Job, Queue
from register.ledger.redaction import owner_alias
from register.records.models import DisposalRun, RedactionRequest
from register.records.services import disposal, redactions
from register.records.services.rules import erase_what_is_over

Work = TypeVar("Work", RedactionRequest, DisposalRun)
DISPOSAL, REDACTION = "disposal", "redaction"


def carry_out_disposals() -> int:
    """Carry out every disposal that was confirmed; how many records went."""
    rows = claimed_one_by_one(_ours(disposal.due()), claimed_at=now())
    return sum(_dispose(row) for row in rows)


def carry_out_redactions() -> int:
    """Carry out every redaction that was approved; how many places were changed."""
    rows = claimed_one_by_one(_ours(redactions.due()), claimed_at=now())
    return sum(_redact(row) for row in rows)


def carry_out_as_owner(tell: Callable[[str, Any, int], None]) -> None:
    """Carry out whatever two persons decided, once each, and tell of each what became of it.

    `tell` is given the kind of work, the row as it stands afterwards, and how many places or records.
    """
    _each(redactions.due, _redact, partial(tell, REDACTION))
    _each(disposal.due, _dispose, partial(tell, DISPOSAL))


def _each(
    due: Callable[[], models.QuerySet[Work]],
    do: Callable[[Work], int],
    tell: Callable[[Work, int], None],
) -> None:
    for key in list(due().values_list("pk", flat=True)):
        for row in claim(due().filter(pk=key), claimed_at=now()):
            done = do(row)
            row.refresh_from_db()
            tell(row, done)


def _redact(row: RedactionRequest) -> int:
    return attempt(REDACTION, f"request {row.pk}", partial(redactions.carry_out, row))


def _dispose(row: DisposalRun) -> int:
    return attempt(DISPOSAL, f"run {row.pk}", partial(disposal.carry_out, row))


def _ours(due: models.QuerySet) -> models.QuerySet:
    """What this program may do: all of it where it is given the owner's role."""
    return due if owner_alias() != DEFAULT_DB_ALIAS else due.filter(needs_owner=False)


JOBS = [
    Job(DISPOSAL, 5, carry_out_disposals, "Disposes of what two administrators decided on"),
    Job(REDACTION, 5, carry_out_redactions, "Takes out texts as two persons decided"),
    Job("retention", DAILY, erase_what_is_over, "Erases old addresses, access events and messages"),
]
QUEUES = [
    Queue("Disposals", disposal.waiting, "decided_at"),
    Queue("Redactions", redactions.waiting, "decided_at"),
]
