"""What the answers of a flow mean for what is asked next, by the facts of the lists."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.flows.bars import bars_on
from agreements.flows.facts import End, FlowFacts
from agreements.flows.models import FlowSide, Onward, Side
from agreements.flows.relevance import UK_GDPR, Answers
from register.core.dates import today
from register.lists.labels import item, items

CONSENT = "6_1_a"  # UK GDPR, Article 6(1)(a)
# Kinds of data that people usually give in confidence though they are no health or care record.
IN_CONFIDENCE = {"case_notes", "safeguarding", "adoption_records", "gender_recognition"}
NO_POLICY = {"", "no"}


def answers_of(facts: FlowFacts, side: str = Side.PROVIDER, law: FlowSide | None = None) -> Answers:
    """What a flow's answers mean; the law is that of one end, or `law` as if it stood there."""
    flow = facts.flow
    own = law if law is not None else facts.end(side).law
    other = facts.recipient if side == Side.PROVIDER else facts.provider
    return Answers(
        is_personal=flow.is_personal,
        is_special=bool(facts.special),
        is_offence=facts.has_offences,
        is_confidential=is_confidential(facts),
        is_consent=rests_on_consent(facts),
        is_patient=facts.may_hold_patient_data,
        is_barred=_gives(facts, side) and bool(bars_on(facts, today())),
        has_exclusions=bool(flow.excludes),
        is_care=_says("use_kind", flow.use_kind, "is_individual_care"),
        names_power=_says("cldc_basis", flow.cldc_basis, "names_power")
        or _says("cldc_basis", flow.cldc_basis, "names_decider"),
        is_supported=_says("cldc_basis", flow.cldc_basis, "has_expiry"),
        asks_people=_says("consent_model", flow.consent_model, "asks_people"),
        is_disposed_of=bool(flow.disposal),
        is_onward=flow.onward not in {"", Onward.NO},
        leaves_uk=_says("transfer_outside_uk", flow.outside_uk, "is_transfer"),
        **_of_law(own, other),
    )


def is_confidential(facts: FlowFacts) -> bool:
    """Whether the information is about health or care, on the dead, or was given in confidence."""
    people = facts.flow.data_subjects
    on_the_dead = any(_says("data_subject", code, "is_outside_data_protection") for code in people)
    return facts.has_health or on_the_dead or bool(IN_CONFIDENCE & set(facts.categories))


def rests_on_consent(facts: FlowFacts) -> bool:
    """Whether an end relies on consent in data protection law."""
    return any(end.law is not None and end.law.lawful_basis == CONSENT for end in facts.ends)


def schedule1_offered(article9: Iterable[str], has_offences: bool) -> set[str]:
    """The Schedule 1 conditions that ticked Article 9 conditions need; all for offence data."""
    if has_offences:
        return set(items("schedule1_condition"))
    rows = (item("article9_condition", code) for code in article9)
    return {code for row in rows if row for code in row.fact("needs_schedule1")}


def _of_law(law: FlowSide | None, other: End) -> dict:
    other_regime = other.law.regime if other.law else UK_GDPR
    if law is None:
        return {"other_regime": other_regime}
    policies = (item("schedule1_condition", code) for code in law.schedule1)
    return {
        "regime": law.regime,
        "other_regime": other_regime,
        "needs_law": _says("lawful_basis", law.lawful_basis, "needs_law"),
        "needs_annex1": _says("lawful_basis", law.lawful_basis, "needs_annex1"),
        "is_balanced": law.lawful_basis == "6_1_f",
        "needs_schedule1": bool(schedule1_offered(law.article9, has_offences=False)),
        "needs_policy": any(
            row and row.fact("policy_document") not in NO_POLICY for row in policies
        ),
        "has_gateway": bool(law.gateways),
    }


def _gives(facts: FlowFacts, side: str) -> bool:
    return side == Side.PROVIDER or facts.flow.is_mutual


def _says(list_code: str, code: str, fact: str) -> bool:
    row = item(list_code, code) if code else None
    return row is not None and bool(row.fact(fact))
