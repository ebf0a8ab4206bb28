"""What is to be kept to when the answer is yes."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.flows.asking.asked import Asked
from agreements.flows.asking.evidence import Evidence
from register.core.dates import words
from register.lists.labels import label


def conditions_of(evidence: Evidence, asked: Asked) -> tuple[str, ...]:
    """The conditions of a flow in sentences: reviews overdue, how it must move, consent, onward rules."""
    return (*_of_the_agreement(evidence, asked), *_of_the_flow(evidence, asked))


def _of_the_agreement(evidence: Evidence, asked: Asked) -> Iterator[str]:
    document = evidence.version.document
    if document.review_on and document.review_on < asked.on:
        yield f"Its review was due on {words(document.review_on)} and is overdue."
    for reference in evidence.parents_out_of_force:
        yield f"{reference} above it is not in force."


def _of_the_flow(evidence: Evidence, asked: Asked) -> Iterator[str]:
    flow = evidence.facts.flow
    if flow.transfer_modes:
        yield f"Send it by: {_labels('transfer_mode', flow.transfer_modes)}."
    if flow.controls:
        yield f"Keep to these controls: {_labels('control', flow.controls)}."
    if flow.consent_model and flow.consent_model != "not_relied_on":
        yield f"Consent: {label('consent_model', flow.consent_model)}."
    if flow.opt_out.startswith("applies"):
        yield f"National data opt-out: {label('national_data_opt_out', flow.opt_out)}."
    if flow.s251_expires_on:
        yield f"Its section 251 support ends on {words(flow.s251_expires_on)}."
    if flow.onward:
        yield f"Onward sharing: {flow.get_onward_display()}."
    if flow.excludes:
        yield f"Not to be sent: {_labels('data_category', flow.excludes)}."
    for item in evidence.facts.items:
        if item.third_party_rule and _is_asked(item, asked):
            yield f"{item.name}: {item.third_party_rule}"


def _is_asked(item, asked: Asked) -> bool:
    return not asked.categories or item.category in asked.categories


def _labels(list_code: str, codes: tuple[str, ...]) -> str:
    return ", ".join(label(list_code, code).lower() for code in codes)
