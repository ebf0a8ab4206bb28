"""What the register holds of the entries that a chunk of rows speaks of; constant statements."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from register.directory.models import Partnership
from register.documents.models import Document, Part, Party, Version
from register.documents.tiers import TIERS
from register.exchange.models import ImportedRow


@dataclass
class Held:
    """One version of an entry that came in before: what the source said, and what it says now."""

    row: ImportedRow
    document: Document
    version: Version
    values: dict[str, object]
    bodies: set[int]
    is_revised: bool

    @property
    def label(self) -> str:
        """The version as the source numbers it."""
        return self.row.label


@dataclass
class Stored:
    """Entries by key of their rows: the lane of a repeated reference, then the version."""

    lanes: dict[str, dict[int, dict[str, Held]]] = field(default_factory=dict)

    def of(self, key: str) -> dict[int, dict[str, Held]]:
        """The entries under a key: lane 1 is the first that had it."""
        return self.lanes.get(key, {})


def read_stored(partnership: Partnership, source: str, keys: Iterable[str]) -> Stored:
    """Read what came in before from a source under these keys, as the register holds it now."""
    found = Stored()
    if partnership.pk is None:
        return found
    rows = list(
        ImportedRow.objects.filter(
            partnership=partnership, source=source, key__in=list(keys)
        ).order_by("pk")
    )
    documents = Document.objects.in_bulk({row.document_id for row in rows})
    versions = _versions(documents)
    by_pk = {version.pk: version for each in versions.values() for version in each}
    values = _values([row.version_id for row in rows], by_pk)
    bodies = _bodies([row.version_id for row in rows])
    for row in rows:
        if row.version_id not in by_pk:
            continue
        document = documents[row.document_id]
        is_revised = any(v.frozen_at or not v.is_admitted for v in versions[document.pk])
        held = Held(
            row, document, by_pk[row.version_id], values[row.version_id], bodies[row.version_id],
            is_revised,
        )  # fmt: skip
        found.lanes.setdefault(row.key, {}).setdefault(row.lane, {})[row.label] = held
    return found


def lane_key(key: str, lane: int) -> str:
    """What an entry is known by: the key of its rows, and its lane where it is not the first."""
    return key if lane == 1 else f"{key}/{lane}"


def _versions(documents: dict[int, Document]) -> dict[int, list[Version]]:
    found: dict[int, list[Version]] = defaultdict(list)
    for version in Version.objects.filter(document_id__in=documents).order_by("number"):
        version.document = documents[version.document_id]
        found[version.document_id].append(version)
    return found


def _values(ids: list[int], versions: dict[int, Version]) -> dict[int, dict[str, object]]:
    found: dict[int, dict[str, object]] = {}
    for pk in ids:
        if version := versions.get(pk):
            found[pk] = _own_values(version)
    for model in {m for tier in TIERS.values() for m in tier.text_models()}:
        columns = [f.name for f in model._meta.concrete_fields
                   if f.get_internal_type() == "TextField"]  # fmt: skip
        rows = model._default_manager.filter(version_id__in=ids)
        for pk, *texts in rows.values_list("version_id", *columns):
            found[pk] |= {f"text.{n}": t for n, t in zip(columns, texts, strict=True)}
    return found


def _own_values(version: Version) -> dict[str, object]:
    document = version.document
    extras = json.loads(document.extras) if document.extras else {}
    return {
        "title": version.title,
        "in_force_on": version.in_force_on,
        "ends_on": version.ends_on,
        "review_on": document.review_on,
        "review_words": document.review_words,
        **{f"extra.{heading}": text for heading, text in extras.items()},
    }


def _bodies(ids: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = Party.objects.filter(version_id__in=ids, part=Part.PARTY)
    for pk, body in rows.values_list("version_id", "organisation_id"):
        found[pk].add(body)
    return found
