"""Placing charters and protocols in the framework, and naming the communities of an initiative."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from charters.models import Charter, Initiative, InitiativeCommunity, Protocol
from register.core.conflicts import expect
from register.core.verdicts import require
from register.documents.models import Document, Version
from register.documents.permissions import may_edit_version, may_place
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_document, lock_version
from register.ledger.acts import act, bulk_create


def start_charter(document: Document) -> None:
    """Give a new document of tier 1 its companion; called inside the act that starts it."""
    Charter(document=document).save()


def start_protocol(
    document: Document, *, charter: Document | None = None, community=None, outside_reason=""
) -> None:
    """Give a new document of tier 2 its companion: the charter above it and its one community."""
    _check_place(document, charter, community, outside_reason)
    Protocol(
        document=document, charter=charter, community=community, outside_reason=outside_reason
    ).save()


def start_charter_beside(document: Document, other: Document) -> None:
    """Give a new charter its companion; no charter stands under anything."""
    start_charter(document)


def start_protocol_beside(document: Document, other: Document) -> None:
    """Give a new protocol its companion, under the charter and for the community of another one."""
    place = other.protocol
    Protocol(
        document=document, charter=place.charter, community=place.community,
        outside_reason=place.outside_reason,
    ).save()  # fmt: skip


def admit_charters(pairs: list[tuple[Document, str]]) -> None:
    """Give charters of an old register their companions, inside the act that admits them."""
    bulk_create([Charter(document=document) for document, _ in pairs])


def admit_protocols(pairs: list[tuple[Document, str]]) -> None:
    """Give protocols of an old register their companions, inside the act that admits them."""
    bulk_create([Protocol(document=document, outside_reason=why) for document, why in pairs])


def place_protocol(
    *, by, document: Document, row_version: int, charter: Document | None, community,
    outside_reason: str = "",
) -> Protocol:  # fmt: skip
    """Change the charter above a protocol, or its community; not while a version is being signed."""
    with act(by=by, verb="protocol.placed", subject=document, quiet=True):
        document = lock_document(document)
        require(may_place(by, document))
        _check_place(document, charter, community, outside_reason)
        row = Protocol.objects.select_for_update().get(document=document)
        expect(row, row_version)
        facts = {"charter": charter, "community": community, "outside_reason": outside_reason}
        if any(getattr(row, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(row, name, value)
            row.row_version += 1
            row.save()
            keep_up([document.pk])
    return row


def name_communities(*, by, initiative: Initiative, communities) -> None:
    """Name the information communities that deliver an initiative of a draft."""
    with act(by=by, verb="version.written", subject=initiative.version, quiet=True):
        version: Version = lock_version(initiative.version)
        require(may_edit_version(by, version))
        wanted = {community.pk: community for community in communities}
        for link in initiative.community_links.all():
            if wanted.pop(link.community_id, None) is None:
                link.delete()
        for place, community in enumerate(wanted.values(), start=1):
            InitiativeCommunity(
                version=version, initiative=initiative, community=community, position=place
            ).save()


def _check_place(document: Document, charter: Document | None, community, reason: str) -> None:
    if charter is not None and (
        charter.tier != 1 or charter.partnership_id != document.partnership_id
    ):
        raise ValidationError({"charter": "Choose a charter of the same partnership."})
    if community is not None and community.partnership_id != document.partnership_id:
        raise ValidationError({"community": "Choose a community of the same partnership."})
    if charter is not None and reason.strip():
        raise ValidationError(
            {"charter": "Choose a charter, or say why it stands outside the framework; not both."}
        )
    if charter is None and not reason.strip():
        raise ValidationError(
            {"charter": "Choose the charter above it, or say why it stands outside the framework."}
        )
