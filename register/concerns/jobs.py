"""What the worker does for breaches and checks: it reminds of the 72 hours, and asks for checks that are due."""

from __future__ import annotations

from register.concerns.models import AdherenceCheck
from register.concerns.ripples import CHECK, due_key
from register.concerns.services import reminding
from register.core.dates import today, words
from register.core.ripple import Cause
from register.documents.lifecycle import GOVERNING
from register.documents.models import Document
from register.documents.ripples import touches_of
from register.jobs.items import each
from register.jobs.registry import DAILY, Job
from register.ledger.acts import act
from register.tasks.models import Task
from register.tasks.services import open_tasks

NAME = "adherence_checks_due"


def ask_for_checks() -> int:
    """Open a task for each agreement in force whose check is due, once for each check; how many."""
    return each(
        NAME,
        _waiting(),
        _ask,
        key=lambda row: f"check {row.pk}",
        partnership=lambda row: row.document.partnership_id,
    )


def _waiting() -> list[AdherenceCheck]:
    due = AdherenceCheck.objects.due(today())
    due = due.filter(document__versions__state__in=GOVERNING, document__archived_on__isnull=True)
    rows = {due_key(row.pk): row for row in due.select_related("document").order_by("pk")}
    asked = set(Task.objects.filter(cause_key__in=rows).values_list("cause_key", flat=True))
    return [row for key, row in rows.items() if key not in asked]


def _ask(row: AdherenceCheck) -> None:
    says = f"The adherence check of {row.document.reference} was due on {words(row.next_on)}."
    cause = Cause(CHECK, due_key(row.pk), says, row.pk, row.document_id)
    with act(by="system:checks", verb="checks.came_due", quiet=True):
        documents = Document.objects.filter(pk=row.document_id)
        touches = touches_of(documents, "Check it, and record what you found.")
        open_tasks(by="system:checks", cause=cause, touches=touches)


HOUR = 60 * 60

JOBS = [
    Job(NAME, DAILY, ask_for_checks, "Opens tasks for adherence checks that are due"),
    Job(reminding.NAME, HOUR, reminding.remind_of_ico, "Reminds of the 72 hours of a breach"),
]
