"""Writes the information flows of `flow_words` into the drafts of Wyrefordshire's agreements."""

from __future__ import annotations

from agreements.flows.models import Flow, FlowSide, Side
from agreements.flows.services import flows as services
from charters.models import GeneralPurpose
from register.demonstration.agreements import Sharing
from register.demonstration.directory import County
from register.demonstration.flow_words import FLOWS, Law, Moving
from register.documents.lifecycle import GOVERNING
from register.documents.models import Document, Version

SAID = {
    "necessity": "The purpose cannot be reached with less: each item is used for the reason given.",
    "transfer_modes": ("secure_email",),
    "controls": ("encrypted_transit", "identity_checked", "role_access", "audit_log"),
    "data_format": "structured_file",
    "volume": "11_100",
    "storage": "In the recipient's case system, in the United Kingdom.",
    "access": "Staff of the recipient who work on the purpose, by role.",
    "disposal": "delete",
    "disposal_proof": "statement",
    "accuracy": "The provider checks names and dates of birth before sending.",
    "corrections_to": "The information governance mailbox of each recipient",
    "outside_uk": "none",
    "onward": "ask",
    "privacy_notice": "https://wyrefordshire.example/privacy",
    "plain_retention": "It is kept no longer than is needed, and then destroyed.",
}


def write_flows(county: County, version: Version, sharing: Sharing) -> None:
    """Write the flows of an agreement into its draft."""
    for moving in FLOWS.get(sharing.title, ()):
        _write(county, version, sharing, moving)


def _write(county: County, version: Version, sharing: Sharing, moving: Moving) -> None:
    by = county.officer()
    flow = services.add_flow(by=by, version=version, title=moving.title)
    services.name_ends(
        by=by,
        flow=flow,
        providers=[county.bodies[moving.giver]],
        recipients=[county.bodies[moving.taker]],
    )
    flow = Flow.objects.get(pk=flow.pk)
    services.change_flow(
        by=by, flow=flow, row_version=flow.row_version, **_facts(version, sharing, moving)
    )
    if moving.identifiability != "non_personal":
        for side, law in ((Side.PROVIDER, moving.gives), (Side.RECIPIENT, moving.takes)):
            _write_law(by, flow, side, law)
    for name, category, because in moving.items:
        services.add_data_item(
            by=by, flow=flow, name=name, category=category, needed_because=because
        )


def _facts(version: Version, sharing: Sharing, moving: Moving) -> dict:
    period, trigger = moving.kept
    facts = {
        **SAID,
        "direction": moving.direction,
        "identifiability": moving.identifiability,
        "use_kind": moving.use,
        "data_subjects": tuple(moving.people.split()),
        "frequency": moving.frequency,
        "retention_period": period,
        "retention_trigger": trigger,
        "plain_purpose": sharing.benefit,
        **_purpose(version, moving.purpose),
    }
    if moving.identifiability == "non_personal":
        for name in ("controls", "privacy_notice", "plain_retention", "necessity"):
            facts.pop(name)
    elif any(category in ("health", "nhs_number") for _, category, _ in moving.items):
        facts["cldc_basis"] = "implied_consent" if moving.use == "direct_care" else "statutory"
        facts["cldc_power"] = "" if moving.use == "direct_care" else sharing.power[:300]
        facts["opt_out"] = "individual_care" if moving.use == "direct_care" else "legal_requirement"
    return facts


def _purpose(version: Version, place: int) -> dict:
    protocol: Document | None = version.document.agreement.protocol
    if protocol is None or place < 0:
        return {}
    rows = GeneralPurpose.objects.filter(version__document=protocol, version__state__in=GOVERNING)
    row = list(rows.order_by("position"))[place]
    return {"purpose_document": protocol, "purpose_lineage": row.lineage}


def _write_law(by, flow: Flow, side: Side, law: Law) -> None:
    row = FlowSide.objects.get(flow=flow, side=side)
    facts: dict[str, object] = {
        "regime": law.regime,
        "controller_role": "separate_controller",
        "lawful_basis": law.basis,
        "article9": tuple(law.article9.split()),
        "schedule1": tuple(law.schedule1.split()),
        "gateways": tuple(law.gateways.split()),
        "law_named": "" if law.regime == "part3" else "The powers named as gateways",
        "policy_document": "Appropriate policy document of 2025" if law.schedule1 else "",
    }
    if law.regime == "part3":
        facts |= {
            "part3_basis": "35_2_b",
            "part3_purposes": ("prevention",),
            "schedule8": tuple(law.schedule8.split()),
            "policy_document": "Policy document under section 42, 2025",
            "marks_opinion": True,
            "person_classes": "Convicted",
            "is_logged": True,
            "authorising_law": "Crime and Disorder Act 1998, section 115",
        }
    services.change_law(by=by, law=row, row_version=row.row_version, **facts)
