"""What the worker does for the register's own records."""

from __future__ import annotations

from functools import partial

from register.core.dates import now
from register.jobs.claims import claimed_one_by_one
from register.jobs.items import attempt
from register.jobs.registry import DAILY, Job, Queue
from register.records.services import disposal, redactions
from register.records.services.rules import erase_what_is_over

DISPOSAL, REDACTION = "disposal", "redaction"


def carry_out_disposals() -> int:
    """Carry out every disposal that was confirmed; how many records went."""
    rows = claimed_one_by_one(disposal.due_runs(), claimed_at=now())
    return sum(attempt(DISPOSAL, f"run {row.pk}", partial(disposal.carry_out, row)) for row in rows)


def carry_out_redactions() -> int:
    """Carry out every redaction that was approved; how many places were changed."""
    rows = claimed_one_by_one(redactions.due(), claimed_at=now())
    return sum(
        attempt(REDACTION, f"request {row.pk}", partial(redactions.carry_out, row)) for row in rows
    )


JOBS = [
    Job(DISPOSAL, 5, carry_out_disposals, "Disposes of what two administrators decided on"),
    Job(REDACTION, 5, carry_out_redactions, "Takes out texts as two persons decided"),
    Job("retention", DAILY, erase_what_is_over, "Erases old addresses, access events and messages"),
]
QUEUES = [
    Queue("Disposals", disposal.due_runs, "decided_at"),
    Queue("Redactions", redactions.due, "decided_at"),
]
