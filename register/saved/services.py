"""Saving, changing and removing views. They are no part of the register: no acts of the ledger."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from register.core.dates import now
from register.core.verdicts import require
from register.directory.models import Partnership
from register.saved.models import QUERY_LENGTH, DefaultView, SavedView, WithoutKeys
from register.saved.permissions import may_change, may_remove, may_share

MOST = 30  # views of one person: more would not be found again as tabs


def save_view(
    *, by, name: str, query: str, share_with: Partnership | None = None, is_default: bool = False
) -> SavedView:
    """Keep a query string of the register under a name; shared with a partnership where one is given."""
    if SavedView.objects.filter(owner=by).count() >= MOST:
        raise ValidationError(f"You have {MOST} views. Remove one to save another.")
    view = SavedView(owner=by, query=query)
    return _keep(by, view, name, share_with, is_default)


def change_view(
    *, by, view: SavedView, name: str, share_with: Partnership | None, is_default: bool
) -> SavedView:
    """Give a view another name, share it or keep it to oneself, open the register with it or not."""
    require(may_change(by, view))
    return _keep(by, view, name, share_with, is_default)


def save_over(*, by, view: SavedView, query: str) -> SavedView:
    """Let a view show another filter, other columns or another order."""
    require(may_change(by, view))
    _check(query)
    view.query, view.changed_at = query, now()
    view.save(update_fields=["query", "changed_at"])
    return view


def remove_view(*, by, view: SavedView) -> None:
    """Remove a view; whoever opened the register with it opens it with all entries."""
    require(may_remove(by, view))
    view.delete()


def choose_default(*, by, view: SavedView | None) -> None:
    """Open the register with a view that one may use, or with all entries."""
    if view is None:
        DefaultView.objects.filter(user=by).delete()
    else:
        DefaultView.objects.update_or_create(user=by, defaults={"view": view})


def switch_keys(*, by, on: bool) -> None:
    """Switch the keyboard shortcuts on or off for somebody."""
    if on:
        WithoutKeys.objects.filter(user=by).delete()
    else:
        WithoutKeys.objects.get_or_create(user=by)


def has_keys(user) -> bool:
    """Whether somebody has the keyboard shortcuts on."""
    return not WithoutKeys.objects.filter(user=user).exists()


def _keep(
    by, view: SavedView, name: str, share_with: Partnership | None, is_default: bool
) -> SavedView:
    view.name = " ".join(name.split())
    if not view.name:
        raise ValidationError({"name": "Enter a name for the view."})
    others = SavedView.objects.filter(owner=by, name=view.name).exclude(pk=view.pk)
    if others.exists():
        raise ValidationError({"name": f"You have a view called {view.name}. Enter another name."})
    if share_with is not None:
        require(may_share(by, share_with))
    _check(view.query)
    view.partnership, view.changed_at = share_with, now()
    with transaction.atomic():
        view.save()
        was_default = DefaultView.objects.filter(user=by, view=view).exists()
        if is_default != was_default:
            choose_default(by=by, view=view if is_default else None)
    return view


def _check(query: str) -> None:
    if len(query) > QUERY_LENGTH:
        raise ValidationError("The filter is too long to be saved. Take some of it off.")
