"""When an agreement needs advice before it is signed, and of which bodies: told from its flows."""

from __future__ import annotations

from agreements.flows.rules.around import Around
from agreements.flows.rules.examined import ExaminedFlow, fact, flows, protected
from register.advice.needs import WHEN, WHOM
from register.directory.models import Organisation
from register.documents.case import Case

RESEARCH = "research"  # the kind of use that asks for an ethics committee
RAISED = frozenset({"raised", "high"})  # security levels that ask for information security


def about_people(case: Case) -> bool:
    """Whether information about people is shared."""
    return any(protected(case))


def about_health(case: Case) -> bool:
    """Whether health or care information about people is shared."""
    return any(flow.is_patient_data for flow in flows(case))


def for_research(case: Case) -> bool:
    """Whether some of it is used for research."""
    return any(flow.flow.use_kind == RESEARCH for flow in flows(case))


def needs_security(case: Case) -> bool:
    """Whether the security level that its answers require is raised or high."""
    return getattr(case.more.get("risks"), "level", "") in RAISED


def needs_law(case: Case) -> bool:
    """Whether it is law enforcement at some end, or leaves the United Kingdom."""
    return any(_is_abroad(flow) or any(end.is_part3 for end in flow.facts.ends)
               for flow in protected(case))  # fmt: skip


def controllers(case: Case) -> list[Organisation]:
    """The parties that decide for themselves at some end of a flow about people."""
    ends = (end for flow in protected(case) for end in flow.ends if not end.is_processor)
    return _parties_at(case, [(end.flow, end.end.bodies) for end in ends])


def health_bodies(case: Case) -> list[Organisation]:
    """The parties of the health service that give or receive health or care information."""
    told = [(f, end.bodies) for f in flows(case) if f.is_patient_data for end in f.facts.ends]
    found = _parties_at(case, told)
    return [body for body in found if fact("organisation_kind", body.kind, "is_health") is True]


def plug_in() -> None:
    """Tell the room of advice what the flows of an agreement ask for."""
    WHEN["personal"] = about_people
    WHEN["health"] = about_health
    WHEN["research"] = for_research
    WHEN["security"] = needs_security
    WHEN["law"] = needs_law
    WHOM["each_controller"] = controllers
    WHOM["each_health_body"] = health_bodies


def _is_abroad(flow: ExaminedFlow) -> bool:
    return fact("transfer_outside_uk", flow.flow.outside_uk, "is_transfer") is True


def _parties_at(
    case: Case, told: list[tuple[ExaminedFlow, list[Organisation]]]
) -> list[Organisation]:
    """The parties that stand for bodies at ends of flows, in the order of the parties."""
    named = {flow.around.standing_for(body.pk) for flow, bodies in told for body in bodies}
    around = case.more.get("around") or Around()
    parties = [party.organisation for party in case.bound]
    return [body for body in parties if around.standing_for(body.pk) in named]
