"""Taking out an entry of an old register that stands there twice."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.core.verdicts import require
from register.documents.lifecycle import PAST, State
from register.documents.models import Document
from register.documents.permissions import may_edit
from register.documents.services.facts import archive
from register.documents.services.locks import lock_document
from register.documents.services.moving import move
from register.endings.models import Proof
from register.endings.services.giving import do_without
from register.ledger.acts import act


def take_out(*, by, document: Document, reason: str) -> None:
    """End and archive an entry that stands in the register twice; nobody is asked for proofs about it.

    It stays known by its row of the old file, so that the same file does not bring it in anew. Raises
    ValidationError for one that was made or revised here, or released for messages: its parties know it.
    """
    with act(by=by, verb="document.taken_out", subject=document, reason=reason):
        document = lock_document(document)
        require(may_edit(by, document))
        _check(document)
        for version in document.versions.exclude(state__in=PAST).order_by("number"):
            move(version, to=State.ENDED, by=by, reason=reason)
        proofs = Proof.objects.outstanding().filter(ending__document=document).order_by("pk")
        for proof in proofs:
            do_without(by=by, proof=proof, row_version=proof.row_version, reason=reason)
        archive(by=by, document=document)


def _check(document: Document) -> None:
    if not document.source:
        raise ValidationError("It was made here. End it on its own page.")
    if document.released_at is not None:
        raise ValidationError("It was released for messages. End it on its own page.")
    if document.versions.exclude(is_admitted=True, frozen_at__isnull=True).exists():
        raise ValidationError("It was revised here. End it on its own page.")
