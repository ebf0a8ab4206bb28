"""What those at the ends need before they may be trusted with it: assurance, a contract, an assessment.

What is known of risks, impact assessments and contracts is loaded by the room above under the name
"risks"; where nobody has loaded it these rules are not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from agreements.flows.rules.examined import (
    TASK,
    ExaminedEnd,
    ExaminedFlow,
    fact,
    flows,
    joined,
    protected,
    sides,
)
from register.core.dates import words
from register.directory.assurance_levels import EXPIRED, LABELS, NOT_SUBMITTED, SIGNIFICANT
from register.directory.assurance_levels import LIMITED as LIMITED_LEVEL
from register.directory.models import Organisation
from register.directory.models.organisations import PublicAuthority
from register.documents.case import Case
from register.documents.rulebook import Where, rule
from register.lists.labels import label


@rule("S11", bar=False, task="parties", source="UK GDPR, Articles 24 and 28(1)")
def a_voluntary_body_or_processor_shows_its_assurance(case: Case) -> Iterator[Where]:
    """Have a voluntary body, a supplier or a processor record its assurance before it receives."""
    for body, level in _receiving_outsiders(case):
        if level not in (SIGNIFICANT, LIMITED_LEVEL, EXPIRED):
            said = {NOT_SUBMITTED: "It has recorded no facts."}
            detail = said.get(level, f"Its level of assurance is: {LABELS[level].lower()}.")
            yield Where(body.called, detail, "parties")


@rule("S12", bar=False, task="parties", source="UK GDPR, Articles 24 and 32")
def nobodys_assurance_has_expired(case: Case) -> Iterator[Where]:
    """Ask the body to renew its assurance: something that it relies on has expired."""
    seen: set[int] = set()
    for end in sides(case):
        around = end.flow.around
        for body in end.bodies:
            level = around.levels.get(around.standing_for(body.pk))
            if level and level.code == EXPIRED and body.pk not in seen:
                seen.add(body.pk)
                since = f" It held until {words(level.until)}." if level.until else ""
                yield Where(body.called, since.strip(), "parties")


@rule(
    "S13", bar=False, task=TASK, source="UK GDPR, Article 28; Data Protection Act 2018, section 59"
)
def a_processor_has_a_contract(case: Case) -> Iterator[Where]:
    """Link the contract under which a processor acts."""
    risks = case.more.get("risks")
    for end in sides(case) if risks is not None else ():
        for body in end.bodies if end.is_processor else ():
            if said := _contract(risks.contracts.get(body.pk, ()), end, case):
                yield end.at(f"{body.called}: {said}")


@rule(
    "S14", bar=False, task=TASK, source="UK GDPR, Article 35; Data Protection Act 2018, section 64"
)
def likely_high_risk_is_assessed(case: Case) -> Iterator[Where]:
    """Name the impact assessment, or record why none is needed."""
    risks = case.more.get("risks")
    for flow in protected(case):
        why = _high_risk(flow)
        has_dpia = bool(risks and risks.dpias)
        if len(why) > 1 and not has_dpia and not flow.flow.dpia_reference.strip():
            yield flow.at(f"It moves {' '.join(why)}.")


@rule("S15", bar=False, task="security_level", source="UK GDPR, Article 32(1) and (2)")
def the_controls_match_the_level(case: Case) -> Iterator[Where]:
    """Put the controls in place that the required security level asks for."""
    risks = case.more.get("risks")
    if risks is not None and risks.missing:
        missing = joined([_within(label("control", code)) for code in risks.missing])
        yield Where("", f"{risks.level_says} Missing: {missing}.", "security_level")


@rule("S16", bar=False, task="security_level", source="UK GDPR, Article 32(2)")
def the_security_level_is_worked_out(case: Case) -> bool:
    """Answer the questions on storage, transit, access and processing: they give the security level."""
    risks = case.more.get("risks")
    return risks is None or bool(risks.level) or not any(flows_that_ask(case))


@rule("S17", bar=False, task="risks", source="UK GDPR, Articles 24 and 35(7)")
def what_is_left_of_a_risk_is_accepted(case: Case) -> Iterator[Where]:
    """Treat a high risk further, or have somebody accept what is left of it."""
    risks = case.more.get("risks")
    return (Where(f"Risk {title}", "", "risks") for title in (risks.unaccepted if risks else ()))


@rule("S18", bar=False, task=TASK, source="UK GDPR, Article 35(1)")
def each_controller_has_decided(case: Case) -> Iterator[Where]:
    """Have each controller decide on the impact assessment."""
    risks = case.more.get("risks")
    if risks is None or not risks.dpias or not any(protected(case)):
        return
    for party in case.bound:
        statuses = risks.dpia_statuses(party.organisation_id)
        if statuses and not risks.has_settled_dpia(party.organisation_id):
            said = joined([label("dpia_status", code).lower() for code in statuses])
            yield Where(party.organisation.called, f"It stands at: {said}.", TASK)


RULES = (
    a_voluntary_body_or_processor_shows_its_assurance,
    nobodys_assurance_has_expired,
    a_processor_has_a_contract,
    likely_high_risk_is_assessed,
    the_controls_match_the_level,
    the_security_level_is_worked_out,
    what_is_left_of_a_risk_is_accepted,
    each_controller_has_decided,
)


def _within(words: str) -> str:
    """A label as it stands within a sentence: abbreviations keep their capitals."""
    return words if words[:2].isupper() else f"{words[:1].lower()}{words[1:]}"


def flows_that_ask(case: Case) -> Iterator[ExaminedFlow]:
    """The flows for which a security level is worth working out: those about people."""
    return (flow for flow in flows(case) if flow.is_protected)


def is_outsider(body: Organisation) -> bool:
    """Whether a body is voluntary, a supplier or otherwise no public authority."""
    if body.public_authority != PublicAuthority.UNKNOWN:
        return body.public_authority == PublicAuthority.NO
    return bool(body.kind) and fact("organisation_kind", body.kind, "is_public_authority") is False


def _receiving_outsiders(case: Case) -> Iterator[tuple[Organisation, str]]:
    """The voluntary bodies, suppliers and processors that receive, each once, with their level."""
    seen: set[int] = set()
    for end in sides(case):
        around = end.flow.around
        for body in end.bodies if end.takes else ():
            if body.pk not in seen and (end.is_processor or is_outsider(body)):
                seen.add(body.pk)
                level = around.levels.get(around.standing_for(body.pk))
                yield body, level.code if level else NOT_SUBMITTED


def _contract(contracts, end: ExaminedEnd, case: Case) -> str:
    """What is wrong with the contracts of a processor; nothing where one of them will do."""
    if not contracts:
        return "no contract is linked."
    wanting = [said for each in contracts if (said := _wanting(each, end, case))]
    return wanting[0] if len(wanting) == len(contracts) else ""


def _wanting(contract, end: ExaminedEnd, case: Case) -> str:
    if contract.has_ended(case.day):
        return f"{contract.reference} ended on {words(contract.ends_on)}."
    if end.is_part3 and not contract.is_part3:
        return f"{contract.reference} does not cover law enforcement processing."
    if count := len(contract.missing_points):
        points = "1 point" if count == 1 else f"{count} points"
        return f"{contract.reference} lacks {points} of Article 28(3)."
    return ""


def _high_risk(flow: ExaminedFlow) -> list[str]:
    """Why an impact assessment is likely to be needed: sensitive data, and what makes it worse."""
    if not flow.is_sensitive:
        return []
    row = flow.flow
    found = ["special category or offence data"]
    if fact("frequency", row.frequency, "is_routine"):
        found.append("routinely")
    if any(fact("data_subject", code, "is_vulnerable") for code in row.data_subjects):
        found.append("about people who may be vulnerable")
    return found
