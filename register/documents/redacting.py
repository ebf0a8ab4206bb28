"""What a redaction takes out of documents: the stored bodies, and with them the search text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import rfc8785
from django.db import transaction
from django.db.models import QuerySet

from register.documents import index
from register.documents.models import Content, Document, Version, VersionBody
from register.ledger.redaction import Target
from register.ledger.wording import without


def take_out_of_bodies(target: Target) -> Iterator[str]:
    """Replace the texts in every stored body of the document concerned, and refresh its search text.

    The signed digest stays beside the digest of what is left, so that verification can tell a
    redaction from an alteration.
    """
    document_id = document_of(target)
    if document_id is None:
        return
    bodies = VersionBody.objects.using(target.using).filter(version__document_id=document_id)
    for row in bodies.select_related("version"):
        left = _without(json.loads(bytes(row.content)), target.texts)
        content = rfc8785.dumps(left)
        if content != bytes(row.content):
            digest = hashlib.sha256(content).hexdigest()
            bodies.filter(pk=row.pk).update(content=content, redacted_sha256=digest)
            # The digest goes into the chained entry: verification takes no other for redacted.
            yield f"the stored body of version {row.version.number}, now {digest}"
    transaction.on_commit(lambda: index.refresh([document_id]), using=target.using)


def document_of(target: Target) -> int | None:
    """The primary key of the document that a redacted record belongs to, or None."""
    if target.model is Document:
        return int(target.pk)
    rows: QuerySet[Any] = target.model._base_manager.using(target.using).filter(pk=target.pk)
    if target.model is Version:
        return rows.values_list("document_id", flat=True).first()
    if issubclass(target.model, Content):
        return rows.values_list("version__document_id", flat=True).first()
    return None


def _without(value: Any, texts: tuple[str, ...]) -> Any:
    if isinstance(value, str):
        return without(value, texts)
    if isinstance(value, list):
        return [_without(each, texts) for each in value]
    if isinstance(value, dict):
        return {name: _without(each, texts) for name, each in value.items()}
    return value
