"""The facts of a row as people read them."""

from __future__ import annotations

from functools import lru_cache

from register.core import dates
from register.lists.catalogue import LISTS
from register.lists.facts import given
from register.lists.labels import labels
from register.lists.shapes import Fact, Value


def fact_in_words(fact: Fact, value: Value) -> str:
    """One fact: codes by their wordings, yes and no, a day as written; nothing for nothing."""
    if fact.kind == "yes_no":
        return "yes" if value else "no"
    if fact.kind == "day":
        return dates.words(value)  # type: ignore[arg-type]
    if fact.kind == "words" or not value:
        return str(value or "")
    wordings = dict(fact.choices) or labels(fact.list_code)
    codes = value if isinstance(value, tuple) else (str(value),)
    return ", ".join(wordings.get(code, code) for code in codes)


def facts_in_words(text: str) -> str:
    """All facts of a stored text that say something, each by its label."""
    named = _facts_by_name()
    said = [
        f"{fact.label}: {fact_in_words(fact, fact.read(stored))}"
        for name, stored in given(text).items()
        if (fact := named.get(name)) and fact.read(stored)
    ]
    return "; ".join(said)


@lru_cache
def _facts_by_name() -> dict[str, Fact]:
    # A name means the same in every list that has it; a test holds the lists to that.
    return {fact.name: fact for found in LISTS.values() for fact in found.facts}
