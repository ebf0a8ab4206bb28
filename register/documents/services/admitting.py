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
from register.ledger.acts import act, bulk_create

CAME_IN_AS = (
    State.DRAFT,
    State.IN_FORCE,
    State.UNDER_REVIEW,
    State.SUPERSEDED,
    State.ENDED,
)


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
        write_content(versions, by)
        _references(documents, admissions)
        keep_up([document.pk for document in documents])
    return documents


def write_content(versions: list[tuple[Version, AdmittedVersion]], by) -> None:
    """Give admitted versions their texts, parties and slots, and note that they came in."""
    _texts(versions)
    _parties(versions)
    for plug in steps.ON_ADMITTED:
        plug([(version, facts.signed) for version, facts in versions])
    name, at = actor_of(by).name, now()
    Transition.objects.bulk_create(
        Transition(version=v, to_state=v.state, at=at, by_name=name, reason="Admitted.")
        for v, _ in versions
    )


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
            extras=extras_text(admission.extras),
            is_confirmed=False,
            # As `keep_up` would say after the versions are written, with a second row of history each.
            open_to_partners=bool(admission.versions),
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
        (version_from(document, number, facts), facts)
        for document, admission in zip(documents, admissions, strict=True)
        for number, facts in enumerate(admission.versions, start=1)
    ]
    bulk_create([version for version, _ in pairs])
    return pairs


def version_from(document: Document, number: int, facts: AdmittedVersion) -> Version:
    """An unsaved version as the old register records it."""
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


def extras_text(extras: dict[str, str]) -> str:
    """Columns without a home as they are kept with an entry."""
    return json.dumps(extras, ensure_ascii=False) if extras else ""
