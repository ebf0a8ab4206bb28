"""What is derived from documents and kept in the same act: readers, the read table, the search text."""

from __future__ import annotations

from collections.abc import Iterable

from register.core.dates import today
from register.directory.models import Membership
from register.documents import index, steps
from register.documents.lifecycle import EDITABLE, PAST, PREPARING, State
from register.documents.models import Document, Part, Party, Reader, Version, Visibility
from register.documents.services.checking import mark_below_stale, mark_stale
from register.ledger.acts import bulk_update

OPEN = (Visibility.PARTNERSHIP, Visibility.PUBLIC)


def keep_up(document_ids: Iterable[int]) -> None:
    """Bring readers, read table and search text of documents into line with what was just written.

    Constant statements for any number of documents up to 500; larger numbers go in batches.
    """
    ids = list(dict.fromkeys(document_ids))
    for start in range(0, len(ids), 500):
        batch = ids[start : start + 500]
        _keep_readers(batch)
        index.refresh(batch)
        for step in steps.KEPT_UP:
            step(batch)
        mark_stale(batch)
        mark_below_stale(batch)


def _keep_readers(ids: list[int]) -> None:
    documents = list(Document.objects.filter(pk__in=ids))
    versions = _versions(ids)
    _keep_open_flag(documents, versions)
    wanted = _wanted_readers(documents, versions)
    held = {
        (row.document_id, row.membership_id): row
        for row in Reader.objects.filter(document_id__in=ids, membership__isnull=False)
    }
    stale = [row.pk for key, row in held.items() if wanted.get(key) != row.reads_drafts]
    Reader.objects.filter(pk__in=stale).delete()
    Reader.objects.bulk_create(
        Reader(document_id=key[0], membership_id=key[1], reads_drafts=drafts)
        for key, drafts in wanted.items()
        if key not in held or held[key].reads_drafts != drafts
    )


def _versions(ids: list[int]) -> dict[int, list[Version]]:
    by_document: dict[int, list[Version]] = {pk: [] for pk in ids}
    for version in Version.objects.filter(document_id__in=ids).order_by("number"):
        by_document[version.document_id].append(version)
    return by_document


def _keep_open_flag(documents: list[Document], versions: dict[int, list[Version]]) -> None:
    changed = []
    for document in documents:
        is_issued = any(
            v.frozen_at or v.is_admitted or v.state not in (*EDITABLE, State.ENDED)
            for v in versions[document.pk]
        )
        is_open = is_issued and document.visibility in OPEN and not document.is_restricted
        if document.open_to_partners != is_open:
            document.open_to_partners = is_open
            changed.append(document)
    if changed:
        bulk_update(changed, ["open_to_partners"])


def _wanted_readers(
    documents: list[Document], versions: dict[int, list[Version]]
) -> dict[tuple[int, int | None], bool]:
    bodies = _bodies(documents, versions)
    memberships = _memberships(documents, {body for pairs in bodies.values() for body in pairs})
    return {
        (document.pk, memberships[document.partnership_id, body]): drafts
        for document in documents
        for body, drafts in bodies[document.pk].items()
        if (document.partnership_id, body) in memberships
    }


def _bodies(
    documents: list[Document], versions: dict[int, list[Version]]
) -> dict[int, dict[int, bool]]:
    parties: dict[int, set[int]] = {}
    every = [v.pk for rows in versions.values() for v in rows if v.state not in PAST]
    every += [rows[-1].pk for rows in versions.values() if rows and rows[-1].state in PAST]
    rows = Party.objects.filter(version_id__in=every).exclude(part=Part.DRAFTING_PARTNER)
    for version_id, body in rows.values_list("version_id", "organisation_id"):
        parties.setdefault(version_id, set()).add(body)
    for more in steps.MORE_BODIES:
        for version_id, bodies in more(every).items():
            parties.setdefault(version_id, set()).update(bodies)
    return {d.pk: _bodies_of(d, versions[d.pk], parties) for d in documents}


def _bodies_of(
    document: Document, versions: list[Version], parties: dict[int, set[int]]
) -> dict[int, bool]:
    readers: dict[int, bool] = {}
    for version in versions:
        consulted = version.state in PREPARING and version.state != State.DRAFT
        is_read = consulted or version.state not in EDITABLE
        if is_read and document.visibility != Visibility.NAMED:
            for body in parties.get(version.pk, ()):
                readers[body] = readers.get(body, False) or consulted
    if document.lead_id:
        readers[document.lead_id] = True
    return readers


def _memberships(documents: list[Document], bodies: set[int]) -> dict[tuple[int, int], int]:
    rows = Membership.objects.current(today()).filter(
        organisation_id__in=bodies, partnership_id__in={d.partnership_id for d in documents}
    )
    return {
        (partnership, body): pk
        for pk, partnership, body in rows.values_list("pk", "partnership_id", "organisation_id")
    }
