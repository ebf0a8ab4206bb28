"""Law enforcement: which end may be under Part 3 of the Data Protection Act 2018, and what it then says.

Each end has its own regime. Police to council: Part 3 goes out, as section 36(4) allows where law
authorises it, and the UK GDPR comes in. School to police is the reverse.
"""

from __future__ import annotations

from collections.abc import Iterator

from agreements.flows.rules.examined import (
    TASK,
    ExaminedEnd,
    fact,
    flows,
    is_competent,
    named,
    sides,
)
from register.directory.models import Organisation
from register.directory.models.organisations import Part3
from register.documents.case import Case
from register.documents.rulebook import Where, rule

ACT = "Data Protection Act 2018"


@rule("F51", task=TASK, source=f"{ACT}, sections 29(1) and 30, Schedule 7")
def part_3_is_for_competent_authorities(case: Case) -> Iterator[Where]:
    """Choose the UK GDPR for this side: Part 3 is for competent authorities alone."""
    for end in _part3(case):
        others = [body for body in end.bodies if not is_competent(body)]
        unknown = [body for body in others if body.part3 == Part3.UNKNOWN]
        if others:
            yield end.at(_incompetent(others, unknown))


@rule("F52", task=TASK, source=f"{ACT}, section 31")
def part_3_is_for_law_enforcement(case: Case) -> Iterator[Where]:
    """Name the law enforcement purposes, or choose the UK GDPR for this side."""
    for end in _part3(case):
        if not end.law.part3_purposes and not end.flow.is_used_for("is_law_enforcement"):
            yield end.at()


@rule("F53", task=TASK, source=f"{ACT}, section 35(2)")
def part_3_has_its_basis(case: Case) -> Iterator[Where]:
    """Name the basis in section 35(2)."""
    for end in _part3(case):
        if not end.law.part3_basis and not end.is_processor:
            yield end.at()


@rule("F54", bar=False, task=TASK, source=f"{ACT}, section 30(1)(b)")
def a_statutory_function_is_named(case: Case) -> Iterator[Where]:
    """Name the law of the function that makes a body a competent authority."""
    for end in _part3(case):
        by_function = [body for body in end.bodies if body.part3 == Part3.STATUTORY]
        if by_function and not (end.law.law_named.strip() or end.law.gateways):
            functions = [f"{body.called} ({body.part3_function})" for body in by_function]
            yield end.at(f"Competent only for that function: {', '.join(functions)}.")


@rule("F55", bar=False, task=TASK, source=f"{ACT}, section 36(3) and (4)")
def leaving_part_3_is_authorised(case: Case) -> Iterator[Where]:
    """Name the law that authorises use for a purpose other than law enforcement."""
    for end in _part3(case):
        law = end.law
        if not end.gives or end.other.is_part3 or not end.other.bodies:
            continue
        if not (
            law.authorising_law.strip() or law.gateways or end.other.law.authorising_law.strip()
        ):
            yield end.at(
                f"It leaves Part 3 here: {named(end.other.bodies)} uses it under the UK GDPR."
            )


@rule("F56", bar=False, task=TASK, source=f"{ACT}, sections 29 and 30")
def the_police_take_it_in_under_part_3(case: Case) -> Iterator[Where]:
    """Choose Part 3 for a competent authority that uses information for law enforcement."""
    for flow in flows(case):
        if flow.is_protected and flow.is_used_for("is_law_enforcement"):
            for end in flow.ends:
                if end.is_gdpr and end.bodies and all(_is_listed(body) for body in end.bodies):
                    yield end.at(f"{named(end.bodies)}: a competent authority under Schedule 7.")


@rule("F57", bar=False, task=TASK, source=f"{ACT}, section 38(2) and (3)")
def fact_opinion_and_people_are_told_apart(case: Case) -> Iterator[Where]:
    """Tell facts from opinions, and suspects, convicted people, victims and witnesses from each other."""
    for end in _part3(case):
        missing = [] if end.law.marks_opinion else ["that fact and opinion are told apart"]
        if not end.law.person_classes.strip():
            missing.append("which classes of person it tells apart")
        if missing:
            yield end.at(f"Not said: {' and '.join(missing)}.")


@rule("F58", bar=False, task=TASK, source=f"{ACT}, section 62")
def processing_is_logged(case: Case) -> Iterator[Where]:
    """Log collection, alteration, consultation, disclosure, combination and erasure."""
    for end in _part3(case):
        if not end.law.is_logged and _is_electronic(end):
            yield end.at("It is not said that the processing is logged.")


@rule("F59", bar=False, task=TASK, source=f"UK GDPR, Article 6; {ACT}, section 35")
def no_side_mixes_the_regimes(case: Case) -> Iterator[Where]:
    """Keep to one regime at each side: a basis of the UK GDPR has no place under Part 3, nor the reverse."""
    for end in sides(case):
        law = end.law
        if end.is_part3 and (law.lawful_basis or law.article9):
            yield end.at("Part 3 is chosen, but conditions of the UK GDPR are named.")
        elif end.is_gdpr and (law.part3_basis or law.schedule8):
            yield end.at("The UK GDPR is chosen, but conditions of Part 3 are named.")


RULES = (
    part_3_is_for_competent_authorities,
    part_3_is_for_law_enforcement,
    part_3_has_its_basis,
    a_statutory_function_is_named,
    leaving_part_3_is_authorised,
    the_police_take_it_in_under_part_3,
    fact_opinion_and_people_are_told_apart,
    processing_is_logged,
    no_side_mixes_the_regimes,
)


def _part3(case: Case) -> Iterator[ExaminedEnd]:
    return (end for end in sides(case) if end.is_part3)


def _incompetent(others: list[Organisation], unknown: list[Organisation]) -> str:
    if others == unknown:
        return f"It is not recorded whether {named(unknown)} is a competent authority: record it first."
    sure = [body for body in others if body not in unknown]
    return f"{named(sure)} is no competent authority."


def _is_listed(body: Organisation) -> bool:
    return body.part3 == Part3.SCHEDULE_7


def _is_electronic(end: ExaminedEnd) -> bool:
    modes = end.flow.flow.transfer_modes
    return not modes or any(fact("transfer_mode", code, "is_electronic") for code in modes)
