"""The schedule of flows as the canonical body has it: every answer in the words that stand today.

Pages and prints draw the schedule from these values, so that a version keeps the wording of law with
which it was signed, whatever becomes of the lists afterwards.
"""

from __future__ import annotations

from agreements.flows.facts import End, FlowFacts, GroupFacts, flows_of, groups_of
from agreements.flows.models import Flow
from charters.models import GeneralPurpose
from register.core.dates import words
from register.documents.lifecycle import GOVERNING
from register.documents.models import Version
from register.lists.labels import item as list_item
from register.lists.labels import label

Answer = tuple[str, str]


def sections(version: Version) -> list[dict]:
    """The sections that flows add to a version: the schedule, and the groups of parties it names."""
    found = []
    if groups := groups_of([version.pk]).get(version.pk):
        found.append(_section("groups", "Groups of parties", "table", _groups(groups)))
    if flows := flows_of([version.pk]).get(version.pk):
        purposes = purposes_of(flows)
        value = [flow_in_body(facts, purposes) for facts in flows]
        found.append(_section("flows", "Information flows", "flows", value))
    return found


def flow_in_body(facts: FlowFacts, purposes: dict) -> dict:
    """One flow as plain values: number, name, ends, groups of answers, and the table of its items."""
    flow = facts.flow
    parts = [
        ("What moves and why", _what(facts, purposes)),
        ("Confidentiality and choice", _confidentiality(facts)),
        ("How it moves", _transfer(facts)),
        ("Afterwards", _afterwards(facts)),
        ("For the public", _public(facts)),
    ]
    return {
        "lineage": str(flow.lineage),
        "number": facts.number,
        "title": flow.title,
        "from": facts.provider.names,
        "to": facts.recipient.names,
        "direction": label("direction", flow.direction),
        "purpose": _purpose(facts, purposes),
        "frequency": _label("frequency", flow.frequency),
        "basis": [_label("lawful_basis", _basis(end)) for end in facts.ends],
        "retention": _kept(facts),
        "law": _laws(facts),
        "parts": [
            {"heading": heading, "answers": [list(pair) for pair in answers if pair[1]]}
            for heading, answers in parts
            if any(value for _, value in answers)
        ],
        "items": _items(facts),
    }


def purposes_of(flows: list[FlowFacts]) -> dict:
    """The general purposes that flows name, by document and lineage, in the version that governs."""
    named = (facts.flow.purpose_document_id for facts in flows)
    wanted = {document_id for document_id in named if document_id}
    rows = GeneralPurpose.objects.filter(
        version__document_id__in=wanted, version__state__in=GOVERNING
    ).select_related("version")
    return {(row.version.document_id, row.lineage): row for row in rows}


def _what(facts: FlowFacts, purposes: dict) -> list[Answer]:
    flow = facts.flow
    return [
        ("Direction", label("direction", flow.direction)),
        ("Purpose", _purpose(facts, purposes)),
        ("In more words", flow.purpose),
        ("Used for", _label("use_kind", flow.use_kind)),
        ("Why this much and no less", flow.necessity),
        ("People in the data", _labels("data_subject", flow.data_subjects)),
        ("How far people can be identified", _label("identifiability", flow.identifiability)),
        ("Must not be sent", _excluded(flow)),
        ("Comes from", str(flow.asset) if flow.asset else ""),
    ]


def _laws(facts: FlowFacts) -> dict:
    """The law at both ends side by side, as far as anything is said."""
    said, received = (dict(_law(end)) for end in facts.ends)
    rows = [
        [name, said.get(name, ""), received.get(name, "")]
        for name in dict.fromkeys([*said, *received])
        if said.get(name) or received.get(name)
    ]
    if all(gives == takes for _, gives, takes in rows):
        same = [[name, gives] for name, gives, _ in rows]
        return {"columns": ["", "Provider and recipient"], "rows": same}
    return {"columns": ["", "Provider", "Recipient"], "rows": rows}


def _law(end: End) -> list[Answer]:
    law = end.law
    if law is None:
        return []
    return [
        ("Regime", _label("regime", law.regime)),
        ("Role", _label("controller_role", law.controller_role)),
        ("Lawful basis", _cited("lawful_basis", law.lawful_basis)),
        ("Condition of Annex 1", _cited("annex1_condition", law.annex1_condition)),
        ("Law that lays it down", law.law_named),
        ("Balancing test", law.balancing_test),
        ("Law enforcement basis", _cited("part3_basis", law.part3_basis)),
        ("Law enforcement purposes", _labels("part3_purpose", law.part3_purposes)),
        ("Article 9 conditions", _all_cited("article9_condition", law.article9)),
        ("Schedule 1 conditions", _all_cited("schedule1_condition", law.schedule1)),
        ("Schedule 8 conditions", _all_cited("schedule8_condition", law.schedule8)),
        ("Appropriate policy document", law.policy_document),
        ("Legal gateways", _all_cited("legal_gateway", law.gateways)),
        ("How the gateway fits", law.gateway_note),
        ("Authorised onward use", law.authorising_law),
        ("Classes of person", law.person_classes),
        ("Fact and opinion", "Told apart" if law.marks_opinion else ""),
        ("Logging", "Processing is logged" if law.is_logged else ""),
    ]


def _confidentiality(facts: FlowFacts) -> list[Answer]:
    flow = facts.flow
    support = flow.s251_reference
    if support and flow.s251_expires_on:
        support += f", until {words(flow.s251_expires_on)}"
    return [
        ("Basis in confidentiality", _label("cldc_basis", flow.cldc_basis)),
        ("Power or decision relied on", flow.cldc_power),
        ("Section 251 support", support),
        ("Consent", _label("consent_model", flow.consent_model)),
        ("When somebody refuses", flow.refusals),
        ("Grounds to override a refusal", _labels("override_ground", flow.override_grounds)),
        ("National data opt-out", _label("national_data_opt_out", flow.opt_out)),
    ]


def _transfer(facts: FlowFacts) -> list[Answer]:
    flow = facts.flow
    return [
        ("How it moves", _labels("transfer_mode", flow.transfer_modes)),
        ("Controls", _labels("control", flow.controls)),
        ("System", flow.system),
        ("How often", _label("frequency", flow.frequency)),
        ("How much at a time", _label("volume", flow.volume)),
        ("Format", _label("data_format", flow.data_format)),
        ("Transfer outside the UK", _label("transfer_outside_uk", flow.outside_uk)),
        ("Country", flow.outside_country),
        ("Transfer risk assessment", flow.outside_reference),
    ]


def _afterwards(facts: FlowFacts) -> list[Answer]:
    flow = facts.flow
    return [
        ("Where it is kept", flow.storage),
        ("Who may see it", flow.access),
        ("Kept", _kept(facts)),
        ("Disposal", _label("disposal", flow.disposal)),
        ("Proof of disposal", _label("disposal_proof", flow.disposal_proof)),
        ("How accuracy is kept", flow.accuracy),
        ("Who is told of corrections", flow.corrections_to),
        ("Onward sharing", flow.get_onward_display() if flow.onward else ""),
        ("Onward to whom", flow.onward_to),
    ]


def _public(facts: FlowFacts) -> list[Answer]:
    flow = facts.flow
    return [
        ("Impact assessment", flow.dpia_reference),
        ("Privacy notice", flow.privacy_notice),
        ("Purpose in plain words", flow.plain_purpose),
        ("How long, in plain words", flow.plain_retention),
    ]


def _items(facts: FlowFacts) -> dict:
    columns = (
        ("Item", lambda item: item.name),
        ("Category", lambda item: _label("data_category", item.category)),
        ("Needed because", lambda item: item.needed_because),
        ("Special category", lambda item: _labels("special_category", item.special)),
        ("Identifiable", lambda item: _label("identifiability", item.identifiability)),
        ("Format", lambda item: item.format_example),
        ("Quality rule", lambda item: item.quality_rule),
        ("Comes from", lambda item: item.originator),
        ("Third-party rule", lambda item: item.third_party_rule),
    )
    used = [(head, read) for head, read in columns if any(read(item) for item in facts.items)]
    return {
        "columns": [head for head, _ in used],
        "rows": [[read(item) for _, read in used] for item in facts.items],
    }


def _groups(groups: list[GroupFacts]) -> dict:
    return {
        "columns": ["Group", "Who may join"],
        "rows": [[facts.group.name, facts.group.who_may_join] for facts in groups],
    }


def _section(code: str, heading: str, kind: str, value: object) -> dict:
    field = {"code": code, "label": heading, "kind": kind, "value": value}
    return {"code": code, "heading": heading, "fields": [field]}


def _purpose(facts: FlowFacts, purposes: dict) -> str:
    flow = facts.flow
    row = purposes.get((flow.purpose_document_id, flow.purpose_lineage))
    return row.title if row else ""


def _excluded(flow: Flow) -> str:
    note = f" ({flow.excludes_note})" if flow.excludes_note else ""
    return f"{_labels('data_category', flow.excludes)}{note}" if flow.excludes else ""


def _kept(facts: FlowFacts) -> str:
    flow = facts.flow
    period = f"{flow.retention_period} " if flow.retention_period else ""
    trigger = f"from {flow.retention_trigger}" if flow.retention_trigger else ""
    schedule = f"({flow.retention_reference})" if flow.retention_reference else ""
    return " ".join(f"{period}{trigger} {schedule}".split())


def _basis(end: End) -> str:
    return end.law.lawful_basis if end.law else ""


def _label(list_code: str, code: str) -> str:
    return label(list_code, code) if code else ""


def _labels(list_code: str, codes: tuple[str, ...]) -> str:
    return "; ".join(label(list_code, code) for code in codes)


def _cited(list_code: str, code: str) -> str:
    row = list_item(list_code, code) if code else None
    if row is None:
        return code
    return (
        f"{row.label} ({row.source})" if row.source and row.source not in row.label else row.label
    )


def _all_cited(list_code: str, codes: tuple[str, ...]) -> str:
    return "; ".join(_cited(list_code, code) for code in codes)
