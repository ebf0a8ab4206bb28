"""What a redaction does to sealed PDFs: bytes that hold the text are taken away, their hash stays known."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from register.documents.models import Content
from register.documents.redacting import document_of
from register.evidence.models import Seal
from register.evidence.services.taking_away import out_of_date, standing_seals, take_away
from register.ledger.redaction import Target


def take_out_of_seals(target: Target) -> Iterator[str]:
    """Take away the sealed PDFs that hold the text, once the redaction stands, and name each.

    Rows of content stand in the bodies alone; facts of a document or a version are printed round
    every version of it, so that all of its sealed PDFs go.
    """
    document_id = document_of(target)
    if document_id is None:
        return
    for seal in _concerned(target, document_id, target.using):
        yield f"the sealed PDF of version {seal.version.number}, {seal.sha256}"
    # Looked up again then: a version may have been sealed while the redaction ran.
    transaction.on_commit(lambda: _take_away(target, document_id), using=target.using)


def _take_away(target: Target, document_id: int) -> None:
    for seal in _concerned(target, document_id, "default"):
        take_away(seal)


def _concerned(target: Target, document_id: int, using: str) -> list[Seal]:
    seals = standing_seals(document_id).using(using).select_related("version")
    if issubclass(target.model, Content):
        seals = out_of_date(seals)
    return list(seals.order_by("version__number"))
