"""Pages of the reference lists: everybody reads them, administrators keep them."""

from __future__ import annotations

from collections import Counter
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from register.core.dates import today
from register.core.verdicts import require
from register.ledger.models import Change, Entry
from register.ledger.sentences import lines
from register.lists import services
from register.lists.catalogue import LISTS, ReferenceList
from register.lists.forms import EndItemForm, ItemEditForm, ItemForm
from register.lists.models import Item
from register.lists.permissions import may_keep_lists
from register.ui.listing import page_of, size_of
from register.ui.pages import form_page

asks = require_http_methods(["GET", "HEAD", "POST"])
FACTS = ("label", "meaning", "source", "extent", "in_force_from", "in_force_until")


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Every reference list with the number of its rows."""
    counts = Counter(Item.objects.values_list("list_code", flat=True))
    rows = [{"list": row, "count": counts[row.code]} for row in LISTS.values()]
    return render(request, "lists/lists.html", {"title": "Reference lists", "lines": rows})


@require_safe
def reference_list(request: HttpRequest, code: str) -> HttpResponse:
    """One list with its rows, ended ones too."""
    found = _list_or_404(code)
    context = {
        "title": found.name,
        "list": found,
        "items": Item.objects.of(code),
        "may_keep": may_keep_lists(request.user),
        "day": today(),
    }
    return render(request, "lists/list.html", context)


@asks
def add_item(request: HttpRequest, code: str) -> HttpResponse:
    """Add a row to a list."""
    found = _list_or_404(code)
    require(may_keep_lists(request.user))
    return form_page(
        request,
        ItemForm,
        act=partial(services.add_item, by=request.user, list_code=code),
        title=f"Add a row to {found.name}",
        button="Add the row",
        done="The row is added.",
        to=_address(found),
        back=_address(found),
    )


@asks
def change_item(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Reword a row or change its days."""
    found = _list_or_404(code)
    item = get_object_or_404(Item, list_code=code, pk=pk)
    require(may_keep_lists(request.user))
    initial = {name: getattr(item, name) for name in FACTS}
    return form_page(
        request,
        ItemEditForm,
        act=partial(services.change_item, by=request.user, item=item),
        title=f"Change “{item.label}”",
        button="Save the row",
        done="The row is saved.",
        to=_address(found),
        back=_address(found),
        initial={**initial, "row_version": item.row_version},
        context={"intro": f"Its code stays {item.code}. What is signed keeps its old wording."},
    )


@asks
def end_item(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End a row: it may no longer be chosen, and entries keep it."""
    found = _list_or_404(code)
    item = get_object_or_404(Item, list_code=code, pk=pk)
    require(may_keep_lists(request.user))
    return form_page(
        request,
        EndItemForm,
        act=partial(services.end_item, by=request.user, item=item),
        title=f"End “{item.label}”",
        button="End the row",
        done="The row has an end.",
        to=_address(found),
        back=_address(found),
        initial={"until": today(), "row_version": item.row_version},
        context={"danger": True},
    )


@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Who changed what in a list."""
    found = _list_or_404(code)
    pks = [str(pk) for pk in Item.objects.of(code).values_list("pk", flat=True)]
    changes = Change.objects.filter(row_model=Item._meta.label_lower, row_pk__in=pks)
    entries = Entry.objects.filter(number__in=changes.values("entry_id"))
    asked = request.GET.dict()
    page = page_of(entries, order=["-number"], asked=asked, size=size_of(asked))
    context = {
        "title": f"History of {found.name}",
        "list": found,
        "page": page,
        "lines": lines(page.rows),
    }
    return render(request, "lists/history.html", context)


def _list_or_404(code: str) -> ReferenceList:
    if code not in LISTS:
        raise Http404("There is no such list.")
    return LISTS[code]


def _address(found: ReferenceList) -> str:
    return reverse("lists:list", args=[found.code])
