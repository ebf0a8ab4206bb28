"""Reads documents for the read table and the search text: constant statements for a batch of 500."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

from register.core.dates import now, today
from register.core.text import strip
from register.documents import steps
from register.documents.lifecycle import EDITABLE, GOVERNING, State
from register.documents.material import Material, material_of, searched, shown_of
from register.documents.models import (
    Content,
    Document,
    ExternalReference,
    Part,
    Reader,
    Suspension,
    Version,
)
from register.documents.tiers import TIERS
from register.lists.fields import CodesField
from register.search import services
from register.search.models import NO_REVIEW, Row, RowReader, Text

WORDS_LIMIT = 200_000  # characters of a version's search text


def refresh(document_ids: list[int]) -> None:
    """Write the read rows and the search texts of documents anew; at most 500 a call."""
    write(material_of(document_ids))


def write(material: Material, readers: Iterable[Reader] | None = None) -> None:
    """The same of documents whose material is read already, and their readers where those are too."""
    versions = material.versions
    kept = [v for rows in versions.values() for v in searched(rows)]
    shown = {pk: shown_of(rows) for pk, rows in versions.items()}
    rows, bodies = rows_of(material), bodies_of(material)
    ids = list(material.documents)
    texts = list(_texts(material, shown, kept))
    if readers is None:
        readers = Reader.objects.filter(document_id__in=ids)
    services.put(rows, bodies, texts, _readers(readers))


def rows_of(material: Material) -> list[Row]:
    """Documents as lists show them, in rows that are not saved."""
    shown = {pk: shown_of(rows) for pk, rows in material.versions.items()}
    signed = _signed([v.pk for v in shown.values() if v])
    suspended = _suspended(list(material.documents))
    return [
        _row(document, shown[pk], material, signed, pk in suspended)
        for pk, document in material.documents.items()
    ]


def bodies_of(material: Material) -> dict[int, set[int]]:
    """By document: the bodies that the filter by body finds it under."""
    return {
        pk: _bodies(document, shown_of(material.versions[pk]), material)
        for pk, document in material.documents.items()
    }


def _suspended(ids: list[int]) -> set[int]:
    current = Suspension.objects.current(today())
    rows = current.filter(document_id__in=ids, party__isnull=True)
    return set(rows.values_list("document_id", flat=True))


def _bodies(document: Document, shown: Version | None, material: Material) -> set[int]:
    versions = material.versions[document.pk]
    found = {document.lead_id} if document.lead_id else set()
    for version in searched(versions):
        if version is shown or version is versions[-1]:
            found |= {body.pk for body, _ in material.parties.get(version.pk, [])}
        found |= material.more_bodies.get(version.pk, set())
    return found


def _readers(readers: Iterable[Reader]) -> list[RowReader]:
    return [
        RowReader(
            row_id=reader.document_id,
            membership_id=reader.membership_id,
            person_id=reader.person_id,
            reads_drafts=reader.reads_drafts,
        )
        for reader in readers
    ]


def _signed(version_ids: list[int]) -> dict[int, tuple[int, int]]:
    counts: dict[int, tuple[int, int]] = {}
    for ask in steps.SIGNED_COUNTS:
        counts.update(ask(version_ids))
    return counts


def _row(document: Document, shown, material: Material, signed, is_suspended: bool) -> Row:
    parties = material.parties.get(shown.pk if shown else 0, [])
    named = [body for body, part in parties if part == Part.PARTY]
    count = signed.get(shown.pk if shown else 0, (0, 0))
    place = material.places.get(document.pk) or {}
    return Row(
        document_id=document.pk,
        partnership_id=document.partnership_id,
        reference=document.reference,
        title=shown.title if shown else document.reference,
        tier=document.tier,
        tier_word=document.tier_word,
        kind=shown.kind if shown else "",
        version_id=shown.pk if shown else None,
        version_number=shown.number if shown else None,
        state=shown.state if shown else State.DRAFT,
        status=_status(document, shown, is_suspended, count),
        community_id=place.get("community_id"),
        community_name=place.get("community_name") or "",
        parent_id=place.get("parent_id"),
        parent_reference=place.get("parent_reference") or "",
        lead_id=document.lead_id,
        lead_name=document.lead.called if document.lead else "",
        owner_id=document.owner_id,
        owner_name=document.owner.name if document.owner else "",
        parties=len(named),
        signed=count[0],
        slots=count[1],
        in_force_on=shown.in_force_on if shown else None,
        ends_on=(shown.ended_on or shown.ends_on) if shown else None,
        review_on=document.review_on or NO_REVIEW,
        open_to_partners=document.open_to_partners,
        is_restricted=document.is_restricted,
        is_outside=bool(place.get("is_outside")),
        is_unconfirmed=not document.is_confirmed,
        is_suspended=is_suspended,
        is_archived=document.archived_on is not None,
        changed_at=now(),
    )


def _status(document: Document, shown, is_suspended: bool, signed: tuple[int, int]) -> str:
    if shown is None:
        return State.DRAFT
    if not document.is_confirmed and shown.state in GOVERNING:
        return "unconfirmed"
    if is_suspended and shown.state in GOVERNING:
        return "suspended"
    return shown.state


def _texts(material: Material, shown: dict, kept: list[Version]) -> Iterator[Text]:
    outside: dict[int, list[str]] = defaultdict(list)
    rows = ExternalReference.objects.filter(document_id__in=material.documents)
    for document_id, value in rows.values_list("document_id", "value"):
        outside[document_id].append(value)
    words = _words(kept)
    for version in kept:
        document = material.documents[version.document_id]
        is_shown = version is shown[document.pk]
        bodies = [body for body, _ in material.parties.get(version.pk, [])]
        bodies += material.former.get(version.pk, [])
        names = [name for body in bodies for name in (body.legal_name, body.short_name)]
        extras = _extra_words(document) if is_shown else []
        yield Text(
            version_id=version.pk,
            document_id=document.pk,
            is_draft=version.state in EDITABLE and not version.is_admitted,
            is_shown=is_shown,
            references="\n".join([document.reference, *outside[document.pk]]),
            title=version.title,
            bodies=" ".join(filter(None, names)),
            words="\n".join([*words.get(version.pk, []), *extras])[:WORDS_LIMIT],
        )


def _words(versions: list[Version]) -> dict[int, list[str]]:
    words: dict[int, list[str]] = defaultdict(list)
    ids = [version.pk for version in versions]
    by_tier: dict[int, list[int]] = defaultdict(list)
    for version in versions:
        by_tier[version.document.tier].append(version.pk)
    for model, fields in _text_columns(by_tier).items():
        rows = model._default_manager.filter(version_id__in=ids).order_by("position", "pk")
        for version_id, *texts in rows.values_list("version_id", *fields):
            words[version_id] += [strip(text) for text in texts if text]
    for tier, version_ids in by_tier.items():
        for more in steps.MORE_WORDS[tier]:
            for version_id, texts in more(version_ids).items():
                words[version_id] += texts
    return words


def _text_columns(tiers: Iterable[int]) -> dict[type[Content], tuple[str, ...]]:
    columns: dict[type[Content], list[str]] = {}
    for tier in sorted(tiers):
        for task in TIERS[tier].tasks:
            names = [n for n in task.fields if not _is_plain(task.model, n)]
            columns.setdefault(task.model, []).extend(names)
    found = {model: tuple(dict.fromkeys(names)) for model, names in columns.items()}
    clause = next(m for m in Content.kinds() if m._meta.label_lower == "documents.clause")
    return {clause: ("heading", "text"), **found}


def _is_plain(model: type[Content], name: str) -> bool:
    field = model._meta.get_field(name)
    is_coded = bool(field.choices) or isinstance(field, CodesField)
    return is_coded or field.get_internal_type() == "DateField"


def _extra_words(document: Document) -> list[str]:
    if not document.extras:
        return []
    return [f"{name}: {value}" for name, value in json.loads(document.extras).items() if value]
