"""Keeps who reads a draft for now: those who are consulted while it is open, and its editors."""

from __future__ import annotations

from collections import defaultdict

from register.consultation.models import Consultee, Editor, NamedReader
from register.documents.models import Reader

Key = tuple[int, int]


def bring_into_line(document_ids: list[int], rows: list[Reader]) -> list[Reader]:
    """Bring the people among the readers of documents into line; answers all rows as they stand then.

    Who was a named reader before stays one after; a note of it is kept meanwhile.
    """
    wanted = _wanted(document_ids)
    held = {(row.document_id, row.person_id): row for row in rows if row.person_id}
    going = {key for key, row in held.items() if row.reads_drafts and key not in wanted}
    coming = {key for key in wanted if key not in held or not held[key].reads_drafts}
    if not going and not coming:
        return rows
    gone = _end(held, going, document_ids)
    _note(coming & set(held))
    made = _begin(held, coming)
    return [row for row in rows if row.pk not in gone] + made


def for_now(document_id: int) -> set[int]:
    """The people who read a document for now only, and are not among its named readers."""
    named = NamedReader.objects.filter(document_id=document_id).values("person_id")
    rows = Reader.objects.filter(document_id=document_id, reads_drafts=True)
    rows = rows.filter(person__isnull=False).exclude(person_id__in=named)
    return set(rows.values_list("person_id", flat=True))


def _wanted(document_ids: list[int]) -> set[Key]:
    columns = ("version__document_id", "person_id")
    asked = (
        Consultee.objects.open()
        .still_there()
        .filter(version__document_id__in=document_ids, person__isnull=False)
    )
    editors = Editor.objects.open().still_there().filter(version__document_id__in=document_ids)
    return set(
        asked.order_by().values_list(*columns).union(editors.order_by().values_list(*columns))
    )


def _end(held: dict[Key, Reader], going: set[Key], document_ids: list[int]) -> set[int]:
    """Let people read it no longer; those who were named before go on as named. Answers the rows gone."""
    if not going:
        return set()
    notes = NamedReader.objects.filter(document_id__in=document_ids)
    stay = {(note.document_id, note.person_id): note.pk for note in notes}
    back = [held[key] for key in going if key in stay]
    for row in back:
        row.reads_drafts = False
    Reader.objects.bulk_update(back, ["reads_drafts"])
    NamedReader.objects.filter(pk__in=[stay[key] for key in going if key in stay]).delete()
    gone = {held[key].pk for key in going if key not in stay}
    Reader.objects.filter(pk__in=gone).delete()
    return gone


def _note(keys: set[Key]) -> None:
    NamedReader.objects.bulk_create(
        [NamedReader(document_id=document, person_id=person) for document, person in sorted(keys)],
        ignore_conflicts=True,
    )


def _begin(held: dict[Key, Reader], coming: set[Key]) -> list[Reader]:
    raised = [held[key] for key in coming if key in held]
    for row in raised:
        row.reads_drafts = True
    Reader.objects.bulk_update(raised, ["reads_drafts"])
    fresh = sorted(coming - set(held))
    # A note that is left of somebody who is no named reader any more means nothing now.
    by_document: dict[int, list[int]] = defaultdict(list)
    for document, person in fresh:
        by_document[document].append(person)
    for document, people in by_document.items():
        NamedReader.objects.filter(document_id=document, person_id__in=people).delete()
    return Reader.objects.bulk_create(
        Reader(document_id=document, person_id=person, reads_drafts=True)
        for document, person in fresh
    )
