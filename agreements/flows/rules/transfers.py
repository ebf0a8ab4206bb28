"""How information moves, how it is protected, where it is kept, and whether it leaves the country."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.flows.rules.examined import TASK, ExaminedFlow, fact, joined, personal, protected
from register.documents.case import Case
from register.documents.rulebook import Where, rule
from register.lists.labels import label

ARTICLE_32 = "UK GDPR, Article 32; Data Protection Act 2018, section 66"


@rule("S1", bar=False, task=TASK, source=ARTICLE_32)
def it_says_how_it_moves(case: Case) -> Iterator[Where]:
    """Say how it moves."""
    return (flow.at() for flow in personal(case) if not flow.flow.transfer_modes)


@rule("S2", bar=False, task=TASK, source=ARTICLE_32)
def weak_ways_have_controls(case: Case) -> Iterator[Where]:
    """Choose a safer way, or name a control that protects it on the way."""
    for flow in personal(case):
        weak = [code for code in flow.flow.transfer_modes if fact("transfer_mode", code, "is_weak")]
        if weak and not _has_control(flow, "protects_transit"):
            yield flow.at(_weakness(flow, weak))


@rule("S3", bar=False, task=TASK, source=ARTICLE_32)
def it_names_its_controls(case: Case) -> Iterator[Where]:
    """Name the controls that protect it."""
    return (flow.at() for flow in personal(case) if not flow.flow.controls)


@rule("S4", bar=False, task=TASK, source="ICO data sharing code")
def it_says_where_it_is_kept_and_who_sees_it(case: Case) -> Iterator[Where]:
    """Say where the recipients keep it and who there may see it."""
    for flow in personal(case):
        missing = [] if flow.flow.storage.strip() else ["where it is kept"]
        missing += [] if flow.flow.access.strip() else ["who may see it"]
        if missing:
            yield flow.at(f"Not said: {' and '.join(missing)}.")


@rule("S5", bar=False, task=TASK, source="UK GDPR, Article 44A")
def it_says_whether_it_leaves_the_country(case: Case) -> Iterator[Where]:
    """Say whether it leaves the United Kingdom, those who process it for others included."""
    return (flow.at() for flow in protected(case) if not flow.flow.outside_uk)


@rule("S6", bar=False, task=TASK, source="UK GDPR, Articles 44A to 49")
def a_transfer_names_country_and_test(case: Case) -> Iterator[Where]:
    """Name the country, and the data protection test where the way of transfer asks for one."""
    for flow in protected(case):
        row = flow.flow
        if not fact("transfer_outside_uk", row.outside_uk, "is_transfer"):
            continue
        missing = [] if row.outside_country.strip() else ["the country"]
        if fact("transfer_outside_uk", row.outside_uk, "needs_test"):
            missing += [] if row.outside_reference.strip() else ["the reference of the test"]
        if missing:
            yield flow.at(f"Missing: {' and '.join(missing)}.")


RULES = (
    it_says_how_it_moves,
    weak_ways_have_controls,
    it_names_its_controls,
    it_says_where_it_is_kept_and_who_sees_it,
    it_says_whether_it_leaves_the_country,
    a_transfer_names_country_and_test,
)


def _has_control(flow: ExaminedFlow, protects: str) -> bool:
    return any(fact("control", code, protects) for code in flow.flow.controls)


def _weakness(flow: ExaminedFlow, weak: list[str]) -> str:
    ways = joined([label("transfer_mode", code).lower() for code in weak])
    what = "special category or offence data" if flow.is_sensitive else "personal information"
    return f"{ways[:1].upper()}{ways[1:]} is weak for {what}."
