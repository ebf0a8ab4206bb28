"""Pages on which everybody reads the reference lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from register.core.dates import today
from register.core.ripple import touched_for
from register.ledger.models import Change, Entry
from register.ledger.sentences import Line, lines
from register.lists.causes import law_changes, rests_on
from register.lists.finding import list_or_404
from register.lists.models import Item
from register.lists.permissions import may_keep_lists
from register.lists.showing import all_facts, by_subject, few_facts, in_group
from register.ui.listing import page_of, size_of

SHOWN = 100  # of what rests on a row


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Every reference list under its subject, with the number of its rows."""
    counts = Counter(Item.objects.values_list("list_code", flat=True))
    subjects = [
        {"name": name, "lines": [{"list": found, "count": counts[found.code]} for found in rows]}
        for name, rows in by_subject()
    ]
    return render(request, "lists/lists.html", {"title": "Reference lists", "subjects": subjects})


@require_safe
def reference_list(request: HttpRequest, code: str) -> HttpResponse:
    """One list with its rows, ended ones too."""
    found = list_or_404(code)
    group = request.GET.get("group", "")
    rows = [row for row in Item.objects.of(code) if in_group(found, row, group)]
    context = {
        "title": found.name,
        "list": found,
        "group": group,
        "groups": found.fact(found.grouped_by).choices if found.grouped_by else (),
        "lines": [{"item": row, "facts": few_facts(row)} for row in rows],
        "may_keep": may_keep_lists(request.user),
        "day": today(),
    }
    return render(request, "lists/list.html", context)


@require_safe
def item(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One row: what it means, its facts, what rests on it, and its history."""
    found = list_or_404(code)
    row = get_object_or_404(Item, list_code=code, pk=pk)
    touches = touched_for(law_changes(row), request.user) if rests_on(row) else []
    context = {
        "title": row.label,
        "list": found,
        "item": row,
        "facts": all_facts(row),
        "holds": row.holds_on(today()),
        "day": today(),
        "rests_on": rests_on(row),
        "touches": touches[:SHOWN],
        "touches_count": len(touches),
        "may_keep": may_keep_lists(request.user),
        **_history(request, Item.objects.filter(pk=pk)),
    }
    return render(request, "lists/item.html", context)


@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Who changed what in a list."""
    found = list_or_404(code)
    words = {"title": f"History of {found.name}", "list": found}
    return render(request, "lists/history.html", words | _history(request, Item.objects.of(code)))


def _history(request: HttpRequest, rows: QuerySet) -> dict:
    pks = [str(pk) for pk in rows.values_list("pk", flat=True)]
    changes = Change.objects.filter(row_model=Item._meta.label_lower, row_pk__in=pks)
    entries = Entry.objects.filter(number__in=changes.values("entry_id"))
    asked = request.GET.dict()
    page = page_of(entries, order=["-number"], asked=asked, size=size_of(asked))
    return {"page": page, "lines": [_without_the_rest(line) for line in lines(page.rows)]}


def _without_the_rest(line: Line) -> Line:
    """Loading adds the rows of every list at once: the others are no part of this history."""
    return replace(line, sentences=[]) if line.entry.verb == "lists.loaded" else line
