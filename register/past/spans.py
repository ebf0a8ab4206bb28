"""Keeps the spans: after each act on documents, and anew from history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from register.core import many_rows
from register.core.dates import now
from register.documents.index import bodies_of, rows_of
from register.documents.material import Material, material_of
from register.documents.models import Document
from register.ledger.models import Change
from register.ledger.tracked import history_of
from register.past.models import FOR_NOW, Span, SpanBody
from register.past.reading import as_at
from register.search.models import Row, RowBody

_COMPARED = ("tier", "state", "status", "review_on", "community_id", "is_archived", "is_issued")
BATCH = 500


def keep(material: Material) -> None:
    """Close and open the spans of documents whose row in the read table was just written anew."""
    ids = list(material.documents)
    bodies: dict[int, set[int]] = defaultdict(set)
    for row, body in RowBody.objects.filter(row_id__in=ids).values_list(
        "row_id", "organisation_id"
    ):
        bodies[row].add(body)
    _write(_spans(_known(Row.objects.filter(pk__in=ids)), material, now()), bodies)


def rebuild(document_ids: list[int]) -> int:
    """Write the spans of at most 500 documents anew from history; answers how many there are."""
    with transaction.atomic():
        # Locked as by an act, so that no act writes the same rows meanwhile.
        list(Document.objects.select_for_update().filter(pk__in=document_ids).order_by("pk"))
        forget(document_ids)
        for instant, ids in _instants(document_ids):
            with as_at(instant):
                material = material_of(ids)
                rows, bodies = rows_of(material), bodies_of(material)
            _write(_spans(rows, material, instant), bodies)
    return Span.objects.filter(document_id__in=document_ids).count()


def forget(document_ids: Iterable[int]) -> None:
    """Take the spans of documents away."""
    spans = Span.objects.filter(document_id__in=list(document_ids))
    SpanBody.objects.filter(span__in=spans).delete()
    spans.delete()


def _known(rows: Iterable[Row]) -> list[Row]:
    """The rows without those of entries whose earlier life the worker still has to fill in."""
    found = list(rows)
    held = Span.objects.filter(document_id__in=[row.document_id for row in found])
    bare = {row.document_id for row in found} - set(held.values_list("document_id", flat=True))
    if not bare:
        return found
    old = history_of(Document)._base_manager.filter(
        id__in=bare, history_date__lt=now() - timedelta(hours=1)
    )
    left = set(old.values_list("id", flat=True))
    return [row for row in found if row.document_id not in left]


def _instants(document_ids: list[int]) -> list[tuple[datetime, list[int]]]:
    """Every instant at which the register learnt something of the documents, with those it was about."""
    label = Document._meta.label_lower
    changes = Change.objects.filter(about_model=label, about_pk__in=map(str, document_ids))
    found: dict[datetime, set[int]] = defaultdict(set)
    for pk, at in changes.values_list("about_pk", "entry__at").distinct():
        found[at].add(int(pk))
    return [(at, sorted(ids)) for at, ids in sorted(found.items())]


def _spans(rows: Iterable[Row], material: Material, at: datetime) -> list[Span]:
    return [
        Span(
            document_id=row.document_id,
            partnership_id=row.partnership_id,
            reference=row.reference,
            begins=at,
            tier=row.tier,
            state=row.state,
            status=row.status,
            review_on=row.review_on,
            community_id=row.community_id,
            is_archived=row.is_archived,
            is_issued=any(v.was_issued for v in material.versions[row.document_id]),
        )
        for row in rows
    ]


def _write(spans: list[Span], bodies: dict[int, set[int]]) -> None:
    """Open the spans that differ from those that last, which end where they begin."""
    held = _lasting([span.document_id for span in spans])
    opened = [
        span
        for span in spans
        if _compared(span, bodies.get(span.document_id, set())) != held.get(span.document_id)
    ]
    closed = [span.document_id for span in opened if span.document_id in held]
    if closed:
        lasting = Span.objects.filter(document_id__in=closed, ends=FOR_NOW)
        lasting.update(ends=opened[0].begins)
    Span.objects.bulk_create(opened, batch_size=BATCH)
    named = [
        (span.pk, body) for span in opened for body in sorted(bodies.get(span.document_id, ()))
    ]
    many_rows.insert(SpanBody, ("span_id", "organisation_id"), named)


def _lasting(document_ids: list[int]) -> dict[int, tuple]:
    spans = Span.objects.filter(document_id__in=document_ids, ends=FOR_NOW)
    return {
        span.document_id: _compared(span, {row.organisation_id for row in span.bodies.all()})
        for span in spans.prefetch_related("bodies")
    }


def _compared(span: Span, bodies: set[int]) -> tuple:
    return (*(getattr(span, name) for name in _COMPARED), frozenset(bodies))
