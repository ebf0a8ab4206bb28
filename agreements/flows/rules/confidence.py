"""The common-law duty of confidentiality, section 251 and the national data opt-out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from agreements.flows.rules.codes import (
    IMPLIED_CONSENT,
    NOT_CONFIDENTIAL,
    OPT_OUT_INDIVIDUAL_CARE,
)
from agreements.flows.rules.examined import (
    TASK,
    ExaminedFlow,
    fact,
    is_outside_data_protection,
    personal,
)
from register.core.dates import words
from register.documents.case import Case
from register.documents.rulebook import Where, rule
from register.lists.labels import label

SOON = timedelta(days=90)


@rule("F61", bar=False, task=TASK, source="Common law of confidentiality; Caldicott Principle 6")
def health_data_names_its_basis_in_confidentiality(case: Case) -> Iterator[Where]:
    """Name the basis in confidentiality for health and care information."""
    for flow in personal(case):
        if flow.is_patient_data and not flow.flow.cldc_basis:
            yield flow.at("Data protection law and confidentiality each ask for their own basis.")


@rule("F62", bar=False, task=TASK, source="Common law of confidentiality")
def confidentiality_outlives_the_person(case: Case) -> Iterator[Where]:
    """Name the basis in confidentiality for information on people who have died."""
    for flow in personal(case):
        dead = any(is_outside_data_protection(code) for code in flow.flow.data_subjects)
        if dead and not flow.is_patient_data and not flow.flow.cldc_basis:
            yield flow.at("Data protection law does not reach the dead, but confidentiality may.")


@rule("F63", bar=False, task=TASK, source="Common law of confidentiality")
def the_power_or_decision_is_named(case: Case) -> Iterator[Where]:
    """Name the law, the order or who decided, on which the basis in confidentiality rests."""
    for flow in personal(case):
        basis = flow.flow.cldc_basis
        names = [fact("cldc_basis", basis, name) for name in ("names_power", "names_decider")]
        has_reference = fact("cldc_basis", basis, "has_expiry") and flow.flow.s251_reference.strip()
        if any(names) and not flow.flow.cldc_power.strip() and not has_reference:
            yield flow.at(f"Chosen: {label('cldc_basis', basis).lower()}.")


@rule("F64", bar=False, task=TASK, source="National Health Service Act 2006, section 251")
def support_has_a_reference_and_an_end(case: Case) -> Iterator[Where]:
    """Give the reference of the section 251 support and the day on which it ends."""
    for flow in personal(case):
        if _rests_on_support(flow) and not (
            flow.flow.s251_reference.strip() and flow.flow.s251_expires_on
        ):
            yield flow.at()


@rule("F65", bar=False, task=TASK, source="National Health Service Act 2006, section 251")
def support_that_ends_soon_is_renewed(case: Case) -> Iterator[Where]:
    """Apply for the section 251 support to go on: it ends soon."""
    for flow in personal(case):
        end = flow.flow.s251_expires_on
        if end and _rests_on_support(flow) and case.day <= end <= case.day + SOON:
            yield flow.at(f"It ends on {words(end)}.")


@rule("F66", task=TASK, source="National Health Service Act 2006, section 251")
def support_has_not_ended(case: Case) -> Iterator[Where]:
    """Renew the section 251 support or stop the flow: it has ended."""
    for flow in personal(case):
        end = flow.flow.s251_expires_on
        if end and _rests_on_support(flow) and end < case.day:
            yield flow.at(f"It ended on {words(end)}.")


@rule("F67", bar=False, task=TASK, source="National data opt-out, Operational Policy Guidance")
def the_opt_out_is_answered(case: Case) -> Iterator[Where]:
    """Say whether the national data opt-out applies."""
    for flow in personal(case):
        if _may_be_opted_out_of(flow) and not flow.flow.opt_out:
            used = label("use_kind", flow.flow.use_kind).lower()
            yield flow.at(f"Patient information is used beyond individual care: {used}.")


@rule("F68", bar=False, task=TASK, source="National data opt-out, Operational Policy Guidance")
def the_answer_on_the_opt_out_fits(case: Case) -> Iterator[Where]:
    """Choose an answer on the national data opt-out that fits the data and the use."""
    for flow in personal(case):
        answer = flow.flow.opt_out
        if fact("national_data_opt_out", answer, "is_not_patient_data") and _is_of_patients(flow):
            yield flow.at("The flow moves health or care information that identifies people.")
        elif answer == OPT_OUT_INDIVIDUAL_CARE and _is_beyond_care(flow):
            yield flow.at(f"It is used for {label('use_kind', flow.flow.use_kind).lower()}.")


@rule("F69", bar=False, task=TASK, source="Common law of confidentiality; National Data Guardian")
def implied_consent_ends_with_care(case: Case) -> Iterator[Where]:
    """Name another basis in confidentiality: implied consent reaches direct care and no further."""
    for flow in personal(case):
        if flow.flow.cldc_basis == IMPLIED_CONSENT and _is_beyond_care(flow):
            yield flow.at(f"It is used for {label('use_kind', flow.flow.use_kind).lower()}.")


RULES = (
    health_data_names_its_basis_in_confidentiality,
    confidentiality_outlives_the_person,
    the_power_or_decision_is_named,
    support_has_a_reference_and_an_end,
    support_that_ends_soon_is_renewed,
    support_has_not_ended,
    the_opt_out_is_answered,
    the_answer_on_the_opt_out_fits,
    implied_consent_ends_with_care,
)


def _rests_on_support(flow: ExaminedFlow) -> bool:
    return fact("cldc_basis", flow.flow.cldc_basis, "has_expiry") is True


def _is_beyond_care(flow: ExaminedFlow) -> bool:
    return bool(flow.flow.use_kind) and not flow.is_used_for("is_individual_care")


def _is_of_patients(flow: ExaminedFlow) -> bool:
    """Whether it holds confidential patient information: a record of health or care that names people."""
    identifies = fact("identifiability", flow.flow.identifiability, "identifies")
    is_open = flow.flow.cldc_basis == NOT_CONFIDENTIAL
    return flow.may_be_opted_out_of and identifies is True and not is_open


def _may_be_opted_out_of(flow: ExaminedFlow) -> bool:
    return _is_of_patients(flow) and _is_beyond_care(flow)
