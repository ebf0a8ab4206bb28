"""Which tasks a reader may know of, and which of them the address asks for."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.db.models import Q

from register.accounts.roles import MAINTAIN
from register.core.dates import today
from register.core.verdicts import Verdict
from register.directory.reach import reach_of
from register.documents.models import Document
from register.search.models import Row, RowBody
from register.tasks.models import Task, TaskKind, TaskQuerySet
from register.tasks.permissions import may_keep

WHOSE = {"": "All of my partnerships", "mine": "Mine", "bodies": "My bodies'"}
STANDINGS = {"": "Open", "overdue": "Overdue", "closed": "Closed"}


@dataclass(frozen=True)
class Line:
    """A task as the list shows it: what it is about, where that stands, whether the reader may close it."""

    task: Task
    address: str
    may_close: Verdict
    is_overdue: bool


class TaskFilter(forms.Form):
    """What the address of the list asks for; whatever it does not understand is left out."""

    whose = forms.ChoiceField(choices=list(WHOSE.items()), required=False)
    kind = forms.ChoiceField(choices=[("", "Any reason"), *TaskKind.choices], required=False)
    standing = forms.ChoiceField(choices=list(STANDINGS.items()), required=False)
    document = forms.CharField(max_length=30, required=False)

    def apply(self, rows: TaskQuerySet, user) -> TaskQuerySet:
        """The tasks that are asked for, of those given."""
        self.is_valid()
        asked = self.cleaned_data
        standing = asked.get("standing")
        rows = rows.closed() if standing == "closed" else rows.open()
        if standing == "overdue":
            rows = rows.overdue(today())
        if kind := asked.get("kind"):
            rows = rows.filter(kind=kind)
        if reference := asked.get("document", "").strip():
            documents = Document.objects.visible_to(user).filter(reference__iexact=reference)
            rows = rows.filter(document_id__in=documents.values("pk"))
        return rows.filter(_whose(asked.get("whose", ""), user))


def visible_tasks(user) -> TaskQuerySet:
    """The tasks that a login may know of: those about what it may read, caused by what it may read."""
    reach = reach_of(user)
    if reach.sees_everything:
        return Task.objects.all()
    documents = Document.objects.visible_to(user).order_by().values("pk")
    bodies = Q(partnership_id__in=reach.partnerships) | Q(organisation_id__in=_bodies(user))
    about = Q(document_id__in=documents) | (Q(document_id__isnull=True) & bodies)
    cause = Q(source_id__isnull=True) | Q(source_id__in=documents)
    return Task.objects.filter(Q(partnership_id__in=reach.whole) | (about & cause))


def lines_of(tasks: list[Task], user) -> list[Line]:
    """Tasks as the list shows them; a few statements for any number."""
    rows = Row.objects.in_bulk({task.document_id for task in tasks if task.document_id})
    verdicts = may_keep(user, tasks)
    day = today()
    return [
        Line(
            task,
            _address(task, rows.get(task.document_id or 0)),
            verdicts[task.pk],
            task.is_open and task.due_on < day,
        )
        for task in tasks
    ]


def _address(task: Task, row: Row | None) -> str:
    if row is not None:
        return Document(reference=row.reference).get_absolute_url()
    return task.organisation.get_absolute_url() if task.organisation else ""


def _whose(whose: str, user) -> Q:
    reach = reach_of(user)
    if whose == "mine":
        owned = Document.objects.filter(owner_id=reach.person_id).order_by().values("pk")
        unassigned = Q(assignee__isnull=True, document_id__in=owned)
        return Q(assignee_id=reach.person_id) | unassigned if reach.person_id else Q(pk__in=[])
    if whose == "bodies":
        bodies = _bodies(user)
        named = RowBody.objects.filter(organisation_id__in=bodies).values("row_id")
        return Q(organisation_id__in=bodies) | Q(document_id__in=named)
    return Q()


def _bodies(user) -> set[int]:
    reach = reach_of(user)
    return set(reach.membership_bodies.values()) | reach.bodies(MAINTAIN)
