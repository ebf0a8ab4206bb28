"""How the points of the completeness score are answered: by text, by rows, by every flow or every end.

Each answers None where it is not asked of a case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from agreements.clauses import covers
from agreements.flows.rules.above import Above
from agreements.flows.rules.examined import ExaminedEnd, ExaminedFlow, fact, flows
from agreements.models import AgreementText
from register.documents.case import Case
from register.documents.models import Content

Answer = Callable[[Case], "bool | None"]


def says(model: type[Content], *names: str) -> Answer:
    """A point that text of the tier covers: every one of some fields holds words."""
    return lambda case: all(case.says(model, name) for name in names)


def covered(name: str) -> Answer:
    """A point that the agreement's own text covers, or a clause with such a heading, or its file."""
    return lambda case: covers(case, name)


def has(model: type[Content]) -> Answer:
    """A point that rows of a list cover."""
    return lambda case: bool(case.of(model))


def flows_say(name: str, *, also: str = "", personal: bool = True) -> Answer:
    """A point that every flow covers in a field, or the agreement's own text in the field `also`.

    Where `personal`, flows about people are asked; without any of those it is not asked.
    """

    def answer(case: Case) -> bool | None:
        if also and case.says(AgreementText, also):
            return True
        asked = [flow for flow in flows(case) if flow.flow.is_personal or not personal]
        if not asked:
            return None if case.more.get("flows") and personal else False
        return all(bool(getattr(flow.flow, name)) for flow in asked)

    return answer


def every_flow(
    holds: Callable[[ExaminedFlow], bool], asks: Callable[[ExaminedFlow], bool] | None = None
) -> Answer:
    """A point that every flow covers of those that are asked; without any flow it is lost."""

    def answer(case: Case) -> bool | None:
        if not case.more.get("flows"):
            return False
        asked = [flow for flow in flows(case) if asks is None or asks(flow)]
        return _all_of(holds(flow) for flow in asked)

    return answer


def every_end(
    holds: Callable[[ExaminedEnd], bool], asks: Callable[[ExaminedEnd], bool] | None = None
) -> Answer:
    """A point that both ends of every flow about people cover, of those that are asked."""

    def answer(case: Case) -> bool | None:
        if not case.more.get("flows"):
            return False
        ends = [end for flow in flows(case) if flow.is_protected for end in flow.ends]
        return _all_of(holds(end) for end in ends if asks is None or asks(end))

    return answer


def _all_of(answers: Iterable[bool]) -> bool | None:
    found = list(answers)
    return all(found) if found else None


def is_personal(flow: ExaminedFlow) -> bool:
    """Whether a flow is about people."""
    return flow.flow.is_personal


def has_basis(end: ExaminedEnd) -> bool:
    """Whether an end names its basis, under its own regime."""
    return bool(end.law.part3_basis if end.is_part3 else end.law.lawful_basis)


def has_condition(end: ExaminedEnd) -> bool:
    """Whether an end names the conditions that special category and offence data ask for."""
    law = end.law
    if end.is_part3:
        return bool(law.schedule8) or not end.flow.special
    special = bool(law.article9) or not end.flow.special
    offences = bool(law.schedule1) or end.is_competent or not end.flow.has_offences
    return special and offences


def needs_policy(end: ExaminedEnd) -> bool:
    """Whether an end relies on a condition that asks for a policy document."""
    asking = {"required", "required_except"}
    rows = (fact("schedule1_condition", code, "policy_document") for code in end.law.schedule1)
    return any(row in asking for row in rows) or (end.is_part3 and bool(end.flow.special))


def explains_gateway(end: ExaminedEnd) -> bool:
    """Whether an end says how its gateway fits."""
    return bool(end.law.gateway_note.strip())


def is_kept(flow: ExaminedFlow) -> bool:
    """Whether a flow says from when and how long it is kept."""
    row = flow.flow
    return bool(row.retention_reference or (row.retention_trigger and row.retention_period))


def roles(case: Case) -> bool | None:
    """Whether every party has its role, here or at the ends of the flows."""
    in_flows = every_end(lambda end: bool(end.law.controller_role))(case)
    return True if all(party.role for party in case.bound) and case.bound else in_flows


def assessed(case: Case) -> bool | None:
    """Whether the impact of sensitive flows is assessed."""
    sensitive = [flow for flow in flows(case) if flow.is_sensitive]
    risks = case.more.get("risks")
    if not sensitive:
        return None if case.more.get("flows") else False
    return bool(risks and risks.dpias) or all(flow.flow.dpia_reference for flow in sensitive)


def risks_are_weighed(case: Case) -> bool | None:
    """Whether risks or a security level are recorded; not asked where nobody loads them."""
    risks = case.more.get("risks")
    return None if risks is None else bool(risks.risks or risks.level)


def may_be_joined(case: Case) -> bool:
    """Whether it says how others join and how one leaves."""
    groups = case.more.get("groups") or []
    return bool(groups) or case.says(AgreementText, "termination")


def is_framed(case: Case) -> bool:
    """Whether it stands under a document or says why not."""
    return bool(case.parents) or bool(case.place.get("is_outside"))


def signed_above(case: Case) -> bool | None:
    """Whether every party is a signatory above; not asked where nothing stands above."""
    above: Above = case.more.get("above") or Above()
    return not above.gaps if above.chain else None


def in_date(case: Case) -> bool | None:
    """Whether the day of review lies ahead; not asked where none is set."""
    review = case.document.review_on
    return None if review is None else review >= case.day


def has_review(case: Case) -> bool:
    """Whether a day of review is set."""
    return case.document.review_on is not None


def has_owner(case: Case) -> bool:
    """Whether an officer answers for it."""
    return case.document.owner_id is not None


def has_lead(case: Case) -> bool:
    """Whether a body leads."""
    return case.document.lead_id is not None


def has_two(case: Case) -> bool:
    """Whether two parties or groups are named."""
    return len(case.bound) + len(case.more.get("groups") or ()) >= 2


def is_readable(case: Case) -> bool | None:
    """Whether its partners may read it; not asked of what is restricted."""
    return None if case.document.is_restricted else case.document.visibility != "named"


def belongs(case: Case) -> bool:
    """Whether it belongs to a community."""
    return case.place.get("community_id") is not None
