"""Rows of lists as pages show them: facts in words, with ways to the rows they name."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from register.lists.catalogue import LISTS
from register.lists.facts_in_words import fact_in_words
from register.lists.labels import items
from register.lists.models import Item
from register.lists.shapes import SUBJECTS, Fact, ReferenceList

FEW = 4


@dataclass(frozen=True)
class Shown:
    """One fact as a page shows it; `links` are the rows of another list that it names."""

    label: str
    words: str
    links: tuple[tuple[str, str], ...] = ()


def by_subject() -> list[tuple[str, list[ReferenceList]]]:
    """The lists under their subjects, in the order of the catalogue."""
    return [
        (subject, [found for found in LISTS.values() if found.subject == subject])
        for subject in SUBJECTS
    ]


def in_group(found: ReferenceList, item: Item, group: str) -> bool:
    """Whether a row is of the group asked for; every row is where none, or none that there is, is asked."""
    if not found.grouped_by or group not in dict(found.fact(found.grouped_by).choices):
        return True
    return item.fact(found.grouped_by) == group


def all_facts(item: Item) -> list[Shown]:
    """Every fact of a row, also where it says nothing."""
    return [_shown(fact, item) for fact in LISTS[item.list_code].facts]


def few_facts(item: Item) -> list[str]:
    """What a row says, for a line of a table: what it is, what is so of it, and a few codes."""
    said = []
    for fact in LISTS[item.list_code].facts:
        value = item.fact(fact.name)
        if not value or fact.kind in {"words", "day"} or fact.list_code == item.list_code:
            continue
        if fact.kind == "yes_no":
            said.append(fact.label)
        elif fact.kind == "one_code":
            said.append(fact_in_words(fact, value))
        elif len(value) <= FEW:
            said.append(f"{fact.label}: {fact_in_words(fact, value)}")
    return said


def _shown(fact: Fact, item: Item) -> Shown:
    value = item.fact(fact.name)
    words = fact_in_words(fact, value)
    if fact.kind == "codes" and value and LISTS[fact.list_code].is_law:
        rows = items(fact.list_code)
        links = ((rows[code].label, _address(rows[code])) for code in value if code in rows)
        return Shown(fact.label, "", tuple(links))
    nothing = fact.nothing or ("None" if fact.kind == "codes" else "Nothing recorded")
    return Shown(fact.label, words[:1].upper() + words[1:] or nothing)


def _address(item: Item) -> str:
    return reverse("lists:item", args=[item.list_code, item.pk])
