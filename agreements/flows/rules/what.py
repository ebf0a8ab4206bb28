"""What every flow says of itself: who, what, why this much, and to what end."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.flows.facts import GroupFacts
from agreements.flows.models import FlowItem
from agreements.flows.rules.codes import DISCLOSURE, NON_PERSONAL
from agreements.flows.rules.examined import TASK, fact, flows, joined, named, personal
from register.directory.models.organisations import LegalStatus
from register.documents.case import Case
from register.documents.rulebook import Where, rule

ICO = "ICO data sharing code"


@rule("F1", bar=False, task=TASK, source=ICO)
def it_describes_its_flows(case: Case) -> bool:
    """Describe at least one information flow: who gives what to whom."""
    return bool(case.more.get("flows"))


@rule("F2", task=TASK, source=ICO)
def both_ends_are_named(case: Case) -> Iterator[Where]:
    """Name who provides and who receives."""
    for flow in flows(case):
        for end in flow.ends:
            if not (end.end.bodies or end.end.groups):
                yield end.at(f"The flow has no {end.end.side.label.lower()}.")


@rule("F3", task=TASK, source="UK GDPR, Article 5(1)(c)")
def it_lists_its_items(case: Case) -> Iterator[Where]:
    """List the items of data that move."""
    return (flow.at() for flow in flows(case) if not flow.facts.items)


@rule("F4", task=TASK, source=ICO)
def those_at_the_ends_are_parties(case: Case) -> Iterator[Where]:
    """Name as party every body at an end of a flow; of a unit, the body that it belongs to."""
    for flow in flows(case):
        around = flow.around
        parties = {around.standing_for(party.organisation_id) for party in case.bound}
        for end in flow.ends:
            missing = [b for b in end.end.bodies if around.standing_for(b.pk) not in parties]
            if missing:
                yield end.at(_not_party(missing, around))


@rule("F5", bar=False, task=TASK, source="UK GDPR, Article 4(7)")
def an_arrangement_gives_and_receives_nothing(case: Case) -> Iterator[Where]:
    """Name the bodies behind an arrangement: it is no legal person, so it neither gives nor receives."""
    for flow in flows(case):
        for end in flow.ends:
            found = [b for b in end.end.bodies if b.legal_status == LegalStatus.ARRANGEMENT]
            if found:
                yield end.at(f"{named(found)} is an arrangement.")


@rule("F6", bar=False, task="groups", source=ICO)
def a_group_has_members(case: Case) -> Iterator[Where]:
    """Record who has joined the group: as long as nobody has, nobody gives or receives under its name."""
    groups: list[GroupFacts] = case.more.get("groups") or []
    for facts in groups:
        if not facts.members:
            yield Where(f"Group {facts.group.name}", "", "groups", str(facts.group.lineage))


@rule("F7", bar=False, task=TASK, source=ICO)
def it_goes_from_one_body_to_another(case: Case) -> Iterator[Where]:
    """Let a flow go from one body to another."""
    for flow in flows(case):
        givers, takers = ({body.pk for body in end.bodies} for end in flow.ends)
        if len(givers) == 1 and givers == takers and not _has_unit(flow):
            yield flow.at(f"{named(flow.ends[0].bodies)} stands alone at both ends.")


@rule("F8", bar=False, task=TASK, source="UK GDPR, Article 4(1) and (5)")
def it_says_how_far_people_can_be_identified(case: Case) -> Iterator[Where]:
    """Say how far people can be identified: until then it is treated as personal data."""
    return (flow.at() for flow in flows(case) if not flow.flow.identifiability)


@rule("F9", bar=False, task=TASK, source=ICO)
def it_says_whom_it_is_about(case: Case) -> Iterator[Where]:
    """Say whom the information is about."""
    return (flow.at() for flow in personal(case) if not flow.flow.data_subjects)


@rule("F10", bar=False, task=TASK, source="UK GDPR, Article 5(1)(b)")
def it_says_what_it_is_used_for(case: Case) -> Iterator[Where]:
    """Say what the recipient uses it for."""
    return (flow.at() for flow in flows(case) if not flow.flow.use_kind)


@rule("F11", bar=False, task=TASK, source="UK GDPR, Article 5(1)(b)")
def it_says_its_purpose(case: Case) -> Iterator[Where]:
    """Say the purpose of the flow: one of the purposes of the protocol, or in words of its own."""
    for flow in flows(case):
        if not (flow.flow.purpose_lineage or flow.flow.purpose.strip()):
            yield flow.at()


@rule("F12", bar=False, task=TASK, source="UK GDPR, Article 5(1)(c); Caldicott Principles 2 and 3")
def it_says_why_this_much(case: Case) -> Iterator[Where]:
    """Say why this much is needed and no less."""
    return (flow.at() for flow in personal(case) if not flow.flow.necessity.strip())


@rule("F13", bar=False, task=TASK, source="UK GDPR, Article 5(1)(c); Caldicott Principle 3")
def each_item_is_needed(case: Case) -> Iterator[Where]:
    """Say for each item why it is needed; an item that nobody can give a reason for stays out."""
    for flow in personal(case):
        silent = [item for item in flow.facts.items if not item.needed_because.strip()]
        if silent:
            yield flow.at(f"Not said: {_listed(silent)}.")


@rule("F14", bar=False, task=TASK, source="UK GDPR, Articles 9 and 10")
def each_item_has_a_category(case: Case) -> Iterator[Where]:
    """Choose the category of each item: the conditions that the law asks for follow from it."""
    for flow in personal(case):
        silent = [item for item in flow.facts.items if not item.category]
        if silent:
            yield flow.at(f"Without a category: {_listed(silent)}.")


@rule("F15", bar=False, task=TASK, source="UK GDPR, Article 4(1), recital 26")
def what_identifies_nobody_holds_nothing_that_does(case: Case) -> Iterator[Where]:
    """Take out what identifies people, or say that the flow is personal."""
    for flow in flows(case):
        telling = [item for item in flow.facts.items if _identifies(item)]
        if telling and not flow.flow.is_personal:
            yield flow.at(f"It is said to identify nobody, but holds {_listed(telling)}.")


@rule("F16", bar=False, task=TASK, source="UK GDPR, Article 5(1)(c); Caldicott Principle 2")
def figures_will_do_where_they_are_enough(case: Case) -> Iterator[Where]:
    """Send figures that identify nobody where the use needs no more."""
    for flow in personal(case):
        if flow.is_used_for("is_non_personal") and _names_people(flow.flow.identifiability):
            yield flow.at("The use chosen needs no information that names people.")


@rule("F17", bar=False, task=TASK, source=ICO)
def a_disclosure_goes_one_way(case: Case) -> Iterator[Where]:
    """A data disclosure agreement goes one way: choose another kind of agreement, or split the flow."""
    if case.version.kind == DISCLOSURE:
        yield from (flow.at("It goes both ways.") for flow in flows(case) if flow.flow.is_mutual)


@rule("F18", bar=False, task=TASK, source=ICO)
def a_non_personal_agreement_is_about_nobody(case: Case) -> Iterator[Where]:
    """An agreement on non-personal information moves none about people: choose another kind."""
    if case.version.kind == NON_PERSONAL:
        said = "The flow is about people who can be identified."
        yield from (flow.at(said) for flow in personal(case) if flow.flow.identifiability)


RULES = (
    it_describes_its_flows,
    both_ends_are_named,
    it_lists_its_items,
    those_at_the_ends_are_parties,
    an_arrangement_gives_and_receives_nothing,
    a_group_has_members,
    it_goes_from_one_body_to_another,
    it_says_how_far_people_can_be_identified,
    it_says_whom_it_is_about,
    it_says_what_it_is_used_for,
    it_says_its_purpose,
    it_says_why_this_much,
    each_item_is_needed,
    each_item_has_a_category,
    what_identifies_nobody_holds_nothing_that_does,
    figures_will_do_where_they_are_enough,
    a_disclosure_goes_one_way,
    a_non_personal_agreement_is_about_nobody,
)


def _not_party(missing: list, around) -> str:
    units = [body for body in missing if body.pk in around.answering]
    if units:
        unit = units[0]
        return f"{unit.called} is a unit of {around.answering[unit.pk].called}: name that as party."
    return f"{named(missing)}: not among the parties."


def _has_unit(flow) -> bool:
    return any(body.pk in flow.around.answering for e in flow.ends for body in e.end.bodies)


def _listed(items: list[FlowItem]) -> str:
    return joined([item.name for item in items])


def _names_people(identifiability: str) -> bool:
    return fact("identifiability", identifiability, "identifies") is True


def _identifies(item: FlowItem) -> bool:
    if item.identifiability:
        return _names_people(item.identifiability)
    return fact("data_category", item.category, "is_identifier") is True
