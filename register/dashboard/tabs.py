"""The tabs at the head of the register: the views that are there by themselves, and those that were saved."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from register.dashboard.filters import RegisterFilter
from register.saved.models import DefaultView, SavedView

BY_THEMSELVES = (
    ("all", "All", ""),
    ("due", "Due", "review=90"),
    ("unsigned", "Unsigned", "status=part_signed&status=signing"),
    ("mine", "Mine", "mine=on"),
)


@dataclass(frozen=True)
class Tab:
    """One tab: its words, its address, whether the list shows it, and whether it shows it changed."""

    words: str
    address: str
    is_here: bool
    is_changed: bool = False
    view: SavedView | None = None


def tabs_of(wanted: RegisterFilter) -> list[Tab]:
    """The tabs that a reader has, with the one that the address means. One statement."""
    canonical, named = wanted.canonical, wanted.asked.get("view") or ""
    saved = [
        (str(view.pk), view.name, view.query, view)
        for view in SavedView.objects.open_to(wanted.user).select_related("owner__person")
    ]
    every = [(*each, None) for each in BY_THEMSELVES] + saved
    here = _here(every, canonical, named)
    return [
        Tab(words, address_of(query, code), code == here, code == here and query != canonical, view)
        for code, words, query, view in every
    ]


def address_of(query: str, code: str | int = "") -> str:
    """The address of the register's list that shows a view: all of it stands there, its name besides."""
    held = QueryDict(query, mutable=True)
    if code:
        held["view"] = str(code)
    return f"{reverse('dashboard:register')}?{held.urlencode()}"


def default_address(user) -> str:
    """The address of the view with which somebody opens the register; nothing for all entries."""
    found = DefaultView.objects.filter(user_id=user.pk).values_list("view_id", flat=True).first()
    view = SavedView.objects.open_to(user).filter(pk=found).first() if found else None
    return address_of(view.query, view.pk) if view else ""


def _here(every: list[tuple], canonical: str, named: str) -> str:
    """The code of the view that an address means: one that shows just that, else the saved one it names."""
    same = [code for code, _, query, _ in every if query == canonical]
    if named in same or not same:
        known = {code for code, _, _, view in every if view or code in same}
        return named if named in known else ""
    return same[0]
