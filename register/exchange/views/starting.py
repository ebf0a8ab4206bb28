"""The first two steps of an import: the file or the pasted cells, and what their columns hold."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from register.core.dates import words
from register.core.verdicts import require
from register.exchange import kinds, mapping, taking_in
from register.exchange.forms import ColumnsForm, ImportForm
from register.exchange.looking import Look, look
from register.exchange.models import Import, ImportState
from register.exchange.permissions import may_import
from register.exchange.services import REFUSALS
from register.exchange.views.imports import import_or_404
from register.ui.pages import form_page


@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: HttpRequest) -> HttpResponse:
    """Send a spreadsheet in, or paste cells of one."""
    require(may_import(request.user))
    return form_page(
        request,
        partial(ImportForm, user=request.user),
        act=partial(taking_in.take_in, by=request.user),
        title="Import a register",
        button="Read the spreadsheet",
        to=lambda row: reverse("exchange:columns", args=[row.pk]),
        back=reverse("exchange:imports"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def choose_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what each column of a file holds; proposed from its headings and from the last file like it."""
    row = import_or_404(request, pk)
    if row.state not in taking_in.OPEN:
        messages.info(request, taking_in.MOVED_ON)
        return redirect(row.get_absolute_url())
    asked = request.POST if request.method == "POST" else request.GET
    try:
        seen = look(row, sheet=asked.get("sheet", ""), kind=asked.get("kind", ""))
    except REFUSALS as refused:
        messages.info(request, taking_in.plainly(refused))
        return redirect(reverse("exchange:columns", args=[row.pk]) if asked else "exchange:imports")
    lists = mapping.lists_of(row)
    said = {"provider": _provider(row, seen), "list_name": mapping.list_for(row, seen.known, lists)}
    return form_page(
        request,
        partial(ColumnsForm, look=seen, lists=lists, said=said),
        act=partial(_choose, by=request.user, row=row, seen=seen),
        title="What the columns hold",
        button="Show what would happen",
        to=row.get_absolute_url(),
        template="exchange/columns.html",
        back=row.get_absolute_url(),
        context={"row": row, "look": seen, "kinds": kinds.in_order()[::-1], **_said_of(row, seen)},
    )


def _choose(*, by, row: Import, seen: Look, sheet: str, kind: str, provider: str = "",
            list_name: str = "", sure: bool = True, **columns: str) -> Import:  # fmt: skip
    fields = {int(name.removeprefix("column-")): field for name, field in columns.items()}
    return taking_in.choose_columns(
        by=by, row=row, kind=kind, sheet=sheet, fields=fields, provider=provider,
        list_name=list_name, seen=seen if (seen.kind.code, seen.sheet) == (kind, sheet) else None,
    )  # fmt: skip


def _provider(row: Import, seen: Look) -> str:
    return row.provider or (seen.known.mapping.provider if seen.known else "")


def _said_of(row: Import, seen: Look) -> dict:
    """What the page says of where its proposals come from."""
    doubt = taking_in.plainly(Exception(seen.doubt)) if seen.doubt else ""
    if row.is_mapped or seen.known is None or row.state != ImportState.MAPPING:
        return {"doubt": "" if row.is_mapped else doubt}
    mapping_used = seen.known.mapping
    alike = "the same" if seen.known.is_same else "nearly the same"
    day = words(mapping_used.used_at.date())
    return {
        "proposed": f"Proposed as for “{mapping_used.file_name}” on {day}, which had {alike} headings."
    }
