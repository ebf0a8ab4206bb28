"""Open tasks on the page of the entry or body that they are about."""

from __future__ import annotations

from register.documents.models import Version
from register.documents.panels import Panel
from register.reports.task_reading import Line, lines_of, visible_tasks

SHOWN = 10


def tasks_panel(user, version: Version) -> Panel | None:
    """The open tasks about a document, where there are any that the reader may know of."""
    rows = visible_tasks(user).open().of_document(version.document_id)
    found = _lines(rows, user)
    if not found:
        return None
    count = "One task is" if len(found) == 1 else f"{_many(found)} tasks are"
    context = {"rows": found[:SHOWN], "is_more": len(found) > SHOWN}
    return Panel("Tasks", "tasks/_panel.html", context, sentence=f"{count} open.")


def tasks_of_body(user, organisation) -> list[Line]:
    """The open tasks about a body itself that the reader may know of, ten at most and one more."""
    return _lines(visible_tasks(user).open().of_body(organisation.pk), user)


def _lines(rows, user) -> list[Line]:
    found = rows.select_related("organisation", "assignee").order_by("due_on", "pk")
    tasks = list(found[: SHOWN + 1])
    return lines_of(tasks, user) if tasks else []


def _many(found: list[Line]) -> str:
    return f"More than {SHOWN}" if len(found) > SHOWN else str(len(found))
