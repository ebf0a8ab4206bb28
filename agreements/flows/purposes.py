"""The general purposes from which a flow takes its own: of the protocols above, as they govern."""

from __future__ import annotations

from uuid import UUID

from agreements.flows.models import Flow
from charters.models import GeneralPurpose
from register.documents.lifecycle import GOVERNING
from register.documents.models import Version
from register.documents.tiers import TIERS

Choices = list[tuple[str, list[tuple[str, str]]]]


def purposes_above(version: Version, flow: Flow | None = None) -> Choices:
    """The purposes that a flow of a draft may take, under the protocol that names each.

    A purpose that the flow has already stays on offer, though its protocol is no longer above.
    """
    parents = TIERS[version.document.tier].parents_of([version.document_id])
    above = {parent.pk for parent, _ in parents[version.document_id]}
    if flow is not None and flow.purpose_document_id:
        above.add(flow.purpose_document_id)
    rows = GeneralPurpose.objects.filter(
        version__document_id__in=above, version__state__in=GOVERNING
    ).select_related("version__document")
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows.order_by("version__document__reference", "position", "pk"):
        heading = f"{row.version.document.reference} {row.version.title}"
        found.setdefault(heading, []).append(
            (key_of(row.version.document_id, row.lineage), row.title)
        )
    return list(found.items())


def key_of(document_id: int | None, lineage: UUID | None) -> str:
    """A purpose as a form carries it; empty for none."""
    return f"{document_id}:{lineage}" if document_id and lineage else ""


def read_key(key: str) -> tuple[int | None, UUID | None]:
    """The protocol and the lineage of a purpose that a form carried."""
    document, _, lineage = key.partition(":")
    return (int(document), UUID(lineage)) if key else (None, None)
