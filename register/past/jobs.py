"""What the worker does for the past: spans of entries that have none, such as after this room came in."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from register.documents.models import Document
from register.jobs.items import each_batch
from register.jobs.registry import Job
from register.past.models import Span
from register.past.spans import rebuild

AT_ONCE = 200


def fill_spans() -> int:
    """Write the spans of up to 200 entries that have none; returns how many entries."""
    spans = Span.objects.filter(document_id=OuterRef("pk"))
    bare = Document.objects.filter(~Exists(spans)).order_by("pk")
    ids = list(bare.values_list("pk", flat=True)[:AT_ONCE])
    return each_batch("past", ids, rebuild, size=20, named="entry")


JOBS = [Job("past", 60, fill_spans, "Fills in how entries stood on past days")]
