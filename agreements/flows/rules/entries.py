"""The entries of law that a flow cites must hold: not ended, not yet to come."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.flows.reading import FLOW, LAW
from agreements.flows.rules.examined import TASK, flows
from register.core.dates import words
from register.documents.case import Case
from register.documents.rulebook import Where, rule
from register.lists.catalogue import LISTS
from register.lists.labels import item
from register.lists.models import Item


@rule("F81", bar=False, task=TASK, source="The reference list that is named")
def the_law_cited_has_not_ended(case: Case) -> Iterator[Where]:
    """Name law that is in force: what is cited has ended, or the list does not have it."""
    for at, list_code, code, row in _cited(case):
        if row is None:
            yield at(f"The list “{LISTS[list_code].name.lower()}” has no entry “{code}”.")
        elif row.in_force_until and row.in_force_until < case.day:
            yield at(f"{row.label} ended on {words(row.in_force_until)}.")


@rule("F82", bar=False, task=TASK, source="The reference list that is named")
def the_law_cited_has_begun(case: Case) -> Iterator[Where]:
    """Name law that is in force already."""
    for at, _, _, row in _cited(case):
        if row is not None and row.in_force_from and row.in_force_from > case.day:
            yield at(f"{row.label} is in force only from {words(row.in_force_from)}.")


RULES = (the_law_cited_has_not_ended, the_law_cited_has_begun)


def _cited(case: Case) -> Iterator[tuple]:
    """Each entry that a flow or one of its ends cites, with how to name the place."""
    for flow in flows(case):
        yield from _of(flow.flow, FLOW, flow.at)
        for end in flow.ends:
            yield from _of(end.law, LAW, end.at)


def _of(record, columns: dict[str, str], at) -> Iterator[tuple]:
    for name, list_code in columns.items():
        value = getattr(record, name)
        for code in value if isinstance(value, tuple) else (value,):
            if code:
                found: Item | None = item(list_code, code)
                yield at, list_code, code, found
