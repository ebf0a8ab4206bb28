"""Keeps the read table and the search text: written by the acts on documents, inside the act."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from register.core import many_rows
from register.search.models import NO_REVIEW, Reference, Row, RowBody, RowReader, Text
from register.search.words import form_of, searchable

BATCH = 500
_ROW_COLUMNS = [field.attname for field in Row._meta.concrete_fields if not field.primary_key]
_TEXT_COLUMNS = [field.attname for field in Text._meta.concrete_fields if not field.primary_key]


def put(
    rows: list[Row],
    bodies: dict[int, set[int]],
    texts: Iterable[Text],
    readers: Iterable[RowReader] = (),
) -> None:
    """Write documents into the read table and the search text anew, in the transaction that is open.

    `rows` are unsaved rows, one a document; `bodies` says by document which bodies it names; `texts`
    are the words of each version that searches find, its references one a line; `readers` are all
    who may read a document by name or by body. Whatever was kept of these documents before is
    replaced. Constant statements for every 500 documents.
    """
    kept, named = list(texts), list(readers)
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        ids = {row.document_id for row in batch}
        with transaction.atomic():
            _put_rows(batch)
            _put_bodies(ids, bodies)
            _put_texts(batch, [text for text in kept if text.document_id in ids])
            _put_readers(batch, [each for each in named if each.row_id in ids], kept)


def forget(document_ids: Iterable[int]) -> None:
    """Take documents out of the read table and the search text."""
    ids = list(document_ids)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        RowBody.objects.filter(row_id__in=batch).delete()
        RowReader.objects.filter(row_id__in=batch).delete()
        Reference.objects.filter(row_id__in=batch).delete()
        Row.objects.filter(pk__in=batch).delete()
        Text.objects.filter(document_id__in=batch).delete()


def _put_rows(rows: list[Row]) -> None:
    for row in rows:
        row.review_on = row.review_on or NO_REVIEW
        row.is_part_signed = 0 < row.signed < row.slots
    Row.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["document_id"], update_fields=_ROW_COLUMNS
    )


def _put_bodies(ids: set[int], bodies: dict[int, set[int]]) -> None:
    wanted = {(pk, body) for pk in ids for body in bodies.get(pk, ())}
    held = RowBody.objects.filter(row_id__in=ids).values_list("pk", "row_id", "organisation_id")
    stale, known = [], set()
    for pk, row, body in held:
        known.add((row, body))
        if (row, body) not in wanted:
            stale.append(pk)
    if stale:
        RowBody.objects.filter(pk__in=stale).delete()
    many_rows.insert(RowBody, ("row_id", "organisation_id"), sorted(wanted - known))


def _put_readers(rows: list[Row], readers: list[RowReader], texts: list[Text]) -> None:
    """Keep the readers that lists ask for: of entries that are not open to all, and of drafts."""
    closed = {row.document_id for row in rows if not row.open_to_partners}
    drafted = {text.document_id for text in texts if text.is_draft}
    wanted = {
        (each.row_id, each.membership_id, each.person_id, each.reads_drafts): each
        for each in readers
        if each.row_id in closed or (each.reads_drafts and each.row_id in drafted)
    }
    ids = [row.document_id for row in rows]
    held = RowReader.objects.filter(row_id__in=ids)
    known = {(r.row_id, r.membership_id, r.person_id, r.reads_drafts): r.pk for r in held}
    stale = [pk for key, pk in known.items() if key not in wanted]
    if stale:
        RowReader.objects.filter(pk__in=stale).delete()
    names = ("row_id", "membership_id", "person_id", "reads_drafts")
    many_rows.insert(RowReader, names, [key for key in wanted if key not in known])


def _put_texts(rows: list[Row], texts: list[Text]) -> None:
    by_document = {row.document_id: row for row in rows}
    references = {(row.document_id, form_of(row.reference)) for row in rows}
    for text in texts:
        row = by_document[text.document_id]
        text.partnership_id, text.open_to_partners = row.partnership_id, row.open_to_partners
        references |= {(text.document_id, form_of(line)) for line in text.references.splitlines()}
        for name in ("references", "title", "bodies", "words"):
            setattr(text, name, searchable(getattr(text, name)))
    Text.objects.filter(document_id__in=by_document).exclude(
        pk__in=[text.pk for text in texts]
    ).delete()
    Text.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["version_id"], update_fields=_TEXT_COLUMNS
    )
    _put_references(set(by_document), {pair for pair in references if pair[1]})


def _put_references(ids: set[int], wanted: set[tuple[int, str]]) -> None:
    held = Reference.objects.filter(row_id__in=ids).values_list("pk", "row_id", "form")
    known = {(row, form): pk for pk, row, form in held}
    stale = [pk for pair, pk in known.items() if pair not in wanted]
    if stale:
        Reference.objects.filter(pk__in=stale).delete()
    many_rows.insert(Reference, ("row_id", "form"), sorted(wanted - known.keys()))
