"""Pages of an act on many entries: choose, say what, see it before, confirm, see what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from register.core.verdicts import require
from register.dashboard import exports
from register.dashboard.acts import may_ask
from register.dashboard.bulk import services
from register.dashboard.bulk.choosing import chosen_task, own_address
from register.dashboard.bulk.kinds import KINDS
from register.dashboard.bulk.models import BulkTask, TaskState
from register.dashboard.bulk.preview import preview_of
from register.dashboard.filters import RegisterFilter
from register.dashboard.narrowing import Asking
from register.dashboard.reading import visible_rows
from register.documents.models import Document, Version
from register.documents.permissions import readable_versions
from register.documents.views.conversation import asks
from register.printing import services as printing
from register.ui.pages import form_page

SHOWN = 200  # entries that the page of the result names


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Take what was ticked, or all that match, and go on to the page of the act."""
    asked = request.POST
    back = asked.get("back", "")
    try:
        task = chosen_task(
            user=request.user,
            act=asked.get("only") or asked.get("act", ""),
            refs=asked.getlist("ref"),
            token=asked.get("every", ""),
            query=back.partition("?")[2][:2_000],
            back=back,
        )
        if task.act in ("pack", printing.ZIP):
            return redirect(_printed(request.user, task))
    except ValidationError as problem:
        return _problem(request, problem.messages[0], back)
    return redirect(services.keep(task))


@asks
def bulk_task(request: HttpRequest, pk: int) -> HttpResponse:
    """What an act still needs to know; how far it has come; what became of it."""
    task = _task(request, pk)
    if task.state != TaskState.CHOSEN:
        return _result(request, task)
    require(may_ask(request.user, task.act))
    if task.act == "export":
        context = {"title": f"Export {_entries(task.count)}", "task": task, "back": _back(task)}
        return render(request, "dashboard/bulk_export.html", context)
    kind = KINDS[task.act]
    if kind.form is None:
        return redirect("dashboard:bulk_preview", task.pk)
    rows = visible_rows(request.user).filter(pk__in=task.keys).order_by()
    partnerships = sorted(set(rows.values_list("partnership_id", flat=True)))
    return form_page(
        request, kind.form(request.user, partnerships),
        act=lambda **values: services.fill_in(
            task=task, values=kind.fill(request.user, task, values)
        ),
        title=kind.title.format(_entries(task.count)), button="Show what will change",
        to=reverse("dashboard:bulk_preview", args=[task.pk]), back=_back(task),
        context={"intro": "Nothing is changed yet: the next page shows it before and after."},
    )  # fmt: skip


@asks
def bulk_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the number again and the first ten entries, before and after; confirming does it."""
    task = _task(request, pk)
    if task.act not in KINDS:
        raise Http404
    kind = KINDS[task.act]
    if task.state != TaskState.CHOSEN or (kind.form and not task.values):
        return redirect(task)
    if request.method == "POST":
        services.confirm(by=request.user, task=task)
        return redirect(task)
    preview = preview_of(request.user, task)
    more, words = kind.more(request.user, task) if kind.more else ("", {})
    context = {
        "title": kind.title.format(_entries(task.count)),
        "task": task, "kind": kind, "preview": preview, "back": _back(task),
        "button": kind.title.format(_entries(preview.will_be)),
        "more": more, **words,
    }  # fmt: skip
    return render(request, "dashboard/bulk_preview.html", context)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was archived, or brought back."""
    task = _task(request, pk)
    try:
        back = services.undo(by=request.user, task=task)
    except (ValidationError, KeyError):
        return _problem(request, "There is nothing to undo.", task.back, status=409)
    messages.success(request, "Undone.")
    return redirect(back)


@require_safe
def bulk_export(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The chosen entries as a file, in the order of the list; `which=shown` gives its columns alone."""
    task = _task(request, pk)
    if form not in exports.FORMS or task.act != "export":
        raise Http404
    wanted = RegisterFilter(Asking.of(request.user, task.query))
    wanted.is_valid()
    rows = visible_rows(request.user).filter(pk__in=task.keys).order_by(*wanted.order)
    codes = wanted.shown_columns if request.GET.get("which") == "shown" else None
    words = exports.words_of(wanted) if task.is_all else f"{_entries(task.count)} ticked"
    return exports.file_of(request, rows, form, words, codes)


def _result(request: HttpRequest, task: BulkTask) -> HttpResponse:
    kind = KINDS[task.act]
    changed = visible_rows(request.user).filter(pk__in=task.changed[:SHOWN]).order_by("reference")
    context = {
        "title": _title(task), "task": task, "kind": kind, "back": _back(task),
        "changed": list(changed.values_list("reference", "title")),
        "is_over": task.state == TaskState.DONE,
        "more": max(0, len(task.changed) - SHOWN),
    }  # fmt: skip
    return render(request, "dashboard/bulk_result.html", context)


def _title(task: BulkTask) -> str:
    if task.state != TaskState.DONE:
        return f"{task.place:,} of {_entries(task.count)} seen to"
    left = f", {len(task.skipped):,} left out" if task.skipped else ""
    return f"{_entries(len(task.changed))}: {KINDS[task.act].done}{left}"


def _printed(user, task: BulkTask):
    if task.count > printing.PACK_LIMIT:
        raise ValidationError(f"A pack holds up to {printing.PACK_LIMIT} entries: select fewer.")
    documents = Document.objects.visible_to(user).in_bulk(task.keys)
    versions = [_shown(user, documents[pk]) for pk in task.keys if pk in documents]
    found = [version for version in versions if version is not None]
    paper = task.act if task.act == printing.ZIP else ""
    return printing.ask(user=user, versions=found, title="Pack of entries", paper=paper)


def _shown(user, document: Document) -> Version | None:
    versions = list(readable_versions(user, document))
    return next((v for v in versions if v.is_governing), versions[0] if versions else None)


def _task(request: HttpRequest, pk: int) -> BulkTask:
    return get_object_or_404(BulkTask, pk=pk, user=request.user)


def _back(task: BulkTask) -> str:
    return task.back or f"{reverse('dashboard:register')}?{task.query or 'view=all'}"


def _problem(request: HttpRequest, sentence: str, back: str, status: int = 422) -> HttpResponse:
    context = {
        "title": "There is a problem",
        "sentence": sentence,
        "back": _back(BulkTask(back=own_address(back))),
    }
    return render(request, "dashboard/bulk_problem.html", context, status=status)


def _entries(count: int) -> str:
    return f"{count:,} {'entry' if count == 1 else 'entries'}"
