"""Which version of which agreement a row means, by the agreement's own reference or somebody else's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models.functions import Lower

from register.directory.models import Organisation, Partnership
from register.directory.models.partnerships import Tier
from register.documents.lifecycle import GOVERNING, PREPARING, State
from register.documents.models import (
    Document,
    ExternalReference,
    Part,
    Party,
    Provenance,
    Version,
)
from register.exchange.flows.rows import FlowRow


class NotFound(Exception):
    """The reference of a row means no one version; the message says what to do."""


@dataclass
class Entry:
    """A document with all its versions, oldest first, and the parties of each with their roles."""

    document: Document
    versions: list[Version] = field(default_factory=list)
    parties: dict[int, list[tuple[Organisation, str]]] = field(default_factory=dict)


@dataclass
class Targets:
    """The documents that rows may mean, by their references in small letters."""

    ours: dict[str, Entry] = field(default_factory=dict)
    theirs: dict[str, list[Entry]] = field(default_factory=dict)

    def of(self, row: FlowRow) -> tuple[Entry, Version]:
        """The agreement and the version that a row means. Raises NotFound with a sentence."""
        found = self._entries(row)
        if not found:
            raise NotFound(
                f"No agreement here has the reference {row.written}. Import the register of"
                " agreements first, or write the reference as the agreement has it."
            )
        meant = [(entry, version) for entry in found if (version := _version(entry, row))]
        if len(meant) > 1:
            names = ", ".join(str(entry.document) for entry, _ in meant)
            raise NotFound(
                f"More than one entry has the reference {row.written}: {names}. Write which one."
            )
        if not meant:
            raise NotFound(_no_version(found[0], row))
        entry, version = meant[0]
        if entry.document.tier != Tier.AGREEMENT:
            raise NotFound(
                f"{entry.document} is no agreement, and flows hang on agreements. Name the agreement."
            )
        return entry, version

    def _entries(self, row: FlowRow) -> list[Entry]:
        for reference in dict.fromkeys((row.written.lower(), row.reference.lower())):
            if entry := self.ours.get(reference):
                return [entry]
            if entries := self.theirs.get(reference):
                return entries
        return []


def read_targets(partnership: Partnership, rows: Iterable[FlowRow]) -> Targets:
    """Read the documents of a partnership that rows name; four statements for any number of rows."""
    wanted = {text.lower() for row in rows for text in (row.written, row.reference) if text}
    if partnership.pk is None or not wanted:
        return Targets()
    theirs: dict[str, set[int]] = defaultdict(set)
    references = ExternalReference.objects.filter(document__partnership=partnership)
    # What was taken back with its import leaves its reference to the entry that came after it.
    references = references.exclude(
        document__provenance=Provenance.IMPORTED, document__source_key="",
        document__archived_on__isnull=False,
    )  # fmt: skip
    lowered = references.annotate(lowered=Lower("value")).filter(lowered__in=wanted)
    for value, pk in lowered.values_list("lowered", "document_id"):
        theirs[value].add(pk)
    entries = _read_entries(partnership, wanted, {pk for pks in theirs.values() for pk in pks})
    return Targets(
        {entry.document.reference.lower(): entry for entry in entries.values()},
        {value: [entries[pk] for pk in sorted(pks)] for value, pks in theirs.items()},
    )


def _read_entries(partnership: Partnership, ours: set[str], pks: set[int]) -> dict[int, Entry]:
    rows = Document.objects.filter(partnership=partnership).select_related("lead", "partnership")
    by_key = rows.filter(pk__in=pks) | rows.filter(
        reference__in=[reference.upper() for reference in ours]
    )
    entries = {document.pk: Entry(document) for document in by_key}
    by_version: dict[int, Entry] = {}
    held = Version.objects.filter(document_id__in=entries).order_by("document_id", "number")
    for version in held:
        entry = entries[version.document_id]
        version.document = entry.document
        entry.versions.append(version)
        by_version[version.pk] = entry
    parties = Party.objects.filter(version_id__in=by_version, part=Part.PARTY)
    for row in parties.select_related("organisation").order_by("version_id", "position", "pk"):
        entry = by_version[row.version_id]
        entry.parties.setdefault(row.version_id, []).append((row.organisation, row.role))
    return entries


def _version(entry: Entry, row: FlowRow) -> Version | None:
    if not row.version or entry.document.reference.lower() == row.written.lower():
        return _standing(entry)
    labelled = [version for version in entry.versions if version.label == row.version]
    if labelled:
        return labelled[-1]
    if entry.document.reference.lower() == row.reference.lower():
        return next((v for v in entry.versions if str(v.number) == row.version), None)
    # The entry came in under the whole reference, without a version taken out of it.
    unlabelled = not any(version.label for version in entry.versions)
    return _standing(entry) if unlabelled else None


def _standing(entry: Entry) -> Version | None:
    """The version in preparation, else the one that governs, else the last that did."""
    for states in (PREPARING, GOVERNING):
        if found := [version for version in entry.versions if version.state in states]:
            return found[-1]
    kept = [v for v in entry.versions if v.frozen_at or v.is_admitted or v.state != State.ENDED]
    return (kept or entry.versions or [None])[-1]  # type: ignore[list-item]


def _no_version(entry: Entry, row: FlowRow) -> str:
    labels = [version.label or str(version.number) for version in entry.versions]
    return (
        f"{entry.document} is here as {row.reference}, but not its version {row.version}; it has"
        f" {', '.join(labels) or 'none'}. Import the register of agreements again first, or mend the"
        " reference."
    )
