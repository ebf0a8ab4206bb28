"""Pages on which administrators keep the reference lists."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from register.core.dates import today
from register.core.ripple import touched_for
from register.core.verdicts import require
from register.lists import services
from register.lists.causes import law_changes, rests_on
from register.lists.finding import list_or_404
from register.lists.forms import EndItemForm, ItemEditForm, ItemForm, columns_of, sorted_out, stored
from register.lists.models import Item
from register.lists.permissions import may_keep_lists
from register.ui.pages import form_page

asks = require_http_methods(["GET", "HEAD", "POST"])
COLUMNS = ("label", "meaning", "source", "extent", "in_force_from", "in_force_until")
TOUCHES_IF = (
    "Where you change its wording, source, extent, days or facts, each of these gets a task to "
    "confirm again; a plainer explanation asks nobody."
)


@asks
def add_item(request: HttpRequest, code: str) -> HttpResponse:
    """Add a row to a list."""
    found = list_or_404(code)
    require(may_keep_lists(request.user))
    to = reverse("lists:list", args=[code])

    def add(**cleaned) -> Item:
        return services.add_item(by=request.user, list_code=code, **sorted_out(cleaned))

    return form_page(
        request,
        partial(ItemForm, found=found),
        act=add,
        title=f"Add a row to {found.name}",
        button="Add the row",
        done="The row is added.",
        to=to,
        back=to,
    )


@asks
def change_item(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Reword a row or change its days or facts."""
    found = list_or_404(code)
    row = get_object_or_404(Item, list_code=code, pk=pk)
    require(may_keep_lists(request.user))
    to = reverse("lists:item", args=[code, pk])
    intro = f"Its code stays {row.code}. What is signed keeps its old wording."

    def change(**cleaned) -> Item:
        return services.change_item(by=request.user, item=row, **sorted_out(cleaned))

    return form_page(
        request,
        partial(ItemEditForm, found=found),
        act=change,
        title=f"Change “{row.label}”",
        button="Save the row",
        done="The row is saved.",
        to=to,
        back=to,
        initial={**columns_of(row, COLUMNS), "row_version": row.row_version},
        context={"intro": intro, "touches_if": TOUCHES_IF, **_touches(request, row)},
        theirs=partial(stored, found=found),
    )


@asks
def end_item(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End a row: it may no longer be chosen, and entries keep it."""
    list_or_404(code)
    row = get_object_or_404(Item, list_code=code, pk=pk)
    require(may_keep_lists(request.user))
    to = reverse("lists:item", args=[code, pk])
    return form_page(
        request,
        EndItemForm,
        act=partial(services.end_item, by=request.user, item=row),
        title=f"End “{row.label}”",
        button="End the row",
        done="The row has an end.",
        to=to,
        back=to,
        initial={"until": today(), "row_version": row.row_version},
        context={"danger": True, **_touches(request, row)},
    )


def _touches(request: HttpRequest, row: Item) -> dict:
    """What is touched, where entries rest on the row."""
    return {"touches": touched_for(law_changes(row), request.user)} if rests_on(row) else {}
