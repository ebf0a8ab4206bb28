"""Which statutory bars touch what a flow moves."""

from __future__ import annotations

from datetime import date

from agreements.flows.facts import FlowFacts
from register.lists.labels import items
from register.lists.models import Item

LIST = "statutory_bar"


def bars_on(facts: FlowFacts, day: date) -> list[Item]:
    """The bars in force on a day that touch the data of a flow, in the order of their list."""
    kinds = kinds_of_data(facts)
    if not kinds:
        return []
    return [
        bar
        for bar in items(LIST).values()
        if bar.holds_on(day) and kinds & set(bar.fact("touches") or ())
    ]


def kinds_of_data(facts: FlowFacts) -> set[str]:
    """Categories of the items, and special categories ticked on them: both lists share those codes."""
    return {*facts.categories, *(code for item in facts.items for code in item.special)}
