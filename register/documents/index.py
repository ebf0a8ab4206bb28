"""Reads documents for the read table and the search text: constant statements for a batch of 500."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from register.core.dates import now, today
from register.core.text import strip
from register.documents import steps
from register.documents.lifecycle import EDITABLE, GOVERNING, PREPARING, State
from register.documents.models import (
    Content,
    Document,
    ExternalReference,
    Part,
    Party,
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
    documents = list(
        Document.objects.filter(pk__in=document_ids).select_related("partnership", "lead", "owner")
    )
    ids = [document.pk for document in documents]
    versions: dict[int, list[Version]] = defaultdict(list)
    for version in Version.objects.filter(document_id__in=ids).order_by("number"):
        versions[version.document_id].append(version)
    kept = [v for rows in versions.values() for v in _searched(rows)]
    parties = _parties([v.pk for v in kept])
    shown = {pk: shown_of(rows) for pk, rows in versions.items()}
    signed = _signed([v.pk for v in shown.values() if v])
    places, suspended = _places(documents), _suspended(ids)
    rows = [
        _row(d, shown.get(d.pk), parties, signed, places.get(d.pk), d.pk in suspended)
        for d in documents
    ]
    bodies = {d.pk: _bodies(d, versions[d.pk], shown.get(d.pk), parties) for d in documents}
    _add_bodies(bodies, kept)
    texts = list(_texts(documents, versions, shown, parties, kept))
    services.put(rows, bodies, texts, _readers(ids))


def _suspended(ids: list[int]) -> set[int]:
    current = Suspension.objects.current(today())
    rows = current.filter(document_id__in=ids, party__isnull=True)
    return set(rows.values_list("document_id", flat=True))


def _bodies(document: Document, versions: list[Version], shown, parties) -> set[int]:
    newest = {version.pk for version in [*versions[-1:], shown] if version}
    named = {body.pk for pk in newest for body, _ in parties.get(pk, [])}
    return named | ({document.lead_id} if document.lead_id else set())


def _add_bodies(bodies: dict[int, set[int]], versions: list[Version]) -> None:
    document_of = {version.pk: version.document_id for version in versions}
    for more in steps.MORE_BODIES:
        for version_id, found in more(list(document_of)).items():
            bodies[document_of[version_id]].update(found)


def _readers(ids: list[int]) -> list[RowReader]:
    return [
        RowReader(
            row_id=reader.document_id,
            membership_id=reader.membership_id,
            person_id=reader.person_id,
            reads_drafts=reader.reads_drafts,
        )
        for reader in Reader.objects.filter(document_id__in=ids)
    ]


def shown_of(versions: list[Version]) -> Version | None:
    """Of a document's versions in order, the one that stands for it: the governing one, else the newest."""
    governing = [version for version in versions if version.state in GOVERNING]
    alive = [v for v in versions if v.state in PREPARING]
    standing = governing or alive or versions
    return standing[-1] if standing else None


def _searched(versions: list[Version]) -> list[Version]:
    shown = shown_of(versions)
    return [v for v in versions if v is shown or v.state in PREPARING]


def _parties(version_ids: list[int]) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    rows = Party.objects.filter(version_id__in=version_ids).select_related("organisation")
    for party in rows.order_by("version_id", "position", "pk"):
        found[party.version_id].append((party.organisation, party.part))
    return found


def _signed(version_ids: list[int]) -> dict[int, tuple[int, int]]:
    counts: dict[int, tuple[int, int]] = {}
    for ask in steps.SIGNED_COUNTS:
        counts.update(ask(version_ids))
    return counts


def _places(documents: list[Document]) -> dict[int, dict]:
    places: dict[int, dict] = {}
    for number, tier in TIERS.items():
        ids = [document.pk for document in documents if document.tier == number]
        if ids:
            places.update(tier.places(ids))
    return places


def _row(document: Document, shown, parties, signed, place, is_suspended: bool) -> Row:
    named = [body for body, part in parties.get(shown.pk if shown else 0, []) if part == Part.PARTY]
    count = signed.get(shown.pk if shown else 0, (0, 0))
    place = place or {}
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


def _texts(documents, versions, shown, parties, kept) -> Iterator[Text]:
    outside: dict[int, list[str]] = defaultdict(list)
    rows = ExternalReference.objects.filter(document__in=documents)
    for document_id, value in rows.values_list("document_id", "value"):
        outside[document_id].append(value)
    words = _words([version.pk for version in kept])
    for document in documents:
        for version in _searched(versions[document.pk]):
            names = [
                name
                for body, _ in parties.get(version.pk, [])
                for name in (body.legal_name, body.short_name)
            ]
            extras = _extra_words(document) if version is shown.get(document.pk) else []
            yield Text(
                version_id=version.pk,
                document_id=document.pk,
                is_draft=version.state in EDITABLE and not version.is_admitted,
                is_shown=version is shown.get(document.pk),
                references="\n".join([document.reference, *outside[document.pk]]),
                title=version.title,
                bodies=" ".join(filter(None, names)),
                words="\n".join([*words.get(version.pk, []), *extras])[:WORDS_LIMIT],
            )


def _words(version_ids: list[int]) -> dict[int, list[str]]:
    words: dict[int, list[str]] = defaultdict(list)
    for model, fields in _text_columns().items():
        rows = model._default_manager.filter(version_id__in=version_ids).order_by("position", "pk")
        for version_id, *texts in rows.values_list("version_id", *fields):
            words[version_id] += [strip(text) for text in texts if text]
    for more in steps.MORE_WORDS:
        for version_id, texts in more(version_ids).items():
            words[version_id] += texts
    return words


def _text_columns() -> dict[type[Content], tuple[str, ...]]:
    columns: dict[type[Content], list[str]] = {}
    for tier in TIERS.values():
        for task in tier.tasks:
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
