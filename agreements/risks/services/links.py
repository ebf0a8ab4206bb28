"""Linking impact assessments and processor contracts to the entries that they serve."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from agreements.risks.models import ContractLink, Dpia, DpiaLink, ProcessorContract
from agreements.risks.permissions import may_link, may_unlink
from register.core.verdicts import require
from register.documents.models import Document
from register.documents.services.checking import mark_stale
from register.documents.services.locks import lock_document
from register.ledger.acts import act


def link_dpia(*, by, dpia: Dpia, document: Document) -> DpiaLink:
    """Say that a DPIA serves an entry; it may serve many, and an entry may be served by many."""
    with act(by=by, verb="dpia.linked", subject=dpia):
        return _linked(by, DpiaLink(dpia=dpia, document=document), dpia, document)


def unlink_dpia(*, by, link: DpiaLink, reason: str) -> None:
    """Say that a DPIA no longer serves an entry."""
    with act(by=by, verb="dpia.unlinked", subject=link.dpia, reason=_said(reason)):
        _unlink(by, link, link.dpia)


def link_contract(*, by, contract: ProcessorContract, document: Document) -> ContractLink:
    """Say that a processor contract serves an entry."""
    with act(by=by, verb="contract.linked", subject=contract):
        link = ContractLink(contract=contract, document=document)
        return _linked(by, link, contract, document)


def unlink_contract(*, by, link: ContractLink, reason: str) -> None:
    """Say that a processor contract no longer serves an entry."""
    with act(by=by, verb="contract.unlinked", subject=link.contract, reason=_said(reason)):
        _unlink(by, link, link.contract)


def _linked(by, link, record, document: Document):
    link.document = lock_document(document)
    require(may_link(by, record, link.document))
    link.full_clean()
    link.save()
    mark_stale([document.pk])
    return link


def _unlink(by, link, record) -> None:
    document = lock_document(link.document)
    require(may_unlink(by, record, document))
    locked = type(link)._default_manager.select_for_update().filter(pk=link.pk).first()
    if locked is None:
        raise ValidationError("It is not linked any more.")
    locked.delete()
    mark_stale([document.pk])


def _said(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": "Say why it no longer serves the entry."})
    return reason
