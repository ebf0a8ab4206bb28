"""The lawful basis at each end under the UK GDPR: Article 6, and who may rely on what."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.flows.rules import codes
from agreements.flows.rules.examined import (
    TASK,
    controllers,
    fact,
    flows,
    named,
    personal,
    rows,
    sides,
)
from register.directory.models import Organisation
from register.directory.models.organisations import PublicAuthority
from register.documents.case import Case
from register.documents.rulebook import Where, rule
from register.lists.labels import label


@rule("F21", task=TASK, source="UK GDPR, Article 6(1)")
def each_side_has_a_basis(case: Case) -> Iterator[Where]:
    """Name the lawful basis."""
    return (end.at() for end in controllers(case) if not end.law.lawful_basis)


@rule("F22", task=TASK, source="UK GDPR, Article 6(1)(ea) and Annex 1")
def a_recognised_interest_meets_a_condition(case: Case) -> Iterator[Where]:
    """Name the condition of Annex 1 that a recognised legitimate interest meets."""
    for end in controllers(case):
        needs = fact("lawful_basis", end.law.lawful_basis, "needs_annex1")
        if needs and not end.law.annex1_condition:
            yield end.at()


@rule(
    "F23", bar=False, task=TASK, source="UK GDPR, Article 6(3); Data Protection Act 2018, section 8"
)
def the_law_behind_it_is_named(case: Case) -> Iterator[Where]:
    """Name the law that lays the task or the duty down: a gateway, or an Act and its section."""
    for end in controllers(case):
        law = end.law
        needs = fact("lawful_basis", law.lawful_basis, "needs_law")
        if needs and not law.gateways and not law.law_named.strip():
            yield end.at(f"“{label('lawful_basis', law.lawful_basis)}” rests on a law.")


@rule("F24", bar=False, task=TASK, source="UK GDPR, Article 6(1)(f)")
def interests_are_weighed(case: Case) -> Iterator[Where]:
    """Record how the legitimate interests were weighed against those of the person."""
    for end in controllers(case):
        if (
            end.law.lawful_basis == codes.LEGITIMATE_INTERESTS
            and not end.law.balancing_test.strip()
        ):
            yield end.at()


@rule("F25", bar=False, task=TASK, source="UK GDPR, Article 6(1), last paragraph")
def a_public_authority_rests_its_tasks_on_law(case: Case) -> Iterator[Where]:
    """Rest a public authority's own tasks on public task or legal obligation, not on interests."""
    for end in controllers(case):
        if not fact("lawful_basis", end.law.lawful_basis, "not_for_public_tasks"):
            continue
        for body in end.bodies:
            if said := _of_authority(body):
                yield end.at(said)


@rule("F26", bar=False, task=TASK, source="UK GDPR, Articles 4(11) and 7, recital 43")
def a_public_authority_seldom_relies_on_consent(case: Case) -> Iterator[Where]:
    """Rely on a basis other than consent where a public authority asks."""
    for end in controllers(case):
        asked = end.law.lawful_basis == codes.CONSENT or codes.EXPLICIT_CONSENT in end.law.article9
        if asked and end.public_bodies:
            yield end.at(
                f"People seldom feel free to refuse {named(end.public_bodies)}: the imbalance between "
                "them makes such consent doubtful. Consent in confidentiality is another matter and "
                "may stand beside a public task."
            )


@rule("F27", bar=False, task=TASK, source="UK GDPR, Article 7; National Data Guardian")
def a_refusal_has_its_answer(case: Case) -> Iterator[Where]:
    """Say what happens when somebody refuses or objects."""
    for flow in personal(case):
        asks = fact("consent_model", flow.flow.consent_model, "asks_people")
        if asks and not flow.flow.refusals.strip():
            yield flow.at("People are asked or may opt out.")


@rule("F28", bar=False, task=TASK, source="UK GDPR, Article 7(1)")
def consent_is_asked(case: Case) -> Iterator[Where]:
    """Say how people are asked where consent is the basis."""
    for flow in flows(case):
        if not flow.is_protected or fact("consent_model", flow.flow.consent_model, "asks_people"):
            continue
        if any(end.is_gdpr and end.law.lawful_basis == codes.CONSENT for end in flow.ends):
            yield flow.at()


@rule("F29", bar=False, task=TASK, source="UK GDPR, Article 6(1)(c) and (3)")
def a_power_is_no_obligation(case: Case) -> Iterator[Where]:
    """Name a duty where the basis is legal obligation: a power leaves a choice, so use public task."""
    for end in controllers(case):
        law = end.law
        gateways = rows("legal_gateway", law.gateways)
        if law.lawful_basis != codes.LEGAL_OBLIGATION or law.law_named.strip() or not gateways:
            continue
        if not any(row.fact("power") in codes.DUTIES for row in gateways):
            yield end.at(f"{gateways[0].label} gives a power, no duty.")


@rule("F30", bar=False, task=TASK, source="UK GDPR, Article 6(1)(e) and (3)")
def nobody_borrows_a_public_task(case: Case) -> Iterator[Where]:
    """A body that is no public authority names the task that law gives to it, or another basis."""
    for end in controllers(case):
        law = end.law
        if (
            law.lawful_basis != codes.PUBLIC_TASK
            or law.law_named.strip()
            or law.gateway_note.strip()
        ):
            continue
        private = [b for b in end.bodies if b.public_authority == PublicAuthority.NO]
        if private:
            yield end.at(
                f"{named(private)} cannot borrow the task of the body that it shares with. Where a "
                "public body asks, a recognised legitimate interest may fit: Article 6(1)(ea), RLI-1."
            )


@rule("F31", bar=False, task=TASK, source="UK GDPR, Articles 4(7), 4(8), 26 and 28")
def each_side_has_its_role(case: Case) -> Iterator[Where]:
    """Say whether those here are controllers of their own, joint controllers or processors."""
    return (end.at() for end in sides(case) if not end.law.controller_role)


@rule("F32", bar=False, task=TASK, source="Data Protection Act 2018, Part 4")
def part_4_is_for_the_intelligence_services(case: Case) -> Iterator[Where]:
    """Choose the UK GDPR or Part 3: Part 4 is for the intelligence services alone."""
    return (end.at() for end in sides(case) if end.law.regime == codes.PART4)


RULES = (
    each_side_has_a_basis,
    a_recognised_interest_meets_a_condition,
    the_law_behind_it_is_named,
    interests_are_weighed,
    a_public_authority_rests_its_tasks_on_law,
    a_public_authority_seldom_relies_on_consent,
    a_refusal_has_its_answer,
    consent_is_asked,
    a_power_is_no_obligation,
    nobody_borrows_a_public_task,
    each_side_has_its_role,
    part_4_is_for_the_intelligence_services,
)


def _of_authority(body: Organisation) -> str:
    """What is to be said of a body that relies on an interest; nothing of one that may."""
    if body.public_authority == PublicAuthority.YES:
        return f"{body.called} is a public authority."
    if body.public_authority == PublicAuthority.SOME:
        return (
            f"{body.called} is a public authority for some functions: say on the note beside the "
            "gateway that this is not one of them, or choose public task."
        )
    usual = fact("organisation_kind", body.kind, "is_public_authority")
    if body.public_authority == PublicAuthority.UNKNOWN and usual:
        return (
            f"{body.called} is of a kind that usually is a public authority: record whether it is."
        )
    return ""
