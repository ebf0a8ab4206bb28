"""The ways to go at the head of every page; each room plugs in its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

# Ways that few people take each day stand under “More”.
RARE_FROM = 50


@dataclass(frozen=True)
class Item:
    """One way to go: where it stands, its words, the name of its page, and who may take it."""

    place: int
    words: str
    page: str
    allowed: Callable[[object], bool] = lambda user: True
    prefix: str = ""


ITEMS: list[Item] = []


def add(item: Item) -> None:
    """Add a way to go."""
    ITEMS.append(item)
    ITEMS.sort(key=lambda each: each.place)


def items_for(request: HttpRequest) -> list[dict]:
    """The ways that the reader may take, each with its address and whether the page lies on it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    shown = []
    for item in ITEMS:
        if item.allowed(user):
            address = reverse(item.page)
            prefix = item.prefix or address
            here = request.path == address if prefix == "/" else request.path.startswith(prefix)
            # Whoever stands on a rare way sees it among the others.
            is_rare = item.place >= RARE_FROM and not here
            way = {"words": item.words, "address": address, "here": here, "is_rare": is_rare}
            shown.append(way)
    return shown
