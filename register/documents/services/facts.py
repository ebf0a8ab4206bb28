"""The living facts of a document: changed at any time, never part of what is signed."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.core.conflicts import expect
from register.core.dates import now, today
from register.core.verdicts import require
from register.documents.models import (
    Document,
    DocumentTag,
    ExternalReference,
    Reader,
    Suspension,
)
from register.documents.permissions import may_confirm, may_edit, may_hand_over
from register.documents.ripples import tell_of_suspension
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_document
from register.ledger.acts import act, bulk_update

FACTS = (
    "owner",
    "lead",
    "review_on",
    "visibility",
    "marking",
    "is_restricted",
    "kept_by",
    "provenance",
)


def change_facts(
    *, by, document: Document, row_version: int, tags: list[str] | None = None, reason="", **facts
) -> Document:
    """Change living facts of a document: owner, lead, review date, who may read it, marking, tags.

    Raises Conflict when somebody changed them since the form was opened.
    """
    if unknown := set(facts) - set(FACTS):
        raise TypeError(f"Not living facts: {', '.join(sorted(unknown))}.")
    with act(by=by, verb="document.changed", subject=document, reason=reason, quiet=True):
        document = lock_document(document)
        require(may_edit(by, document))
        expect(document, row_version)
        if facts.get("lead", document.lead) != document.lead:
            require(may_hand_over(by, document, facts["lead"]))
        changed = any(getattr(document, name) != value for name, value in facts.items())
        for name, value in facts.items():
            setattr(document, name, value)
        if changed:
            document.row_version += 1
            document.full_clean(exclude=["partnership"])
            document.save()
        if tags is not None:
            _write_tags(document, tags)
        keep_up([document.pk])
    return document


def name_readers(*, by, document: Document, people) -> None:
    """Name the people who may read a document whose visibility is “named people”."""
    with act(by=by, verb="document.readers_named", subject=document, detail=_names(people)):
        document = lock_document(document)
        require(may_edit(by, document))
        Reader.objects.filter(document=document, person__isnull=False).delete()
        Reader.objects.bulk_create(Reader(document=document, person=p) for p in people)
        keep_up([document.pk])


def add_external_reference(
    *, by, document: Document, value: str, whose: str = ""
) -> ExternalReference:
    """Keep what somebody else calls the document, as written."""
    value = " ".join(value.split())
    if not value:
        raise ValidationError({"value": "Enter their reference."})
    with act(by=by, verb="document.reference_added", subject=document):
        document = lock_document(document)
        require(may_edit(by, document))
        row = ExternalReference(document=document, value=value, whose=whose)
        row.full_clean()
        row.save()
        keep_up([document.pk])
    return row


def remove_external_reference(*, by, row: ExternalReference) -> None:
    """Take a reference of somebody else off the document."""
    with act(by=by, verb="document.reference_removed", subject=row.document):
        document = lock_document(row.document)
        require(may_edit(by, document))
        row.delete()
        keep_up([document.pk])


def suspend(*, by, document: Document, reason: str, party=None, starts_on=None) -> Suspension:
    """Record that sharing stops for a time, for the whole document or for one party."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why sharing is suspended."})
    with act(by=by, verb="document.suspended", subject=document, reason=reason):
        document = lock_document(document)
        require(may_edit(by, document))
        if document.governing is None:
            raise ValidationError(f"{document} is not in force: there is nothing to suspend.")
        row = Suspension(
            document=document, party=party, reason=reason, starts_on=starts_on or today()
        )
        row.save()
        keep_up([document.pk])
        if party is None:
            tell_of_suspension(document, by=by)
    return row


def resume(*, by, suspension: Suspension, reason: str = "", on=None) -> Suspension:
    """Record that sharing goes on again; the day given is the suspension's last."""
    with act(by=by, verb="document.resumed", subject=suspension.document, reason=reason):
        document = lock_document(suspension.document)
        require(may_edit(by, document))
        row = Suspension.objects.select_for_update().get(pk=suspension.pk)
        if row.ends_on is not None:
            raise ValidationError("This suspension has ended already.")
        row.ends_on = on or today()
        row.row_version += 1
        row.full_clean()
        row.save()
        keep_up([document.pk])
    return row


def archive(*, by, document: Document) -> Document:
    """Take a document that governs nothing out of the everyday lists."""
    with act(by=by, verb="document.archived", subject=document, quiet=True):
        document = lock_document(document)
        require(may_edit(by, document))
        if document.governing or document.in_preparation:
            raise ValidationError(f"{document} is not ended: only what has ended is archived.")
        if document.archived_on is None:
            document.archived_on = today()
            document.row_version += 1
            document.save()
            keep_up([document.pk])
    return document


def restore(*, by, document: Document) -> Document:
    """Bring an archived document back into the everyday lists."""
    with act(by=by, verb="document.restored", subject=document, quiet=True):
        document = lock_document(document)
        require(may_edit(by, document))
        if document.archived_on is not None:
            document.archived_on = None
            document.row_version += 1
            document.save()
            keep_up([document.pk])
    return document


def confirm(*, by, document: Document) -> Document:
    """Confirm an imported entry: from now on it counts as what it says."""
    confirm_many(by=by, documents=[document])
    document.refresh_from_db()
    return document


def confirm_many(*, by, documents: list[Document], reason: str = "") -> int:
    """Confirm imported entries in one act; returns how many were confirmed."""
    with act(by=by, verb="document.confirmed", subject=documents[0], reason=reason):
        found = Document.objects.select_for_update(of=("self",)).order_by("pk")
        rows = list(found.filter(pk__in=[d.pk for d in documents]).select_related("lead"))
        for row in rows:
            require(may_confirm(by, row))
            row.is_confirmed = True
            row.row_version += 1
        bulk_update(rows, ["is_confirmed", "row_version"])
        keep_up([row.pk for row in rows])
    return len(rows)


def release(*, by, documents: list[Document]) -> int:
    """Let messages be sent about imported entries; returns how many were released."""
    with act(by=by, verb="document.released", subject=documents[0]):
        found = Document.objects.select_for_update().filter(
            pk__in=[d.pk for d in documents], released_at__isnull=True
        )
        rows = list(found.order_by("pk"))
        for row in rows:
            require(may_edit(by, row))
            row.released_at = now()
            row.row_version += 1
        bulk_update(rows, ["released_at", "row_version"])
    return len(rows)


def _write_tags(document: Document, tags: list[str]) -> None:
    wanted = {" ".join(tag.split())[:60] for tag in tags if tag.strip()}
    for row in document.tags.all():
        if row.word not in wanted:
            row.delete()
        wanted.discard(row.word)
    for word in sorted(wanted):
        DocumentTag(document=document, word=word).save()


def _names(people) -> dict:
    return {"people": [person.name for person in people]}
