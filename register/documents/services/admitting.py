"""Admitting entries of an old register: versions come in unfrozen, correctable, and unconfirmed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError

from register.core.dates import now
from register.core.verdicts import require
from register.directory.models import Organisation, Partnership
from register.documents import steps
from register.documents.lifecycle import State
from register.documents.models import (
    Document,
    ExternalReference,
    Part,
    Party,
    Provenance,
    Transition,
    Version,
)
from register.documents.permissions import may_start
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import issue_references
from register.documents.tiers import TIERS
from register.ledger.actors import actor_of
from register.ledger.acts import act, bulk_create, bulk_update

CAME_IN_AS = (State.IN_FORCE, State.SUPERSEDED, State.ENDED)


@dataclass
class AdmittedVersion:
    """One version as the old register records it. `texts` are clean markup, by field of the tier's texts."""

    title: str
    label: str = ""
    kind: str = ""
    state: str = State.IN_FORCE
    in_force_on: date | None = None
    ends_on: date | None = None
    ended_on: date | None = None
    parties: list[tuple[Organisation, str]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    signed: list[tuple[Organisation, str, date | None]] = field(default_factory=list)


@dataclass
class Admission:
    """One entry of an old register: its versions, oldest first, and what is known of it besides."""

    source: str
    source_key: str
    versions: list[AdmittedVersion]
    tier: int = 3
    references: list[tuple[str, str]] = field(default_factory=list)  # (value, whose)
    lead: Organisation | None = None
    review_on: date | None = None
    review_words: str = ""
    kept_by: str = ""
    extras: dict[str, str] = field(default_factory=dict)
    outside_reason: str = ""


def admit(*, by, partnership: Partnership, admissions: list[Admission]) -> list[Document]:
    """Admit entries of an old register in one act, a constant number of statements for each 500.

    Nothing that comes in counts as confirmed, covered or signed, and nothing is mailed about it.
    """
    require(may_start(by, partnership))
    if not admissions:
        return []
    with act(by=by, verb="version.admitted", subject=partnership) as this:
        this.detail["entries"] = len(admissions)
        documents = _documents(partnership, admissions)
        _companions(documents, admissions)
        versions = _versions(documents, admissions)
        _texts(versions)
        _parties(versions)
        _references(documents, admissions)
        for plug in steps.ON_ADMITTED:
            plug([(version, facts.signed) for version, facts in versions])
        name, at = actor_of(by).name, now()
        Transition.objects.bulk_create(
            Transition(version=v, to_state=v.state, at=at, by_name=name, reason="Admitted.")
            for v, _ in versions
        )
        keep_up([document.pk for document in documents])
    return documents


def correct(*, by, corrections: list[tuple[Document, dict]], reason: str = "") -> int:
    """Correct entries that came in by import and were not revised since, in one act.

    `corrections` gives for each document its new values: `title`, `ends_on`, `in_force_on`,
    `review_on`, `review_words`, `extras`, and text fields of the tier. Returns how many entries
    changed. Raises ValidationError for a document whose text is frozen.
    """
    with act(by=by, verb="version.corrected", subject=corrections[0][0], reason=reason, quiet=True):
        ids = [document.pk for document, _ in corrections]
        locked = Document.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(ids)
        versions = _admitted_versions(ids)
        changed: set[int] = set()
        for columns, rows in _sorted_corrections(corrections, locked, versions).items():
            done = bulk_update(rows, columns)
            changed |= {_document_of(row) for row in done}
        keep_up(changed)
    return len(changed)


def _documents(partnership: Partnership, admissions: list[Admission]) -> list[Document]:
    references: dict[int, list[str]] = {}
    for tier in {admission.tier for admission in admissions}:
        count = sum(a.tier == tier for a in admissions)
        references[tier] = issue_references(partnership, TIERS[tier].letter, count)
    made = [
        Document(
            reference=references[admission.tier].pop(0),
            partnership=partnership,
            tier=admission.tier,
            lead=admission.lead,
            review_on=admission.review_on,
            review_words=admission.review_words,
            provenance=Provenance.HELD if admission.kept_by else Provenance.IMPORTED,
            kept_by=admission.kept_by,
            source=admission.source,
            source_key=admission.source_key,
            extras=_extras(admission.extras),
            is_confirmed=False,
        )
        for admission in admissions
    ]
    return bulk_create(made)


def _companions(documents: list[Document], admissions: list[Admission]) -> None:
    for number, tier in TIERS.items():
        pairs = [
            (document, admission.outside_reason)
            for document, admission in zip(documents, admissions, strict=True)
            if document.tier == number
        ]
        if pairs:
            tier.admit(pairs)


def _versions(
    documents: list[Document], admissions: list[Admission]
) -> list[tuple[Version, AdmittedVersion]]:
    pairs = [
        (_version(document, number, facts), facts)
        for document, admission in zip(documents, admissions, strict=True)
        for number, facts in enumerate(admission.versions, start=1)
    ]
    bulk_create([version for version, _ in pairs])
    return pairs


def _version(document: Document, number: int, facts: AdmittedVersion) -> Version:
    if facts.state not in CAME_IN_AS:
        raise ValidationError(f"An entry cannot come in as {facts.state}.")
    return Version(
        document=document,
        number=number,
        label=facts.label[:40],
        title=facts.title[:300],
        kind=facts.kind,
        state=facts.state,
        in_force_on=facts.in_force_on,
        ends_on=facts.ends_on,
        ended_on=facts.ended_on,
        is_admitted=True,
    )


def _texts(versions: list[tuple[Version, AdmittedVersion]]) -> None:
    for number, tier in TIERS.items():
        mine = [(v, facts) for v, facts in versions if v.document.tier == number]
        for model in tier.text_models():
            names = {f.name for f in model._meta.concrete_fields}
            rows = [
                model(version=v, **{n: t for n, t in facts.texts.items() if n in names})
                for v, facts in mine
            ]
            bulk_create(rows)


def _parties(versions: list[tuple[Version, AdmittedVersion]]) -> None:
    rows = []
    for version, facts in versions:
        named = {organisation.pk: (organisation, role) for organisation, role in facts.parties}
        rows += [
            Party(version=version, organisation=body, role=role, part=Part.PARTY, position=place)
            for place, (body, role) in enumerate(named.values(), start=1)
        ]
    bulk_create(rows)


def _references(documents: list[Document], admissions: list[Admission]) -> None:
    rows = []
    for document, admission in zip(documents, admissions, strict=True):
        for value, whose in dict.fromkeys(admission.references):
            rows.append(ExternalReference(document=document, value=value[:120], whose=whose))
    bulk_create(rows)


def _admitted_versions(ids: list[int]) -> dict[int, Version]:
    found: dict[int, Version] = {}
    rows = Version.objects.select_for_update(of=("self",)).filter(document_id__in=ids)
    for version in rows.select_related("document").order_by("document_id", "number"):
        found[version.document_id] = version
    return found


def _sorted_corrections(corrections, documents, versions) -> dict[tuple[str, ...], list]:
    texts = _text_rows(versions)
    rows: dict[tuple[str, ...], list] = {}
    for given, values in corrections:
        version = versions[given.pk]
        if version.frozen_at is not None or not version.is_admitted:
            raise ValidationError(
                f"{given} was revised here: the old register no longer changes it."
            )
        for name, value in values.items():
            row = _row_with(name, documents[given.pk], version, texts)
            setattr(row, name, _extras(value) if name == "extras" else value)
            rows.setdefault((type(row)._meta.label, name), []).append(row)
    return {(name,): found for (_, name), found in rows.items()}


def _text_rows(versions: dict[int, Version]) -> dict[tuple[int, str], object]:
    found: dict[tuple[int, str], object] = {}
    ids = [version.pk for version in versions.values()]
    for model in {m for tier in TIERS.values() for m in tier.text_models()}:
        rows = model._default_manager.filter(version_id__in=ids).select_related("version__document")
        for row in rows:
            for column in model._meta.concrete_fields:
                if column.get_internal_type() == "TextField":
                    found[row.version_id, column.name] = row
    return found


def _row_with(name: str, document: Document, version: Version, texts: dict):
    if name in {"review_on", "review_words", "extras"}:
        return document
    if name in {"title", "in_force_on", "ends_on"}:
        return version
    if (version.pk, name) not in texts:
        raise ValidationError(f"{document} has no {name} to correct.")
    return texts[version.pk, name]


def _document_of(row) -> int:
    if isinstance(row, Document):
        return row.pk
    return row.document_id if isinstance(row, Version) else row.version.document_id


def _extras(extras: dict[str, str]) -> str:
    return json.dumps(extras, ensure_ascii=False) if extras else ""
