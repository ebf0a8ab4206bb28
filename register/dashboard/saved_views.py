"""Pages of saved views: save what the list shows, change a view, save over it, remove it."""

from __future__ import annotations

from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from register.core.verdicts import require
from register.dashboard.columns import COLUMNS
from register.dashboard.filters import RegisterFilter
from register.dashboard.narrowing import Asking
from register.dashboard.tabs import address_of
from register.documents.views.conversation import asks
from register.saved import services
from register.saved.models import NAME_LENGTH, SavedView
from register.saved.permissions import may_change, may_remove, may_share
from register.ui.context import Frame
from register.ui.forms import Form
from register.ui.pages import form_page


class ViewForm(Form):
    """The name of a view, who sees it, and whether the register opens with it."""

    name = forms.CharField(
        label="Name of the view",
        max_length=NAME_LENGTH,
        help_text="It becomes a tab of the register",
    )
    is_shared = forms.BooleanField(
        label="Share it with the partnership",
        required=False,
        help_text="Others see its name and its filter, and only the entries that they may see",
    )
    is_default = forms.BooleanField(label="Open the register with it", required=False)

    def __init__(self, *args, may_share, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["is_shared"]


@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """The views that a reader has: their own, and those that others share."""
    rows = SavedView.objects.open_to(request.user).select_related("owner__person", "partnership")
    found = [
        {
            "view": view,
            "address": address_of(view.query, view.pk),
            "may_change": may_change(request.user, view),
            "may_remove": may_remove(request.user, view),
        }
        for view in rows
    ]
    return render(
        request, "dashboard/views.html", {"title": "Views of the register", "found": found}
    )


@asks
def save_view(request: HttpRequest) -> HttpResponse:
    """Save what the list shows: its filter, columns and order, never the page."""
    wanted = _wanted(request.user, request.GET.urlencode())
    verdict = may_share(request.user, home := Frame(request).home)
    return form_page(
        request, partial(ViewForm, may_share=verdict),
        act=lambda name, is_default, is_shared=False: services.save_view(
            by=request.user, name=name, query=wanted.canonical, is_default=is_default,
            share_with=home if is_shared else None,
        ),
        title="Save as a view", button="Save view", template="dashboard/view.html",
        done="The view is saved: it is a tab of the register.",
        to=lambda view: address_of(view.query, view.pk),
        back=address_of(wanted.canonical, "" if wanted.canonical else "all"),
        context={"wanted": wanted, "shown": _column_words(wanted)},
    )  # fmt: skip


@asks
def change_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a view, share it or keep it, open the register with it."""
    view = _view(request, pk)
    require(may_change(request.user, view))
    place = view.partnership or Frame(request).home
    wanted = _wanted(request.user, view.query)
    return form_page(
        request, partial(ViewForm, may_share=may_share(request.user, place) or view.is_shared),
        act=lambda name, is_default, is_shared=False: services.change_view(
            by=request.user, view=view, name=name, is_default=is_default,
            share_with=place if is_shared else None,
        ),
        title=f"Change the view {view.name}", button="Save view", template="dashboard/view.html",
        initial={"name": view.name, "is_shared": view.is_shared, "is_default": view.is_default},
        done="The view is changed.", to=reverse("dashboard:views"), back=reverse("dashboard:views"),
        context={"wanted": wanted, "shown": _column_words(wanted)},
    )  # fmt: skip


@asks
def save_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a view show what the list shows now."""
    view = _view(request, pk)
    require(may_change(request.user, view))
    wanted = _wanted(request.user, request.GET.urlencode())
    return form_page(
        request, Form,
        act=lambda: services.save_over(by=request.user, view=view, query=wanted.canonical),
        title=f"Save the change to {view.name}?", button="Save view",
        template="dashboard/view.html", done=f"{view.name} shows this from now on.",
        to=lambda view: address_of(view.query, view.pk),
        back=address_of(wanted.canonical, view.pk),
        context={"wanted": wanted, "shown": _column_words(wanted)},
    )  # fmt: skip


@asks
def remove_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a view; no entry changes."""
    view = _view(request, pk)
    require(may_remove(request.user, view))
    return form_page(
        request, Form,
        act=lambda: services.remove_view(by=request.user, view=view),
        title=f"Remove the view {view.name}?", button="Remove view",
        done=f"The view {view.name} is removed.",
        to=reverse("dashboard:views"), back=reverse("dashboard:views"),
        context={
            "danger": True,
            "intro": "The tab goes, also for those with whom it is shared. No entry changes.",
        },
    )  # fmt: skip


@require_POST
def open_with(request: HttpRequest) -> HttpResponse:
    """Open the register with a view, or with all entries where none is named."""
    named = request.POST.get("view", "")
    view = _view(request, int(named)) if named.isdigit() and len(named) < 19 else None
    services.choose_default(by=request.user, view=view)
    messages.success(request, f"The register opens with {view.name if view else 'all entries'}.")
    return redirect("dashboard:views")


def _view(request: HttpRequest, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.open_to(request.user), pk=pk)


def _wanted(user, query: str) -> RegisterFilter:
    wanted = RegisterFilter(Asking.of(user, query))
    wanted.is_valid()
    return wanted


def _column_words(wanted: RegisterFilter) -> list[str]:
    return [COLUMNS[code].words for code in wanted.shown_columns]
