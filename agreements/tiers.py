"""Tier 3 as `documents` knows it."""

from __future__ import annotations

from django.db.models import Q

from agreements.forms import AgreementPlaceForm
from agreements.models import Agreement, AgreementText, FurtherProtocol
from agreements.rules import RULES
from agreements.services import (
    admit_agreements,
    place_agreement,
    start_agreement,
    start_agreement_beside,
)
from register.documents.models import Document
from register.documents.tiers import Place, TextTask, Tier


def _protocols_above(document_ids: list[int]) -> dict[int, list[tuple[Document, bool]]]:
    above: dict[int, list[tuple[Document, bool]]] = {pk: [] for pk in document_ids}
    rows = Agreement.objects.filter(document_id__in=document_ids, protocol__isnull=False)
    for row in rows.select_related("protocol__partnership"):
        if row.protocol is not None:
            above[row.document_id].append((row.protocol, True))
    links = FurtherProtocol.objects.filter(agreement__document_id__in=document_ids)
    for link in links.select_related("agreement", "protocol__partnership").order_by("pk"):
        above[link.agreement.document_id].append((link.protocol, False))
    return above


def _community(document: Document):
    protocol = document.agreement.protocol
    return protocol.protocol.community if protocol else None


def _places(document_ids: list[int]) -> dict[int, dict]:
    rows = Agreement.objects.filter(document_id__in=document_ids).select_related(
        "protocol__protocol__community"
    )
    return {row.document_id: _place(row) for row in rows}


def _place(agreement: Agreement) -> dict:
    community = agreement.protocol.protocol.community if agreement.protocol else None
    return {
        "community_id": community.pk if community else None,
        "community_name": community.name if community else "",
        "parent_id": agreement.protocol_id,
        "parent_reference": agreement.protocol.reference if agreement.protocol else "",
        "is_outside": agreement.is_outside,
    }


def _agreement_place(document: Document) -> dict:
    agreement = document.agreement
    return {
        "protocol": agreement.protocol_id,
        "further": list(agreement.further_protocols.values_list("protocol_id", flat=True)),
        "is_outside": agreement.is_outside,
        "outside_reason": agreement.outside_reason,
        "row_version": agreement.row_version,
    }


AGREEMENT = Tier(
    number=3,
    letter="A",
    kind_list="agreement_kind",
    start=start_agreement,
    parents_of=_protocols_above,
    outside=lambda document: (
        document.agreement.outside_reason if document.agreement.is_outside else ""
    ),
    community=_community,
    places=_places,
    admit=admit_agreements,
    start_beside=start_agreement_beside,
    tasks=(
        TextTask(
            "purpose",
            "Purpose and benefit",
            AgreementText,
            ("purpose", "benefit", "benefit_for", "necessity"),
            required=("purpose",),
            hint="What is to be reached, for whom, and why it cannot be reached without sharing.",
        ),
        TextTask(
            "information",
            "Information and law",
            AgreementText,
            ("information", "legal_power", "method", "areas"),
            hint="What is shared, under which power, and how it moves.",
        ),
        TextTask(
            "keeping",
            "Quality, retention and security",
            AgreementText,
            ("quality", "retention", "security"),
            required=("retention", "security"),
        ),
        TextTask(
            "rights",
            "Rights and concerns",
            AgreementText,
            ("rights", "breach", "contacts"),
            required=("rights",),
        ),
        TextTask("ending", "Ending and withdrawal", AgreementText, ("termination",)),
    ),
    rules=RULES,
    place=Place(AgreementPlaceForm, _agreement_place, place_agreement),
    under=lambda protocol: (
        Q(agreement__protocol=protocol) | Q(agreement__further_protocols__protocol=protocol)
    ),
)
