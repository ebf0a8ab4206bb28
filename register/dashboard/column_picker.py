"""Which columns the register's list shows, and in which order: a page that needs no scripts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.dashboard.columns import COLUMNS, read_columns, written

NONE_TICKED = "Tick at least one column."
_PAGE = ("after", "before", "at")


@require_safe
def columns(request: HttpRequest) -> HttpResponse:
    """Ask which columns, or go to the list that shows them: its filter stays, its page is the first."""
    kept = request.GET.copy()
    for name in [*_PAGE, *(n for n in kept if n in ("set", "show") or n.startswith("place-"))]:
        kept.pop(name, None)
    if "set" not in request.GET:
        return _ask(request, kept, read_columns(kept.get("columns", "")))
    chosen = _chosen(request.GET)
    if not chosen:
        return _ask(request, kept, [], NONE_TICKED)
    kept.pop("columns", None)
    if said := written(chosen):
        kept["columns"] = said
    return redirect(_list(kept))


def _ask(
    request: HttpRequest, kept: QueryDict, chosen: list[str], problem: str = ""
) -> HttpResponse:
    codes = [*chosen, *(code for code in COLUMNS if code not in chosen)]
    context = {
        "title": "Columns of the register",
        "offered": [
            (place, COLUMNS[code], code in chosen) for place, code in enumerate(codes, start=1)
        ],
        "kept": [(n, value) for n, values in kept.lists() if n != "columns" for value in values],
        "problem": problem,
        "back": _list(kept),
        "usual": _list(_without_columns(kept)),
    }
    return render(request, "dashboard/columns.html", context, status=422 if problem else 200)


def _chosen(asked: QueryDict) -> list[str]:
    """The ticked columns in the order of their numbers; equal numbers stay as they stood."""
    ticked = [code for code in dict.fromkeys(asked.getlist("show")) if code in COLUMNS]
    return sorted(ticked, key=lambda code: _number(asked.get(f"place-{code}", "")))


def _number(typed: str) -> int:
    typed = typed.strip()
    return int(typed) if typed.isdecimal() and len(typed) < 5 else len(COLUMNS) + 1


def _without_columns(kept: QueryDict) -> QueryDict:
    query = kept.copy()
    query.pop("columns", None)
    return query


def _list(query: QueryDict) -> str:
    return f"{reverse('dashboard:register')}?{query.urlencode() or 'view=all'}"
