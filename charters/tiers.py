"""Tiers 1 and 2 as `documents` knows them."""

from __future__ import annotations

from django.db.models import Q
from django.utils.html import format_html, format_html_join

from charters.forms import ProtocolPlaceForm, communities_field
from charters.models import (
    CharterText,
    GeneralPurpose,
    Initiative,
    InitiativeCommunity,
    Plan,
    Principle,
    Protocol,
    ProtocolScope,
    ProtocolText,
)
from charters.rules import CHARTER_RULES, PROTOCOL_RULES
from charters.services import (
    admit_charters,
    admit_protocols,
    name_communities,
    place_protocol,
    start_charter,
    start_charter_beside,
    start_protocol,
    start_protocol_beside,
)
from register.documents.models import Document
from register.documents.tiers import ItemLink, ItemsTask, Place, TextTask, Tier


def _protocol_places(document_ids: list[int]) -> dict[int, dict]:
    rows = Protocol.objects.filter(document_id__in=document_ids).select_related(
        "charter", "community"
    )
    return {
        row.document_id: {
            "community_id": row.community_id,
            "community_name": row.community.name if row.community else "",
            "parent_id": row.charter_id,
            "parent_reference": row.charter.reference if row.charter else "",
            "is_outside": bool(row.outside_reason) and row.charter_id is None,
        }
        for row in rows
    }


def _delivered_by(version) -> dict[int, str]:
    links = InitiativeCommunity.objects.filter(version=version).select_related("community")
    names: dict[int, list[str]] = {}
    for link in links:
        names.setdefault(link.initiative_id, []).append(link.community.name)
    return {
        pk: format_html(
            "<p>Delivered by {}.</p>", format_html_join(", ", "{}", ([n] for n in found))
        )
        for pk, found in names.items()
    }


CHARTER = Tier(
    number=1,
    letter="C",
    kind_list="charter_kind",
    start=start_charter,
    parents_of=lambda document_ids: {},
    outside=lambda document: "",
    community=lambda document: None,
    places=lambda document_ids: {},
    admit=admit_charters,
    start_beside=start_charter_beside,
    tasks=(
        TextTask(
            "vision",
            "Vision and goal",
            CharterText,
            ("vision", "goal", "commitment"),
            required=("vision",),
            hint="What the partnership wants to reach, in a few sentences.",
        ),
        TextTask(
            "premise",
            "Default premise",
            CharterText,
            ("default_premise",),
            required=("default_premise",),
            hint="What is assumed unless there is a legal or ethical reason against it.",
        ),
        TextTask(
            "purpose",
            "Purpose and area",
            CharterText,
            ("purpose", "area_of_benefit"),
            hint="Why information is shared, and for whom. Details belong in tiers 2 and 3.",
        ),
        ItemsTask(
            "principles",
            "Principles",
            Principle,
            ("kind", "heading", "text", "meaning"),
            "principle",
            heading_field="heading",
            text_field="text",
            note_field="meaning",
            is_required=True,
            hint="Signatories accept each of these as worded.",
        ),
        ItemsTask(
            "initiatives",
            "Headline initiatives",
            Initiative,
            ("letter", "title", "text"),
            "initiative",
            number=lambda row, place: row.letter,
            heading_field="title",
            text_field="text",
            notes=_delivered_by,
            hint="The lettered themes of the plan that the charter supports.",
            link=ItemLink(
                name="communities",
                field=communities_field,
                initial=lambda row: [link.community_id for link in row.community_links.all()],
                save=lambda *, by, row, values: name_communities(
                    by=by, initiative=row, communities=values
                ),
            ),
        ),
        ItemsTask(
            "plans",
            "Plans it serves",
            Plan,
            ("title", "url", "dated_on"),
            "plan",
            shown_as="table",
        ),
    ),
    rules=CHARTER_RULES,
)


def _charters_above(document_ids: list[int]) -> dict[int, list[tuple[Document, bool]]]:
    rows = Protocol.objects.filter(document_id__in=document_ids, charter__isnull=False)
    return {
        row.document_id: [(row.charter, True)]
        for row in rows.select_related("charter__partnership")
        if row.charter is not None
    }


def _protocol_place(document: Document) -> dict:
    protocol = document.protocol
    return {
        "charter": protocol.charter_id,
        "community": protocol.community_id,
        "outside_reason": protocol.outside_reason,
        "row_version": protocol.row_version,
    }


PROTOCOL = Tier(
    number=2,
    letter="P",
    kind_list="protocol_kind",
    start=start_protocol,
    parents_of=_charters_above,
    outside=lambda document: document.protocol.outside_reason,
    community=lambda document: document.protocol.community,
    places=_protocol_places,
    admit=admit_protocols,
    start_beside=start_protocol_beside,
    tasks=(
        TextTask(
            "objective",
            "Shared objective",
            ProtocolText,
            ("shared_objective", "policy_context", "scope"),
            required=("shared_objective",),
            hint="What the community's members can only reach together.",
        ),
        ItemsTask(
            "purposes",
            "General purposes",
            GeneralPurpose,
            ("title", "text"),
            "purpose",
            heading_field="title",
            text_field="text",
            is_required=True,
            hint="Held once here; agreements take theirs from these.",
        ),
        ItemsTask(
            "scope",
            "Data and people",
            ProtocolScope,
            ("title", "data_categories", "data_subjects"),
            "limit",
            heading_field="title",
            text_field="in_words",
            hint="Agreements under it keep to these. Without any, it sets no limit.",
        ),
        TextTask(
            "information",
            "Information and consent",
            ProtocolText,
            ("information_requirements", "consent"),
        ),
        TextTask(
            "governance",
            "Law, roles and governance",
            ProtocolText,
            ("legislation", "roles", "governance"),
        ),
    ),
    rules=PROTOCOL_RULES,
    place=Place(ProtocolPlaceForm, _protocol_place, place_protocol),
    under=lambda charter: Q(protocol__charter=charter),
)
