"""What is derived from documents and kept in the same act: readers, the read table, the search text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from operator import attrgetter

from register.core import many_rows
from register.core.dates import today
from register.directory.models import Membership
from register.documents import index, steps
from register.documents.lifecycle import PREPARING, State
from register.documents.material import Material, material_of, read
from register.documents.models import Document, Part, Reader, Version, Visibility
from register.documents.services.checking import mark_below_stale, mark_stale
from register.documents.tiers import TIERS
from register.ledger.acts import act, bulk_update

# The documents that are brought into line when a block of acts ends, where one is open.
_later: ContextVar[dict[int, None] | None] = ContextVar("kept_up_later", default=None)
_READER = ("document_id", "membership_id", "person_id", "reads_drafts")
OPEN = (Visibility.PARTNERSHIP, Visibility.PUBLIC)


def keep_up(document_ids: Iterable[int]) -> None:
    """Bring readers, read table and search text of documents into line with what was just written.

    Constant statements for any number of documents up to 500; larger numbers go in batches.
    """
    ids = list(dict.fromkeys(document_ids))
    if (later := _later.get()) is not None:
        later.update(dict.fromkeys(ids))
        return
    for start in range(0, len(ids), 500):
        batch = ids[start : start + 500]
        material = material_of(batch)
        index.write(material, _keep_readers(material))
        for step in steps.KEPT_UP:
            step(material)
        _ask_again(material)


def keep_words(document_ids: Iterable[int]) -> None:
    """The same where only words changed: titles, labels, what a version says of its changes.

    Neither readers nor flows nor the spans of the past rest on any of them.
    """
    ids = list(dict.fromkeys(document_ids))
    if (later := _later.get()) is not None:
        later.update(dict.fromkeys(ids))
        return
    for start in range(0, len(ids), 500):
        material = material_of(ids[start : start + 500])
        index.write(material)
        _ask_again(material)


def _ask_again(material: Material) -> None:
    mark_stale(list(material.documents))
    mark_below_stale(pk for pk, each in material.documents.items() if each.tier + 1 in TIERS)


@contextmanager
def kept_up_once(*, by) -> Iterator[None]:
    """Put off what is derived until the block ends, and bring each document into line once.

    For many acts on the same documents in one transaction, where nobody reads what is derived in
    between. Nothing is written where the block fails: its transaction is given up with it.
    """
    ids: dict[int, None] = {}
    token = _later.set(ids)
    try:
        yield
    finally:
        _later.reset(token)
    with act(by=by, verb="readers.kept", quiet=True):
        keep_up(ids)


def _keep_readers(material: Material) -> list[Reader]:
    """Write the readers of documents; answers all that they have then, named people included."""
    _keep_open_flag(material)
    wanted = _wanted_readers(material)
    kept: list[Reader] = []
    stale = []
    for row in Reader.objects.filter(document_id__in=material.documents):
        key = (row.document_id, row.membership_id)
        if row.membership_id is None:
            kept.append(row)
        elif wanted.get(key) == row.reads_drafts:
            kept.append(row)
            del wanted[key]
        else:
            stale.append(row.pk)
    if stale:
        Reader.objects.filter(pk__in=stale).delete()
    for step in steps.PEOPLE_WHO_READ:
        kept = step(list(material.documents), kept)
    made = [
        Reader(document_id=document, membership_id=membership, reads_drafts=drafts)
        for (document, membership), drafts in wanted.items()
    ]
    many_rows.insert(Reader, _READER, map(attrgetter(*_READER), made))
    return kept + made


def _keep_open_flag(material: Material) -> None:
    changed = []
    for document in material.documents.values():
        is_issued = any(v.was_issued for v in material.versions[document.pk])
        is_open = is_issued and document.visibility in OPEN and not document.is_restricted
        if document.open_to_partners != is_open:
            document.open_to_partners = is_open
            changed.append(document)
    if changed:
        bulk_update(changed, ["open_to_partners"])


def _wanted_readers(material: Material) -> dict[tuple[int, int | None], bool]:
    documents = list(material.documents.values())
    bodies = _bodies(material)
    memberships = _memberships(documents, {body for pairs in bodies.values() for body in pairs})
    return {
        (document.pk, memberships[document.partnership_id, body]): drafts
        for document in documents
        for body, drafts in bodies[document.pk].items()
        if (document.partnership_id, body) in memberships
    }


def _bodies(material: Material) -> dict[int, dict[int, bool]]:
    parties = {
        version.pk: {
            body.pk
            for body, part in material.parties.get(version.pk, [])
            if part != Part.DRAFTING_PARTNER
        }
        | material.more_bodies.get(version.pk, set())
        # A record that was merged keeps its memberships, and with them its readers.
        | {body.pk for body in material.former.get(version.pk, []) if body.merged_into_id}
        for versions in material.versions.values()
        for version in read(versions)
    }
    return {
        pk: _bodies_of(document, material.versions[pk], parties)
        for pk, document in material.documents.items()
    }


def _bodies_of(
    document: Document, versions: list[Version], parties: dict[int, set[int]]
) -> dict[int, bool]:
    readers: dict[int, bool] = {}
    for version in versions:
        consulted = version.state in PREPARING and version.state != State.DRAFT
        if (consulted or version.was_issued) and document.visibility != Visibility.NAMED:
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
