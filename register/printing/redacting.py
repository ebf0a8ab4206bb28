"""What a redaction takes out of printing: every PDF that holds the document."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from register.documents.redacting import document_of
from register.ledger.redaction import Target
from register.printing.services import forget_prints_of


def take_out_of_prints(target: Target) -> Iterator[str]:
    """Throw away prints of the document concerned once the redaction stands; they are made anew."""
    document_id = document_of(target)
    if document_id is not None:
        transaction.on_commit(lambda: forget_prints_of(document_id), using=target.using)
        yield "prints of the document"
