"""Which entries are off the public list because their review was missed: a fact that publication reads."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from register.core.dates import today
from register.documents.models import Document
from register.reviews.models import Cycle, Missed
from register.reviews.occasions import gone_past


def off_the_public_list(document_ids: Iterable[int]) -> set[int]:
    """Of some documents those that stand on no public list today. One statement.

    Their review was due three months ago or longer, and their partnership takes such entries off.
    A review date that lies ahead again brings them back by itself.
    """
    rows = missed().filter(pk__in=list(document_ids))
    return set(rows.values_list("pk", flat=True))


def missed():
    """The documents (a QuerySet) that the setting of their tier or their own takes off public lists."""
    off = Cycle.objects.filter(partnership_id=OuterRef("partnership_id"), tier=OuterRef("tier"))
    off = off.filter(document__isnull=True, missed=Missed.OFF_PUBLIC)
    return Document.objects.filter(Q(review_on__lte=gone_past(today())) & Exists(off))
