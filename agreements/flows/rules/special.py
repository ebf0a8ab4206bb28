"""Special category and offence data: the conditions on top of a basis, under either regime."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.flows.rules.codes import PART3_CONSENT
from agreements.flows.rules.examined import (
    TASK,
    ExaminedEnd,
    controllers,
    joined,
    rows,
    sides,
)
from register.documents.case import Case
from register.documents.rulebook import Where, rule
from register.lists.labels import label
from register.lists.models import Item


@rule("F41", task=TASK, source="UK GDPR, Article 9(1) and (2)")
def special_categories_have_a_condition(case: Case) -> Iterator[Where]:
    """Name the condition of Article 9 for special category data."""
    for end in controllers(case):
        if end.flow.special and not end.law.article9:
            yield end.at(f"It moves: {_special_words(end)}.")


@rule("F42", task=TASK, source="Data Protection Act 2018, section 10(2) and (3), Schedule 1")
def a_condition_of_schedule_1_goes_with_it(case: Case) -> Iterator[Where]:
    """Name the condition of Schedule 1 that the condition of Article 9 needs."""
    for end in controllers(case):
        if not end.flow.special:
            continue
        for condition in rows("article9_condition", end.law.article9):
            needed = condition.fact("needs_schedule1")
            if needed and not set(needed) & set(end.law.schedule1):
                yield end.at(f"{condition.label} needs {_choice(needed)}.")


@rule(
    "F43",
    bar=False,
    task=TASK,
    source="Data Protection Act 2018, Schedule 1, paragraphs 5 and 38 to 41",
)
def a_policy_document_is_named(case: Case) -> Iterator[Where]:
    """Name the appropriate policy document."""
    for end in controllers(case):
        if not (end.flow.special or end.flow.has_offences) or end.has_policy:
            continue
        asking = [row for row in _schedule1(end) if _asks_policy(row, end)]
        if asking:
            yield end.at(_policy_words(asking))


@rule("F44", task=TASK, source="UK GDPR, Article 10; Data Protection Act 2018, section 10(5)")
def offence_data_has_a_condition(case: Case) -> Iterator[Where]:
    """Name the condition of Schedule 1, Part 1, 2 or 3, for data on offences."""
    for end in controllers(case):
        # A competent authority works under official authority: Article 10 asks it for no condition.
        if end.flow.has_offences and not end.law.schedule1 and not end.is_competent:
            yield end.at()


@rule("F45", task=TASK, source="Data Protection Act 2018, section 35(3) to (5) and Schedule 8")
def sensitive_processing_has_a_condition(case: Case) -> Iterator[Where]:
    """Name the condition of Schedule 8 for sensitive processing under Part 3."""
    for end in sides(case):
        has_consent = end.law.part3_basis == PART3_CONSENT
        if end.is_part3 and end.flow.special and not end.law.schedule8 and not has_consent:
            yield end.at(f"It moves: {_special_words(end)}.")


@rule("F46", bar=False, task=TASK, source="Data Protection Act 2018, sections 35(4), 35(5) and 42")
def sensitive_processing_has_a_policy_document(case: Case) -> Iterator[Where]:
    """Name the appropriate policy document for sensitive processing under Part 3."""
    for end in sides(case):
        if end.is_part3 and end.flow.special and not end.has_policy:
            yield end.at()


RULES = (
    special_categories_have_a_condition,
    a_condition_of_schedule_1_goes_with_it,
    a_policy_document_is_named,
    offence_data_has_a_condition,
    sensitive_processing_has_a_condition,
    sensitive_processing_has_a_policy_document,
)


def _special_words(end: ExaminedEnd) -> str:
    return joined([label("special_category", code).lower() for code in end.flow.special])


def _choice(needed: tuple[str, ...]) -> str:
    names = [label("schedule1_condition", code) for code in needed]
    return names[0] if len(names) == 1 else f"one of {names[0]} … {names[-1]}"


def _schedule1(end: ExaminedEnd) -> list[Item]:
    return rows("schedule1_condition", end.law.schedule1)


def _asks_policy(row: Item, end: ExaminedEnd) -> bool:
    """Whether a condition asks this end for a policy document; exceptions have their reason."""
    asked = row.fact("policy_document")
    if asked != "required_except":
        return asked == "required"
    if row.fact("part") == "3":
        # It extends a paragraph of Part 2, which is named beside it and says whether it asks.
        return not any(other.fact("part") == "2" for other in _schedule1(end))
    # Giving to a competent authority, and preparing that, needs none (paragraphs 10(2) and the like).
    return not (end.gives and end.other.is_competent)


def _policy_words(asking: list[Item]) -> str:
    named = joined([f"“{row.label}”" for row in asking])
    said = f"{named} {'needs' if len(asking) == 1 else 'need'} one."
    exceptions = [str(row.fact("policy_document_except")) for row in asking]
    return " ".join([said, *(f"Not needed where: {words}" for words in exceptions if words)])
