"""The list of tasks, a task, and what came of it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from register.core.verdicts import require
from register.directory.views.conversation import asks, belongs
from register.ledger.models import Entry
from register.ledger.sentences import lines
from register.reports.task_forms import AssignForm, CloseForm, CloseManyForm
from register.reports.task_reading import TaskFilter, lines_of, visible_tasks
from register.tasks import services
from register.tasks.models import Outcome, Task
from register.tasks.permissions import may_assign, may_close
from register.ui.listing import SIZES, page_of, size_of
from register.ui.pages import UNPROCESSABLE, form_page

PAGE = 50
ACTS = 30


@require_safe
@belongs
def tasks(request: HttpRequest) -> HttpResponse:
    """What somebody is asked to look at, the most urgent first."""
    return _list(request, {})


@require_POST
@belongs
def close_tasks(request: HttpRequest) -> HttpResponse:
    """Close the ticked tasks with one outcome."""
    ticked = request.POST.getlist("task")[: max(SIZES)]
    keys = [int(key[:18]) for key in ticked if key.isdecimal()]
    found = list(visible_tasks(request.user).filter(pk__in=keys))
    form = CloseManyForm(request.POST, keys=[task.pk for task in found])
    if not form.is_valid():
        problems = [error for errors in form.errors.values() for error in errors]
        return _list(request, {"problems": problems, "ticked": set(keys)}, UNPROCESSABLE)
    said = {name: form.cleaned_data[name] for name in ("outcome", "note")}
    closed = services.close_tasks(by=request.user, tasks=found, **said)
    count = len(closed)
    messages.success(request, f"{count} {'task is' if count == 1 else 'tasks are'} closed.")
    query = request.GET.urlencode()
    return redirect(reverse("reports:tasks") + (f"?{query}" if query else ""))


@require_safe
@belongs
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """A task: what happened, what it touches and why, whom it is given to, and what came of it."""
    found = _task(request, pk)
    entries = Entry.objects.about(found).newest_first()[:ACTS]
    context = {
        "title": found.name,
        "task": found,
        "line": lines_of([found], request.user)[0],
        "may_close": may_close(request.user, found),
        "may_assign": may_assign(request.user, found),
        "lines": lines(entries),
    }
    return render(request, "tasks/task.html", context)


@asks
@belongs
def close_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a task with its outcome."""
    found = _task(request, pk)
    require(may_close(request.user, found))
    return form_page(
        request,
        CloseForm,
        act=partial(services.close_task, by=request.user, task=found),
        title=f"Close the task about {found.name}",
        button="Close the task",
        done="The task is closed.",
        to=reverse("reports:tasks"),
        back=reverse("reports:task", args=[found.pk]),
        initial={"row_version": found.row_version},
        context={"intro": f"{found.says} {found.why}"},
    )


@asks
@belongs
def assign_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a task to a person."""
    found = _task(request, pk)
    require(may_assign(request.user, found))
    back = reverse("reports:task", args=[found.pk])
    return form_page(
        request,
        partial(AssignForm, user=request.user),
        act=partial(services.assign, by=request.user, task=found),
        title=f"Give somebody the task about {found.name}",
        button="Give the task",
        done="The task is given.",
        to=back,
        back=back,
        initial={"row_version": found.row_version, "assignee": found.assignee_id},
    )


def _list(request: HttpRequest, more: dict, status: int = 200) -> HttpResponse:
    asked = request.GET.dict()
    wanted = TaskFilter(request.GET)
    rows = wanted.apply(visible_tasks(request.user), request.user)
    rows = rows.select_related("organisation", "assignee", "partnership")
    size = size_of(asked) if asked.get("size") else PAGE
    page = page_of(rows, order=["due_on", "pk"], asked=asked, size=size)
    found = lines_of(page.rows, request.user)
    context = {
        "title": "Tasks",
        "page": page,
        "rows": found,
        "filter": wanted,
        "outcomes": Outcome.choices,
        "may_close_any": any(line.may_close and line.task.is_open for line in found),
        "is_many": len({line.task.partnership_id for line in found}) > 1,
        **more,
    }
    return render(request, "tasks/tasks.html", context, status=status)


def _task(request: HttpRequest, pk: int) -> Task:
    rows = visible_tasks(request.user).select_related("organisation", "assignee", "partnership")
    return get_object_or_404(rows, pk=pk)
