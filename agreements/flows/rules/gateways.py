"""Whether a legal gateway fits who gives, who receives and what moves. A gateway that does not fit warns.

What a gateway reaches stands in its row of the reference list. Rules on a gateway stay off until its
commencement is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agreements.flows.bars import bars_on, kinds_of_data
from agreements.flows.rules.examined import (
    TASK,
    ExaminedEnd,
    ExaminedFlow,
    fact,
    joined,
    named,
    protected,
    rows,
)
from register.directory.models import Organisation
from register.documents.case import Case
from register.documents.rulebook import Where, rule
from register.lists.labels import item, label
from register.lists.models import Item

FIT = "The law that is named"


@dataclass(frozen=True)
class Passage:
    """One gateway at one end of a flow, with who gives and who takes under it."""

    gateway: Item
    end: ExaminedEnd
    giving: ExaminedEnd
    taking: ExaminedEnd

    @property
    def flow(self) -> ExaminedFlow:
        """The flow that goes through it."""
        return self.end.flow

    def at(self, detail: str) -> Where:
        """The end as the place, with what is wrong and what to name instead."""
        return self.end.at(f"{self.gateway.label} {detail}{_instead(self)}")


@rule("G1", bar=False, task=TASK, source=FIT)
def a_gateway_reaches_who_gives(case: Case) -> Iterator[Where]:
    """Name a gateway that lets this body disclose."""
    for each in _passages(case):
        # What a recipient names is its own power or duty, not the provider's.
        givers = _outside_givers(each) if each.end.gives else []
        wrong = [body for body in givers if not _is_excluded(each, body)]
        if wrong:
            who = f"does not reach {named(wrong)}. It lets these disclose: "
            yield each.at(
                f"{who}{_sentence(each.gateway.fact('disclosers'))}{_on_behalf(each, True)}"
            )


@rule("G2", bar=False, task=TASK, source=FIT)
def a_gateway_reaches_who_receives(case: Case) -> Iterator[Where]:
    """Name a gateway by which this body may receive."""
    for each in _passages(case):
        if wrong := _outside_takers(each):
            who = f"does not reach {named(wrong)}. These may receive: "
            yield each.at(f"{who}{_sentence(_recipients(each.gateway))}{_on_behalf(each, False)}")


@rule("G3", bar=False, task=TASK, source=FIT)
def a_gateway_does_not_exclude_who_gives(case: Case) -> Iterator[Where]:
    """Name a gateway that does not shut out personal data from this body."""
    for each in _passages(case):
        wrong = [body for body in each.giving.bodies if _is_excluded(each, body)]
        if wrong:
            yield each.at(f"does not authorise {named(wrong)}. It excludes: {_excludes(each)}")


@rule("G4", bar=False, task=TASK, source=FIT)
def a_gateway_does_not_exclude_what_moves(case: Case) -> Iterator[Where]:
    """Name a gateway that does not shut out this kind of data."""
    for each in _passages(case):
        excluded = each.gateway.fact("excluded_categories")
        wrong = [code for code in excluded if code in kinds_of_data(each.flow.facts)]
        if wrong:
            what = joined([label("data_category", code).lower() for code in wrong])
            yield each.at(f"does not authorise {what}. It excludes: {_excludes(each)}")


@rule("G5", bar=False, task=TASK, source=FIT)
def a_gateway_for_figures_moves_no_names(case: Case) -> Iterator[Where]:
    """Take out what identifies people, or name a gateway for personal data."""
    for each in _passages(case):
        identifies = fact("identifiability", each.flow.flow.identifiability, "identifies")
        if each.gateway.fact("only_deidentified") and identifies:
            yield each.at("is for de-identified information only.")


@rule("G6", bar=False, task=TASK, source="The statutory bar that is named")
def a_statutory_bar_is_answered(case: Case) -> Iterator[Where]:
    """Say in the note on the provider's law how this data may be disclosed in spite of a statutory bar."""
    for flow in protected(case):
        if any(end.law.gateway_note.strip() for end in flow.ends if end.gives):
            continue
        if bars := bars_on(flow.facts, case.day):
            yield flow.at(" ".join(f"{bar.label}: {bar.fact('asks')}" for bar in bars))


RULES = (
    a_gateway_reaches_who_gives,
    a_gateway_reaches_who_receives,
    a_gateway_does_not_exclude_who_gives,
    a_gateway_does_not_exclude_what_moves,
    a_gateway_for_figures_moves_no_names,
    a_statutory_bar_is_answered,
)


def _passages(case: Case) -> list[Passage]:
    """Every gateway that is named at an end and on which rules may rely today."""
    if "passages" not in case.more:
        case.more["passages"] = [
            passage
            for flow in protected(case)
            for end in flow.ends
            for passage in _at_end(end)
            if passage.gateway.is_known_in_force(case.day)
        ]
    return case.more["passages"]


def _at_end(end: ExaminedEnd) -> list[Passage]:
    giving, taking = (end, end.other) if end.gives else (end.other, end)
    # A gateway that both ends name is examined once, where the information comes from.
    told = () if end.gives else end.other.law.gateways
    codes = [code for code in end.law.gateways if code not in told]
    return [Passage(row, end, giving, taking) for row in rows("legal_gateway", codes)]


def _outside_givers(each: Passage) -> list[Organisation]:
    has_note = bool(each.end.law.gateway_note.strip())
    if has_note and each.gateway.fact("acts_for_discloser"):
        return []
    return _not_of(each.gateway.fact("discloser_kinds"), each.giving.bodies)


def _outside_takers(each: Passage) -> list[Organisation]:
    """Who may not receive; whoever acts on behalf of one who may does, once the note says for whom."""
    has_note = bool(each.end.law.gateway_note.strip())
    if has_note and each.gateway.fact("acts_on_behalf"):
        return []
    return _not_of(each.gateway.fact("recipient_kinds"), each.taking.bodies)


def _not_of(kinds: tuple[str, ...], bodies: list[Organisation]) -> list[Organisation]:
    """The bodies that are of none of some kinds; a body of an unknown kind gets the benefit of it."""
    return [body for body in bodies if kinds and body.kind and body.kind not in kinds]


def _is_excluded(each: Passage, body: Organisation) -> bool:
    return body.kind in each.gateway.fact("excluded_discloser_kinds")


def _on_behalf(each: Passage, is_giver: bool) -> str:
    if not each.gateway.fact("acts_for_discloser" if is_giver else "acts_on_behalf"):
        return ""
    return (
        " It also reaches whoever acts for one of them: if so, say for whom in the note beside it."
    )


def _excludes(each: Passage) -> str:
    return _sentence(each.gateway.fact("excludes"))


def _instead(each: Passage) -> str:
    """What to name instead: of what the list suggests, that which fits this flow."""
    suggested = [item("legal_gateway", code) for code in each.gateway.fact("instead")]
    fitting = [row for row in suggested if row is not None and _fits(row, each)]
    if not fitting:
        return " Name another law, or leave it out."
    return f" Name instead: {joined([row.label for row in fitting])}."


def _fits(row: Item, each: Passage) -> bool:
    other = Passage(row, each.end, each.giving, each.taking)
    return not (
        _not_of(row.fact("discloser_kinds"), other.giving.bodies)
        or _not_of(row.fact("recipient_kinds"), other.taking.bodies)
        or any(_is_excluded(other, body) for body in other.giving.bodies)
        or set(row.fact("excluded_categories")) & kinds_of_data(each.flow.facts)
        or row.commencement_is_unknown
    )


def _recipients(gateway: Item) -> object:
    """Who may receive, in words that stand alone where the list says “the same” as disclose."""
    words = gateway.fact("recipients")
    return gateway.fact("disclosers") if str(words).lower().startswith("the same") else words


def _sentence(words: object) -> str:
    said = str(words).strip() or "as the law says"
    return f"{said[:1].lower()}{said[1:].rstrip('.')}."
