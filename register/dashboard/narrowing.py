"""Further ways to narrow the register's list, which rooms above plug in; each is one word of the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from register.search.models import Row

LONGEST = 40


@dataclass
class Asking:
    """Somebody who asks for a list by its query string alone, without a request of the browser."""

    user: object
    GET: QueryDict

    @classmethod
    def of(cls, user, query: str) -> Asking:
        """Somebody and a query string, such as "status=draft&sort=title"."""
        return cls(user, QueryDict(query))


@dataclass(frozen=True)
class Chip:
    """One filter that applies: its words, and the query string of the list without it."""

    words: str
    query: str


@dataclass(frozen=True)
class Narrowing:
    """One way: the word of the address, what a value says to a reader, and the rows that it leaves.

    `words` answers nothing for a value that the reader may not know of; such a value is left out. `act`
    names the act on many entries that the list is there for, which is offered first.
    """

    name: str
    words: Callable[[object, str], str]
    apply: Callable[[object, QuerySet[Row], str], QuerySet[Row]]
    act: Callable[[str], str] = lambda value: ""


MORE: dict[str, Narrowing] = {}


def plug_in(narrowing: Narrowing) -> None:
    """Add a way."""
    MORE[narrowing.name] = narrowing


def read(user, query: QueryDict) -> tuple[dict[str, tuple[str, str]], set[str]]:
    """By name what an address asks for, each value with its words; and the names not understood."""
    found, refused = {}, set()
    for name, narrowing in MORE.items():
        value = query.get(name, "")
        if not value:
            continue
        words = narrowing.words(user, value) if len(value) <= LONGEST else ""
        if words:
            found[name] = (value, words)
        else:
            refused.add(name)
    return found, refused


def narrowed(user, rows: QuerySet[Row], asked: dict[str, tuple[str, str]]) -> QuerySet[Row]:
    """The rows that are left for a reader."""
    for name, (value, _) in asked.items():
        rows = MORE[name].apply(user, rows, value)
    return rows


def act_for(asked: dict[str, tuple[str, str]]) -> str:
    """The act on many entries that a narrowed list is there for; nothing where none stands out."""
    return next((act for name, (value, _) in asked.items() if (act := MORE[name].act(value))), "")
