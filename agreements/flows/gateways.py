"""Which legal gateways may fit the bodies at the ends of a flow."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.flows.facts import FlowFacts
from register.directory.models import Organisation
from register.lists.catalogue.gateways import AREAS
from register.lists.labels import items
from register.lists.models import Item

LIST = "legal_gateway"


def gateways_by_area(facts: FlowFacts) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """The gateways that may fit the bodies of a flow, by area, and the codes of all the others."""
    fitting: dict[str, list[str]] = {}
    others: list[str] = []
    for code, row in items(LIST).items():
        if may_fit(row, facts):
            fitting.setdefault(str(row.fact("area")), []).append(code)
        else:
            others.append(code)
    return [(words, fitting[area]) for area, words in AREAS if area in fitting], others


def may_fit(row: Item, facts: FlowFacts) -> bool:
    """Whether a gateway reaches some body at the giving end and some at the taking end.

    Where an end is not named yet, nothing speaks against it; where both give, either way will do.
    """
    ways = [(facts.provider, facts.recipient)]
    if facts.flow.is_mutual:
        ways.append((facts.recipient, facts.provider))
    return any(
        _reaches(row, "discloser_kinds", "acts_for_discloser", givers.every_body)
        and _reaches(row, "recipient_kinds", "acts_on_behalf", takers.every_body)
        for givers, takers in ways
    )


def _reaches(row: Item, kinds: str, or_acts: str, bodies: Iterable[Organisation]) -> bool:
    named = set(row.fact(kinds) or ())
    there = list(bodies)
    if not named or not there or row.fact(or_acts):
        return True
    # A body whose kind is not recorded may be of any.
    return any(body.kind in named or not body.kind for body in there)
