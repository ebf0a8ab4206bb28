"""A flow as rules look at it: what it moves, whom it binds, and which questions it is asked.

Each is worked out once a case, however many rules ask for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from agreements.flows.facts import End, FlowFacts
from agreements.flows.models import Flow, FlowSide
from agreements.flows.rules.around import Around
from agreements.flows.rules.codes import PART4, PROCESSORS
from agreements.flows.said import is_confidential
from register.directory.models import Organisation
from register.directory.models.organisations import Part3, PublicAuthority
from register.documents.case import Case
from register.documents.rulebook import Where
from register.lists.labels import item
from register.lists.models import Item

TASK = "flows"
SHOWN = 4  # names in a sentence, before "and others"


@dataclass
class ExaminedEnd:
    """One end of a flow with the other end, as the rules of law look at it."""

    flow: ExaminedFlow
    end: End
    other_end: End

    @cached_property
    def law(self) -> FlowSide:
        """The law at this end; an empty one where none was ever entered."""
        return self.end.law or FlowSide(side=self.end.side)

    @property
    def other(self) -> ExaminedEnd:
        """The opposite end."""
        provider, recipient = self.flow.ends
        return recipient if self is provider else provider

    @cached_property
    def bodies(self) -> list[Organisation]:
        """The bodies that answer for this end: members of groups, and for a unit its body."""
        answering = self.flow.around.answering
        found = [answering.get(body.pk, body) for body in self.end.every_body]
        return list({body.pk: body for body in found}.values())

    @cached_property
    def gives(self) -> bool:
        """Whether information goes out from this end."""
        return self.flow.facts.flow.is_mutual or self.end is self.flow.facts.provider

    @cached_property
    def takes(self) -> bool:
        """Whether information comes in at this end."""
        return self.flow.facts.flow.is_mutual or self.end is self.flow.facts.recipient

    @cached_property
    def is_part3(self) -> bool:
        """Whether this end works under a regime that is for competent authorities only."""
        return fact("regime", self.law.regime, "only_competent") is True

    @cached_property
    def is_gdpr(self) -> bool:
        """Whether this end works under the UK GDPR."""
        return not self.is_part3 and self.law.regime != PART4

    @property
    def is_processor(self) -> bool:
        """Whether this end acts for a controller, whose basis it works on."""
        return self.law.controller_role in PROCESSORS

    @cached_property
    def is_competent(self) -> bool:
        """Whether every body here is a competent authority (Data Protection Act 2018, section 30)."""
        return bool(self.bodies) and all(is_competent(body) for body in self.bodies)

    @property
    def public_bodies(self) -> list[Organisation]:
        """The bodies here that are public authorities, if only for some functions."""
        public = {PublicAuthority.YES, PublicAuthority.SOME}
        return [body for body in self.bodies if body.public_authority in public]

    @property
    def has_policy(self) -> bool:
        """Whether an appropriate policy document is named here, or recorded by every body here."""
        if self.law.policy_document.strip():
            return True
        around = self.flow.around
        held = [around.standing_for(body.pk) in around.with_policy for body in self.bodies]
        return bool(held) and all(held)

    def at(self, detail: str = "") -> Where:
        """This end as the place where a rule does not hold."""
        where = self.flow.at(detail)
        side = self.end.side.label.lower()
        return Where(f"{where.words}, {side}", where.detail, where.task, where.lineage)


@dataclass
class ExaminedFlow:
    """A flow, what stands round it, and what follows from its answers."""

    facts: FlowFacts
    around: Around

    @property
    def flow(self) -> Flow:
        """The row of the flow."""
        return self.facts.flow

    @cached_property
    def ends(self) -> tuple[ExaminedEnd, ExaminedEnd]:
        """The provider's end, then the recipient's."""
        provider, recipient = self.facts.ends
        return ExaminedEnd(self, provider, recipient), ExaminedEnd(self, recipient, provider)

    @cached_property
    def is_about_the_dead_only(self) -> bool:
        """Whether everybody in it has died: data protection law does not apply, confidentiality does."""
        people = self.flow.data_subjects
        return bool(people) and all(is_outside_data_protection(code) for code in people)

    @cached_property
    def is_protected(self) -> bool:
        """Whether data protection law applies to it."""
        return self.flow.is_personal and not self.is_about_the_dead_only

    @cached_property
    def special(self) -> tuple[str, ...]:
        """The special categories that it moves."""
        return self.facts.special

    @cached_property
    def has_offences(self) -> bool:
        """Whether it moves criminal offence data."""
        return self.facts.has_offences

    @cached_property
    def is_sensitive(self) -> bool:
        """Whether it moves special category or offence data about people."""
        return self.is_protected and bool(self.special or self.has_offences)

    @cached_property
    def is_patient_data(self) -> bool:
        """Whether it moves what a health or care service knows of people, living or dead."""
        return self.flow.is_personal and self.facts.has_health

    @cached_property
    def may_be_opted_out_of(self) -> bool:
        """Whether it may move patient information, which the national data opt-out is about."""
        return self.flow.is_personal and self.facts.may_hold_patient_data

    @cached_property
    def is_given_in_confidence(self) -> bool:
        """Whether the basis in confidentiality and the choice of people are asked of it."""
        return self.flow.is_personal and is_confidential(self.facts)

    def is_used_for(self, name: str) -> bool:
        """Whether the list of uses says something of this flow's use, by the name of the fact."""
        return fact("use_kind", self.flow.use_kind, name) is True

    def at(self, detail: str = "") -> Where:
        """The flow as the place where a rule does not hold."""
        return Where(self.facts.words, detail, TASK, str(self.flow.lineage))


def flows(case: Case) -> list[ExaminedFlow]:
    """Every flow of a case."""
    if "examined" not in case.more:
        around = case.more.get("around") or Around()
        found = [ExaminedFlow(facts, around) for facts in case.more.get("flows") or ()]
        case.more["examined"] = found
    return case.more["examined"]


def personal(case: Case) -> Iterator[ExaminedFlow]:
    """The flows about people, the dead included."""
    return (flow for flow in flows(case) if flow.flow.is_personal)


def protected(case: Case) -> Iterator[ExaminedFlow]:
    """The flows to which data protection law applies."""
    return (flow for flow in flows(case) if flow.is_protected)


def sides(case: Case) -> Iterator[ExaminedEnd]:
    """The ends of the flows to which data protection law applies."""
    return (end for flow in protected(case) for end in flow.ends)


def controllers(case: Case) -> Iterator[ExaminedEnd]:
    """The ends under the UK GDPR that decide for themselves: those that need a basis of their own."""
    return (end for end in sides(case) if end.is_gdpr and not end.is_processor)


def fact(list_code: str, code: str, name: str):
    """What the list says of a code, or None where nothing is chosen or the list has no such row."""
    row = item(list_code, code) if code else None
    return row.fact(name) if row is not None else None


def rows(list_code: str, codes) -> list[Item]:
    """The rows of a list that codes name; codes without a row are left out."""
    found = (item(list_code, code) for code in codes)
    return [row for row in found if row is not None]


def is_outside_data_protection(code: str) -> bool:
    """Whether a kind of people is outside data protection law."""
    return fact("data_subject", code, "is_outside_data_protection") is True


def is_competent(body: Organisation) -> bool:
    """Whether a body is a competent authority, by Schedule 7 or for a statutory function."""
    return body.part3 in {Part3.SCHEDULE_7, Part3.STATUTORY}


def joined(words: list[str]) -> str:
    """Words as a sentence lists them: “a, b and c”; of many only the first few."""
    if len(words) > SHOWN:
        return f"{', '.join(words[:SHOWN])} and {len(words) - SHOWN} more"
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def named(bodies: list[Organisation]) -> str:
    """Bodies as a sentence lists them."""
    return joined([body.called for body in bodies])
