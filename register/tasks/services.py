"""Opening, giving out and closing tasks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from register.core.conflicts import expect
from register.core.dates import now, today
from register.core.ripple import Cause, Touch
from register.core.verdicts import require
from register.directory.models import Person
from register.ledger.actors import actor_of
from register.ledger.acts import act, bulk_create, bulk_update
from register.ledger.entries import in_batches
from register.tasks.models import Outcome, Task, TaskKind
from register.tasks.permissions import READERS, may_assign, may_close, may_keep

DUE_IN = timedelta(days=28)
# What a cause is called among tasks; any other cause that is no kind of task asks to confirm again.
KINDS = {
    "law": TaskKind.LAW_CHANGED,
    "assurance": TaskKind.ASSURANCE,
    "membership": TaskKind.MEMBERSHIP,
    "community_membership": TaskKind.MEMBERSHIP,
    "party_left": TaskKind.MEMBERSHIP,
    "signature": TaskKind.SIGNATURE,
}


def open_tasks(
    *, by, cause: Cause, touches: Iterable[Touch], due_on: date | None = None
) -> list[Task]:
    """Open a task for each document and body that a change touches; due in four weeks unless said.

    What has an open task for the same cause gets no second one, also when two acts open the same at
    the same moment. A few statements for every 500.
    """
    with act(by=by, verb="tasks.opened", quiet=True, detail={"because": cause.says}) as this:
        rows = [_task(cause, touch, by, due_on or today() + DUE_IN) for touch in touches]
        opened = [task for some in in_batches(rows, 500) for task in _open(cause, some)]
        this.detail["count"] = len(opened)
    return opened


def open_from_ripple(cause: Cause, touches: list[Touch], *, by) -> None:
    """What `register.core.ripple.happened` calls inside the act that made the change."""
    if touches:
        open_tasks(by=by, cause=cause, touches=touches)


def assign(*, by, task: Task, assignee: Person | None, row_version: int) -> Task:
    """Give an open task to a person, or to nobody. Raises Conflict where it has moved on."""
    with act(by=by, verb="task.assigned", subject=task, quiet=True):
        task = _lock([task])[0]
        require(may_assign(by, task))
        expect(task, row_version)
        if assignee and task.document_id and not _may_know(assignee, task):
            raise ValidationError({"assignee": f"{assignee} may not read what this is about."})
        if task.assignee != assignee:
            task.assignee = assignee
            task.row_version += 1
            task.save()
    return task


def close_task(*, by, task: Task, outcome: str, note: str = "", row_version: int) -> Task:
    """Close a task with its outcome. Raises Conflict where it has moved on."""
    _check_outcome(outcome)
    with act(by=by, verb="task.closed", subject=task, reason=note):
        task = _lock([task])[0]
        expect(task, row_version)
        require(may_close(by, task))
        _close([task], outcome, note, by)
    return task


def close_tasks(*, by, tasks: Iterable[Task], outcome: str, note: str = "") -> list[Task]:
    """Close many tasks with one outcome; those that somebody has closed meanwhile stay as they are.

    Raises PermissionDenied with the reason of the first one that the actor may not close.
    """
    _check_outcome(outcome)
    with act(by=by, verb="tasks.closed", reason=note, quiet=True):
        rows = [task for task in _lock(list(tasks)) if task.is_open]
        for verdict in may_keep(by, rows).values():
            require(verdict)
        return _close(rows, outcome, note, by)


def _task(cause: Cause, touch: Touch, by, due_on: date) -> Task:
    kinds = {kind.value: kind for kind in TaskKind}
    kind = KINDS.get(cause.kind) or kinds.get(cause.kind) or TaskKind.CONFIRM_AGAIN
    is_document = touch.subject == "document"
    return Task(
        partnership_id=touch.partnership_id or None,
        kind=kind,
        document_id=touch.pk if is_document else None,
        organisation_id=None if is_document else touch.pk,
        source_id=cause.document_id or None,
        name=touch.name[:350],
        says=cause.says,
        why=touch.why,
        cause_key=cause.key,
        due_on=due_on,
        opened_by_name=actor_of(by).name[:300],
        opened_at=now(),
    )


def _open(cause: Cause, rows: list[Task]) -> list[Task]:
    # One order for everybody: two acts that open the same wait for each other and never both.
    rows = sorted({_subject(row): row for row in rows}.values(), key=_subject)
    while True:
        held = {_subject(row) for row in Task.objects.open().filter(cause_key=cause.key)}
        fresh = [row for row in rows if _subject(row) not in held]
        try:
            with transaction.atomic():
                return bulk_create(fresh)
        except IntegrityError:
            if not _opened_meanwhile(cause, fresh):
                raise


def _opened_meanwhile(cause: Cause, rows: list[Task]) -> bool:
    held = {_subject(row) for row in Task.objects.open().filter(cause_key=cause.key)}
    return any(_subject(row) in held for row in rows)


def _subject(task: Task) -> tuple[int, int]:
    return (task.document_id or 0, task.organisation_id or 0)


def _lock(tasks: list[Task]) -> list[Task]:
    found = Task.objects.select_for_update(of=("self",)).order_by("pk")
    return list(found.filter(pk__in=[task.pk for task in tasks]))


def _close(rows: list[Task], outcome: str, note: str, by) -> list[Task]:
    for task in rows:
        task.closed_at, task.closed_by_name = now(), actor_of(by).name[:300]
        task.outcome, task.note = outcome, note.strip()
        task.row_version += 1
    names = ["closed_at", "closed_by_name", "outcome", "note", "row_version"]
    return bulk_update(rows, names)


def _check_outcome(outcome: str) -> None:
    if outcome not in Outcome.values:
        raise ValidationError({"outcome": "Choose what came of it."})


def _may_know(person: Person, task: Task) -> bool:
    user = getattr(person, "user", None)
    asked = {pk for pk in (task.document_id, task.source_id) if pk}
    return user is not None and all(reads(user, asked) == asked for reads in READERS)
