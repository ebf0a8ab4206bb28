"""Who may give out and close tasks; documents stand higher and say who keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from register.core.verdicts import YES, Verdict, no
from register.directory.models import Organisation
from register.directory.permissions import may_maintain
from register.directory.reach import reach_of
from register.tasks.models import Task

# Each answers, for a login and keys of documents, which of them the login keeps. One statement.
KEEPERS: list[Callable[[object, set[int]], set[int]]] = []
# Each answers, for a login and keys of documents, which of them it may know of. One statement.
READERS: list[Callable[[object, set[int]], set[int]]] = []


def may_close(by, task: Task) -> Verdict:
    """Whether somebody may close a task: who keeps the document or body, or whom it was given to."""
    if not task.is_open:
        return no(f"{task.closed_by_name} has closed it already.")
    return may_keep(by, [task])[task.pk]


def may_assign(by, task: Task) -> Verdict:
    """Whether somebody may give a task to a person: who keeps what it is about, while it is open."""
    return may_close(by, task)


def may_keep(by, tasks: Iterable[Task]) -> dict[int, Verdict]:
    """For each task whether somebody keeps what it is about; a few statements for any number."""
    tasks = list(tasks)
    asked = {task.document_id for task in tasks if task.document_id}
    kept = set().union(*(keeps(by, asked) for keeps in KEEPERS)) if asked else set()
    bodies = {t.organisation_id for t in tasks if t.organisation_id and not t.document_id}
    ours = _bodies_kept(by, bodies) if bodies else set()
    return {task.pk: _verdict(by, task, kept, ours) for task in tasks}


def _verdict(by, task: Task, kept: set[int], bodies: set[int]) -> Verdict:
    reach = reach_of(by)
    if reach.sees_everything or (task.partnership_id and reach.may_edit_all(task.partnership_id)):
        return YES
    if task.document_id in kept or (not task.document_id and task.organisation_id in bodies):
        return YES
    if task.assignee_id and task.assignee_id == reach.person_id:
        return YES
    return no("Only who keeps it, whom it was given to, or the partnership office may do this.")


def _bodies_kept(by, pks: set[int]) -> set[int]:
    maintained = {pk for pk in pks if reach_of(by).maintains(pk)}
    others = Organisation.objects.filter(pk__in=pks - maintained)
    return maintained | {body.pk for body in others if may_maintain(by, body)}
