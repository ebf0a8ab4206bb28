"""The sections of a draft: rich text, and ordered lists such as principles."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from register.documents.forms.drafting import item_form, text_form, values_of
from register.documents.models import Content, Version
from register.documents.services import content
from register.documents.tiers import TIERS, ItemsTask
from register.documents.views.conversation import asks
from register.documents.views.drafting import task_page
from register.documents.views.finding import draft_or_refusal, row_of, row_or_404
from register.documents.views.rows import gone, move_page, remove_page


@asks
def section(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """A section of a draft: its fields, or its list."""
    version = draft_or_refusal(request, ref)
    task = _task(version, code)
    if isinstance(task, ItemsTask):
        return _list(request, version, task)
    row = task.model._default_manager.get(version=version)
    return task_page(
        request, version, text_form(task), task.heading,
        initial=values_of(row, task.fields),
        act=partial(content.save_text, by=request.user, version=version, model=task.model),
        context={"intro": task.hint},
    )  # fmt: skip


@asks
def add(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """Add a row to a list of a draft."""
    version = draft_or_refusal(request, ref)
    task = _items_task(version, code)

    def act(**values):
        linked = _taken(task, values)
        row = content.add_item(by=request.user, version=version, model=task.model, **values)
        _link(task, request.user, row, linked)

    return task_page(
        request, version, item_form(task, version.document, changes=False),
        f"Add {_a(task.item_word)}", act=act, to=_address(version, task), back=_address(version, task),
    )  # fmt: skip


@asks
def change(request: HttpRequest, ref: str, code: str, pk: int) -> HttpResponse:
    """Change a row of a list of a draft."""
    version = draft_or_refusal(request, ref)
    task = _items_task(version, code)
    if (row := row_of(task.model, pk, version)) is None:
        return gone(request)
    initial = values_of(row, task.fields)
    if task.link is not None:
        initial[task.link.name] = task.link.initial(row)

    def act(**values):
        linked = _taken(task, values)
        changed = content.change_item(by=request.user, row=row, **values)
        _link(task, request.user, changed, linked)

    return task_page(
        request, version, item_form(task, version.document, changes=True),
        f"Change {task.item_word}", initial=initial, act=act,
        to=_address(version, task), back=_address(version, task),
    )  # fmt: skip


@asks
def remove(request: HttpRequest, ref: str, code: str, pk: int) -> HttpResponse:
    """Remove a row of a list of a draft, once it is confirmed."""
    version = draft_or_refusal(request, ref)
    task = _items_task(version, code)
    return remove_page(
        request, row_or_404(task.model, pk, version), task.item_word, to=_address(version, task)
    )


@asks
def move(request: HttpRequest, ref: str, code: str, pk: int) -> HttpResponse:
    """Move a row of a list of a draft up or down."""
    version = draft_or_refusal(request, ref)
    task = _items_task(version, code)
    return move_page(request, row_or_404(task.model, pk, version), to=_address(version, task))


def _list(request: HttpRequest, version: Version, task: ItemsTask) -> HttpResponse:
    rows = list(task.model._default_manager.filter(version=version))
    notes = task.notes(version) if task.notes else {}
    context = {
        "title": task.heading,
        "task": task,
        "version": version,
        "document": version.document,
        "rows": [
            {
                "row": row,
                "number": task.number(row, place),
                "heading": getattr(row, task.heading_field, "") if task.heading_field else str(row),
                "text": getattr(row, task.text_field, "") if task.text_field else "",
                "note": notes.get(row.pk, ""),
            }
            for place, row in enumerate(rows, start=1)
        ],
    }
    return render(request, "documents/items.html", context)


def _task(version: Version, code: str):
    task = TIERS[version.document.tier].task(code)
    if task is None:
        raise Http404("A draft of this tier has no such page.")
    return task


def _items_task(version: Version, code: str) -> ItemsTask:
    task = _task(version, code)
    if not isinstance(task, ItemsTask):
        raise Http404("That page has no rows.")
    return task


def _taken(task: ItemsTask, values: dict) -> list | None:
    return list(values.pop(task.link.name)) if task.link is not None else None


def _link(task: ItemsTask, by, row: Content, linked: list | None) -> None:
    if task.link is not None and linked is not None:
        task.link.save(by=by, row=row, values=linked)


def _address(version: Version, task: ItemsTask) -> str:
    return reverse("documents:section", args=[version.document.reference, task.code])


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
