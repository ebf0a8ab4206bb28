"""What a redaction takes out of typing that nobody saved, of messages, and of what rules say of a text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db import transaction

from register.documents.models import BrokenRule, Unsaved
from register.ledger.redaction import Target
from register.ledger.wording import without
from register.notices.models import Notice
from register.records.places import holding
from register.records.skeletons import forget_findings


def take_out_of_what_rests_on_it(target: Target) -> Iterator[str]:
    """Drop unsaved typing that holds a text, replace it in messages, and have the rules asked again by
    which it is quoted, once the redaction stands.
    """
    messages = sum(_messages(text).count() for text in target.texts)
    if messages:
        yield f"messages in the outbox: {messages}"
    transaction.on_commit(partial(_take_out, target.texts), using=target.using)


def _take_out(texts: tuple[str, ...]) -> None:
    for text in texts:
        Unsaved.objects.filter(holding("typed", text)).delete()
        quoted = BrokenRule.objects.filter(holding("says", text))
        forget_findings(list(quoted.values_list("document_id", flat=True)))
        for row in _messages(text):
            Notice.objects.filter(pk=row.pk).update(
                subject=(without(row.subject, texts) or "")[:300],
                text=without(row.text, texts),
                html=without(row.html, texts),
            )


def _messages(text: str):
    return Notice.objects.filter(holding("text", text) | holding("subject", text))
