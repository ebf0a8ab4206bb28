"""Placing agreements under their protocols, or outside the framework with a reason."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from agreements.models import Agreement, FurtherProtocol
from register.core.conflicts import expect
from register.core.verdicts import require
from register.documents.models import Document
from register.documents.permissions import may_place
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_document
from register.ledger.acts import act, bulk_create


def start_agreement(
    document: Document,
    *,
    protocol: Document | None = None,
    further: tuple[Document, ...] = (),
    is_outside: bool = False,
    outside_reason: str = "",
) -> None:
    """Give a new document of tier 3 its companion: its main and further protocols, or why none."""
    _check_place(document, protocol, further, is_outside, outside_reason)
    agreement = Agreement(
        document=document,
        protocol=protocol,
        is_outside=is_outside,
        outside_reason=outside_reason,
    )
    agreement.save()
    for other in further:
        FurtherProtocol(agreement=agreement, protocol=other).save()


def start_agreement_beside(document: Document, other: Document) -> None:
    """Give a new agreement its companion, under the protocols of another one."""
    place = other.agreement
    agreement = Agreement(
        document=document, protocol=place.protocol, is_outside=place.is_outside,
        outside_reason=place.outside_reason,
    )  # fmt: skip
    agreement.save()
    for link in place.further_protocols.select_related("protocol").order_by("pk"):
        FurtherProtocol(agreement=agreement, protocol=link.protocol).save()


def admit_agreements(pairs: list[tuple[Document, str]]) -> None:
    """Give agreements of an old register their companions: they stand outside the framework at first."""
    bulk_create(
        [
            Agreement(document=document, is_outside=bool(why), outside_reason=why)
            for document, why in pairs
        ]
    )


def place_agreement(
    *, by, document: Document, row_version: int, protocol: Document | None,
    further: tuple[Document, ...] = (), is_outside: bool = False, outside_reason: str = "",
) -> Agreement:  # fmt: skip
    """Change the protocols above an agreement, or mark it as outside the framework."""
    with act(by=by, verb="agreement.placed", subject=document, quiet=True):
        document = lock_document(document)
        require(may_place(by, document))
        _check_place(document, protocol, further, is_outside, outside_reason)
        row = Agreement.objects.select_for_update().get(document=document)
        expect(row, row_version)
        facts = {
            "protocol": protocol,
            "is_outside": is_outside,
            "outside_reason": outside_reason,
        }
        if any(getattr(row, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(row, name, value)
            row.row_version += 1
            row.save()
        _write_further(row, further)
        keep_up([document.pk])
    return row


def _write_further(agreement: Agreement, further: tuple[Document, ...]) -> None:
    wanted = {protocol.pk: protocol for protocol in further}
    for link in agreement.further_protocols.all():
        if wanted.pop(link.protocol_id, None) is None:
            link.delete()
    for protocol in wanted.values():
        FurtherProtocol(agreement=agreement, protocol=protocol).save()


def _check_place(document, protocol, further, is_outside: bool, reason: str) -> None:
    for each in (protocol, *further):
        if each is not None and (each.tier != 2 or each.partnership_id != document.partnership_id):
            raise ValidationError({"protocol": "Choose a protocol of the same partnership."})
    if protocol is not None and protocol in further:
        raise ValidationError({"further": "The main protocol is not a further one as well."})
    if is_outside and protocol is not None:
        raise ValidationError(
            {"protocol": "Choose a main protocol or mark it as outside the framework, not both."}
        )
    if is_outside and not reason.strip():
        raise ValidationError({"outside_reason": "Say why it stands outside the framework."})
