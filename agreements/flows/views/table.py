"""The schedule of flows edited as a table: every row is saved in one act, or none."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from agreements.flows.facts import FlowFacts, flows_of
from agreements.flows.forms.table import COLUMNS, NAMES, RowForm
from agreements.flows.models import Flow
from agreements.flows.services.flows import change_schedule
from agreements.flows.views.finding import agreement_draft, list_address
from agreements.flows.views.pages import tell
from register.core.conflicts import Conflict
from register.documents.models import Version
from register.documents.services import typing
from register.documents.views.conversation import asks
from register.ui.pages import shown

Problem = tuple[str, str]


@asks
def table(request: HttpRequest, ref: str) -> HttpResponse:
    """The flows of a draft, a row each; saving names the row that is wrong, and loses nothing typed."""
    version = agreement_draft(request, ref)
    found = flows_of([version.pk]).get(version.pk, [])
    if request.method == "POST":
        return _save(request, version, found)
    typed = typing.typed_on(user=request.user, page=request.path)
    data = _as_sent(typed) if typed else None
    rows = [_row(facts, data) for facts in found]
    return _answer(request, version, rows, is_restored=bool(typed))


def _save(request: HttpRequest, version: Version, found: list[FlowFacts]) -> HttpResponse:
    rows = [_row(facts, request.POST) for facts in found if _is_sent(request.POST, facts.flow)]
    if gone := _gone(request.POST, found):
        return _answer(request, version, rows, gone=gone, status=409)
    if problems := [problem for row in rows if not row.is_valid() for problem in row.problems]:
        return _answer(request, version, rows, problems=problems, status=422)
    changes = [(row.flow, row.cleaned_data["row_version"], row.facts()) for row in rows]
    try:
        written, cleared = change_schedule(by=request.user, version=version, changes=changes)
    except Conflict as conflict:
        return _conflict(request, version, found, rows, conflict.current)
    except ValidationError as error:
        problems = [("#main", sentence) for sentence in error.messages]
        return _answer(request, version, rows, problems=problems, status=422)
    typing.drop(user=request.user, page=request.path)
    flows = "1 flow is" if written == 1 else f"{written} flows are"
    messages.success(request, f"{flows} changed." if written else "Nothing was changed.")
    tell(request, cleared)
    return redirect(list_address(version))


def _conflict(
    request: HttpRequest, version: Version, found: list[FlowFacts], rows: list[RowForm], now: Flow
) -> HttpResponse:
    # Saving again is a choice made with both in view: the row goes on from how it stands now.
    data = request.POST.copy()
    row = next(each for each in rows if each.flow.pk == now.pk)
    data[row.add_prefix("row_version")] = str(now.row_version)
    again = [_row(facts, data) for facts in found if _is_sent(data, facts.flow)]
    pairs = [
        (heading, shown(getattr(now, name), row[name]), shown(row.cleaned_data[name], row[name]))
        for name, heading, _ in COLUMNS
        if getattr(now, name) != row.cleaned_data[name]
    ]
    said = f"{row.words[:1].upper()}{row.words[1:]}"
    conflict = {"row": row, "words": said, "pairs": pairs}
    return _answer(request, version, again, conflict=conflict, status=409)


def _answer(
    request: HttpRequest, version: Version, rows: Sequence[RowForm], *, status: int = 200, **words
) -> HttpResponse:
    context = {
        "title": "Information flows as a table",
        "version": version,
        "document": version.document,
        "columns": [heading for _, heading, _ in COLUMNS],
        "rows": rows,
        "unsaved_page": request.path,
        **words,
    }
    return render(request, "flows/table.html", context, status=status)


def _row(facts: FlowFacts, data) -> RowForm:
    flow = facts.flow
    initial = {name: getattr(flow, name) for name in NAMES} | {"row_version": flow.row_version}
    sent = data if data is not None and _is_sent(data, flow) else None
    return RowForm(sent, flow=flow, number=facts.number, initial=initial)


def _is_sent(data, flow: Flow) -> bool:
    return f"f{flow.pk}-row_version" in data


def _gone(data, found: list[FlowFacts]) -> list[list[str]]:
    """What was typed into rows that somebody else has removed meanwhile."""
    here = {f"f{facts.flow.pk}" for facts in found}
    sent = {name.partition("-")[0] for name in data if name.endswith("-row_version")}
    return [
        [words for name in NAMES if (words := data.get(f"{prefix}-{name}", ""))]
        for prefix in sorted(sent - here)
    ]


def _as_sent(typed: dict) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in typed.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data
