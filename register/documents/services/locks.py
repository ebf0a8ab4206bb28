"""The one lock order: document, version, slot, reference counter, ledger head."""

from __future__ import annotations

from register.documents.models import Document, ReferenceCounter, Version


def lock_document(document: Document) -> Document:
    """The document read again under a lock; call it inside an act, before anything else is locked."""
    return (
        Document.objects.select_for_update(of=("self",))
        .select_related("partnership", "lead", "owner")
        .get(pk=document.pk)
    )


def lock_version(version: Version) -> Version:
    """The version read again under a lock, its document locked first."""
    document = lock_document(version.document)
    locked = Version.objects.select_for_update(of=("self",)).get(pk=version.pk)
    locked.document = document
    return locked


def issue_references(partnership, letter: str, count: int = 1) -> list[str]:
    """The next references of a partnership and tier, such as WY-A-0042, from a locked counter."""
    prefix = f"{partnership.prefix}-{letter}"
    ReferenceCounter.objects.get_or_create(prefix=prefix)
    counter = ReferenceCounter.objects.select_for_update().get(prefix=prefix)
    first = counter.last + 1
    counter.last += count
    counter.save()
    return [f"{prefix}-{number:04d}" for number in range(first, first + count)]
