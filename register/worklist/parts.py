"""A part of somebody's work: where its rows come from, and each row with its one next action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from register.worklist.putting_off import Hidden

ME, OTHERS, KNOW = "me", "others", "know"


@dataclass(frozen=True)
class Item:
    """One thing: which entry or body, what about it, the day that counts, and what to do next."""

    title: str
    address: str
    says: str
    act: str
    act_address: str
    reference: str = ""
    day: date | None = None
    day_words: str = ""
    is_late: bool = False
    put_off: str = ""
    who: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True)
class Source:
    """Where a part comes from: its rows for a login, without what it put off, and rows as items.

    `order` ends with a unique column; `items` asks a fixed number of statements for any rows.
    `together` names the page on which something is done with many at once, as page?query.
    """

    code: str
    heading: str
    whose: str
    rows: Callable[[Any, Hidden], QuerySet]
    items: Callable[[Any, list], list[Item]]
    order: tuple[str, ...]
    is_late: bool = False
    together: str = ""


@dataclass(frozen=True)
class Part:
    """A part as a page shows it: heading, how many there are, the first of them, and where all are."""

    code: str
    heading: str
    whose: str
    count: str
    items: list[Item]
    is_late: bool = False
    together: str = ""

    @property
    def address(self) -> str:
        """The page with everything of the part."""
        return reverse("worklist:part", args=[self.code])

    @property
    def together_address(self) -> str:
        """The page on which something is done with many of them at once, where there is one."""
        page, _, query = self.together.partition("?")
        return f"{reverse(page)}?{query}" if page else ""


def entry_address(reference: str) -> str:
    """The page of an entry."""
    return reverse("documents:document", args=[reference])


def put_entry_off(reference: str, body_id: int | None = None) -> str:
    """The page on which an entry is put off; it offers the body that is meant, where there is one."""
    address = reverse("worklist:put_off_entry", args=[reference])
    return f"{address}?body={body_id}" if body_id else address
