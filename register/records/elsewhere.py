"""What a redaction takes out of typing that nobody saved, and of messages in the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db import transaction

from register.documents.models import Unsaved
from register.ledger.redaction import Target
from register.ledger.wording import without
from register.notices.models import Notice
from register.records.places import holding


def take_out_of_typing_and_messages(target: Target) -> Iterator[str]:
    """Drop unsaved typing that holds a text, and replace it in messages, once the redaction stands."""
    messages = sum(_messages(text).count() for text in target.texts)
    if messages:
        yield f"messages in the outbox: {messages}"
    transaction.on_commit(partial(_take_out, target.texts), using=target.using)


def _take_out(texts: tuple[str, ...]) -> None:
    for text in texts:
        Unsaved.objects.filter(holding("typed", text)).delete()
        for row in _messages(text):
            Notice.objects.filter(pk=row.pk).update(
                subject=(without(row.subject, texts) or "")[:300],
                text=without(row.text, texts),
                html=without(row.html, texts),
            )


def _messages(text: str):
    return Notice.objects.filter(holding("text", text) | holding("subject", text))
