"""The canonical body of a version: what is signed, shown and printed, as RFC 8785 JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import rfc8785

from register.core.text import strip
from register.documents import steps
from register.documents.models import Clause, ParentLink, Party, TextKind, Version
from register.documents.numbering import numbered
from register.documents.tiers import TIERS, ItemsTask, TextTask
from register.documents.tiers import parents as parents_above
from register.lists.labels import label

FORMAT = 1


def body_of(version: Version) -> dict:
    """The body of a version as plain values, in the words that stand today; see docs/architecture.md."""
    document, partnership = version.document, version.document.partnership
    tier = TIERS[document.tier]
    return {
        "format": FORMAT,
        "partnership": {"name": partnership.name, "area": partnership.area},
        "tier": document.tier,
        "tier_word": document.tier_word,
        "kind": label(tier.kind_list, version.kind) if version.kind else "",
        "reference": document.reference,
        "title": version.title,
        "version": version.number,
        "label": version.label,
        "marking": label("marking", document.marking) if document.marking else "",
        "parents": _parents(version),
        "outside_framework": tier.outside(document),
        "commencement": {
            "on": version.commencement_on.isoformat() if version.commencement_on else None,
            "condition": version.commencement,
            "words": version.get_commencement_display(),
        },
        "parties": _parties(version),
        "sections": sections_of(version),
        "clauses": _clauses(version),
        "governing_file": _governing_file(version),
        "files": [],
        **{name: build(version) for name, build in steps.BODY_PARTS.items()},
    }


def canonical(body: dict) -> tuple[bytes, str]:
    """The body's RFC 8785 bytes and their SHA-256 as 64 hexadecimal characters."""
    content = rfc8785.dumps(body)
    return content, hashlib.sha256(content).hexdigest()


def sections_of(version: Version) -> list[dict]:
    """The sections that hold something, each with its fields in order: the tier's, then those added."""
    sections = []
    for task in TIERS[version.document.tier].tasks:
        fields = (
            _text_fields(task, version) if isinstance(task, TextTask) else _items(task, version)
        )
        if fields:
            sections.append({"code": task.code, "heading": task.heading, "fields": fields})
    return [*sections, *(section for more in steps.MORE_SECTIONS for section in more(version))]


def _text_fields(task: TextTask, version: Version) -> list[dict]:
    row = task.model._default_manager.filter(version=version).first()
    names = [name for name in task.fields if row and strip(getattr(row, name))]
    return [
        {
            "code": name,
            "label": _sentence(row._meta.get_field(name).verbose_name),
            "kind": "html",
            "value": getattr(row, name),
        }
        for name in names
    ]


def _items(task: ItemsTask, version: Version) -> list[dict]:
    rows = list(task.model._default_manager.filter(version=version))
    if not rows:
        return []
    if task.shown_as == "table":
        value: object = {
            "columns": [_sentence(task.model._meta.get_field(f).verbose_name) for f in task.fields],
            "rows": [[_cell(row, name) for name in task.fields] for row in rows],
        }
    else:
        notes = task.notes(version) if task.notes else {}
        value = [
            {
                "number": task.number(row, place),
                "heading": _part(row, task.heading_field),
                "text": _part(row, task.text_field),
                "note": _part(row, task.note_field) + notes.get(row.pk, ""),
            }
            for place, row in enumerate(rows, start=1)
        ]
    return [{"code": task.code, "label": task.heading, "kind": task.shown_as, "value": value}]


def _part(row, name: str) -> str:
    return getattr(row, name) if name else ""


def _cell(row, name: str) -> str:
    value = getattr(row, name)
    return "" if value is None else str(value)


def _sentence(name: object) -> str:
    words = str(name)
    return words[:1].upper() + words[1:]


def _parents(version: Version) -> list[dict]:
    links: Iterable[ParentLink]
    links = ParentLink.objects.filter(version=version).select_related("parent__partnership")
    if version.frozen_at is None:
        links = parent_links(version)
    return [
        {
            "role": "main" if link.is_main else "further",
            "tier": link.parent.tier,
            "tier_word": link.parent.tier_word,
            "reference": link.reference,
            "title": link.title,
            "version": link.number,
            "state": link.state,
        }
        for link in links
    ]


def parent_links(version: Version) -> list[ParentLink]:
    """The links to the documents above as they stand today, not yet saved."""
    links = []
    parents = parents_above(version.document)
    shown_versions = _shown([parent.pk for parent, _ in parents])
    for position, (parent, is_main) in enumerate(parents):
        shown = shown_versions.get(parent.pk)
        links.append(
            ParentLink(
                version=version,
                position=position,
                parent=parent,
                is_main=is_main,
                reference=parent.reference,
                title=shown.title if shown else "",
                number=shown.number if shown else None,
                state=shown.state if shown else "",
            )
        )
    return links


def _shown(document_ids: list[int]) -> dict[int, Version]:
    shown: dict[int, Version] = {}
    for version in Version.objects.filter(document_id__in=document_ids).order_by("number"):
        held = shown.get(version.document_id)
        if held is None or not held.is_governing:
            shown[version.document_id] = version
    return shown


def _parties(version: Version) -> list[dict]:
    rows = Party.objects.filter(version=version).select_related("organisation")
    return [
        {
            "lineage": str(row.lineage),
            "name": row.name_as_signed or row.organisation.legal_name,
            "short_name": row.organisation.called,
            "part": row.part,
            "role": label("controller_role", row.role) if row.role else "",
            "only_this_reason": row.only_this_reason,
        }
        for row in rows
    ]


def _clauses(version: Version) -> list[dict]:
    if version.text_kind == TextKind.FILE:
        return []
    return [
        {
            "lineage": str(clause.lineage),
            "level": clause.level,
            "marker": clause.marker,
            "number": number,
            "heading": clause.heading,
            "text": clause.text,
        }
        for clause, number in numbered(Clause.objects.filter(version=version))
    ]


def _governing_file(version: Version) -> dict | None:
    file = version.governing_file
    if version.text_kind != TextKind.FILE or file is None:
        return None
    return {
        "name": version.governing_file_name,
        "sha256": file.sha256,
        "size": file.size,
        "media_type": file.media_type,
    }
