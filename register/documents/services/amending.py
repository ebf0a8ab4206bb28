"""Correcting and adding to entries that came in by import, for as long as nobody revised them here."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from register.core.dates import now
from register.core.verdicts import require
from register.directory.models import Organisation, Partnership
from register.documents.lifecycle import GOVERNING, PAST, PREPARING, State
from register.documents.models import Document, Part, Party, Transition, Version
from register.documents.permissions import may_start
from register.documents.services.admitting import (
    AdmittedVersion,
    extras_text,
    version_from,
    write_content,
)
from register.documents.services.keeping_up import keep_up
from register.documents.tiers import TIERS
from register.ledger.actors import actor_of
from register.ledger.acts import act, bulk_create, bulk_update


def admit_versions(
    *, by, partnership: Partnership, admissions: list[tuple[Document, AdmittedVersion]]
) -> list[Version]:
    """Admit further versions of entries that came in before, in one act.

    A version that governs supersedes the one that did. Nothing may be in preparation or frozen.
    """
    require(may_start(by, partnership))
    with act(by=by, verb="version.admitted", subject=partnership) as this:
        this.detail["versions"] = len(admissions)
        ids = {document.pk for document, _ in admissions}
        locked = Document.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(ids)
        held: dict[int, list[Version]] = {pk: [] for pk in ids}
        rows = Version.objects.select_for_update(of=("self",)).filter(document_id__in=ids)
        for version in rows.order_by("document_id", "number"):
            held[version.document_id].append(version)
        versions = []
        for document, facts in admissions:
            before = held[document.pk]
            made = version_from(locked[document.pk], before[-1].number + 1 if before else 1, facts)
            _check_may_follow(made, before)
            before.append(made)
            versions.append((made, facts))
        _supersede([v for rows in held.values() for v in rows], versions, by)
        bulk_create([version for version, _ in versions])
        write_content(versions, by)
        keep_up(ids)
    return [version for version, _ in versions]


def name_parties(*, by, parties: list[tuple[Version, list[tuple[Organisation, str]]]]) -> int:
    """Name further bodies as parties of versions that came in by import, in one act."""
    with act(by=by, verb="version.parties_named", subject=parties[0][0].document, quiet=True):
        ids = [version.pk for version, _ in parties]
        locked = Version.objects.select_for_update(of=("self",)).select_related("document")
        versions = locked.order_by("pk").in_bulk(ids)
        held: dict[int, set[int]] = {pk: set() for pk in ids}
        rows_held = Party.objects.filter(version_id__in=ids, part=Part.PARTY)
        for pk, body_id in rows_held.values_list("version_id", "organisation_id"):
            held[pk].add(body_id)
        rows = []
        for given, named in parties:
            version = versions[given.pk]
            _check_unrevised(version)
            for body, role in named:
                if body.pk not in held[version.pk]:
                    held[version.pk].add(body.pk)
                    place = len(held[version.pk])
                    rows.append(Party(version=version, organisation=body, role=role,
                                      part=Part.PARTY, position=place))  # fmt: skip
        bulk_create(rows)
        keep_up({row.version.document_id for row in rows})
    return len(rows)


def correct(*, by, corrections: Sequence[tuple[Document | Version, dict]], reason: str = "") -> int:
    """Correct entries that came in by import and were not revised since, in one act.

    `corrections` gives for each document (its newest version is meant) or version its new values:
    `title`, `ends_on`, `in_force_on`, `review_on`, `review_words`, `extras`, and text fields of the
    tier. Returns how many entries changed. Raises ValidationError for one whose text is frozen.
    """
    subject = _entry_of(corrections[0][0])
    with act(by=by, verb="version.corrected", subject=subject, reason=reason, quiet=True):
        ids = [_entry_of(given).pk for given, _ in corrections]
        locked = Document.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(ids)
        versions = _admitted_versions(ids)
        changed: set[int] = set()
        for columns, rows in _sorted_corrections(corrections, locked, versions).items():
            done = bulk_update(rows, columns)
            changed |= {_document_of(row) for row in done}
        keep_up(changed)
    return len(changed)


def _check_may_follow(version: Version, before: list[Version]) -> None:
    for each in before:
        _check_unrevised(each)
        if each.state in PREPARING and version.state not in PAST:
            raise ValidationError(f"{each} is in preparation: no further version comes in.")


def _check_unrevised(version: Version) -> None:
    if version.frozen_at is not None or not version.is_admitted:
        raise ValidationError(
            f"{version.document} was revised here: the old register no longer changes it."
        )


def _supersede(versions: list[Version], made: list[tuple[Version, AdmittedVersion]], by) -> None:
    governing = {v.document_id for v, _ in made if v.state in GOVERNING}
    new = {id(version) for version, _ in made}
    older = [
        v
        for v in versions
        if v.document_id in governing and v.state in GOVERNING and id(v) not in new
    ]
    name, at = actor_of(by).name, now()
    rows = [
        Transition(version=v, from_state=v.state, to_state=State.SUPERSEDED, at=at, by_name=name,
                   reason="A later version was admitted.")
        for v in older
    ]  # fmt: skip
    for version in older:
        version.state = State.SUPERSEDED
        version.row_version += 1
    bulk_update(older, ["state", "row_version"])
    Transition.objects.bulk_create(rows)


def _entry_of(given: Document | Version) -> Document:
    return given.document if isinstance(given, Version) else given


def _admitted_versions(ids: list[int]) -> dict[int, list[Version]]:
    found: dict[int, list[Version]] = {}
    rows = Version.objects.select_for_update(of=("self",)).filter(document_id__in=ids)
    for version in rows.select_related("document").order_by("document_id", "number"):
        found.setdefault(version.document_id, []).append(version)
    return found


def _meant(given: Document | Version, versions: dict[int, list[Version]]) -> Version:
    """The version that a correction means; none of the entry's may have been revised here."""
    rows = versions[_entry_of(given).pk]
    for version in rows:
        _check_unrevised(version)
    if isinstance(given, Version):
        return next(version for version in rows if version.pk == given.pk)
    return rows[-1]


def _sorted_corrections(corrections, documents, versions) -> dict[tuple[str, ...], list]:
    meant = [_meant(given, versions) for given, _ in corrections]
    texts = _text_rows(meant)
    rows: dict[tuple[str, ...], list] = {}
    for version, (_, values) in zip(meant, corrections, strict=True):
        for name, value in values.items():
            row = _row_with(name, documents[version.document_id], version, texts)
            setattr(row, name, extras_text(value) if name == "extras" else value)
            rows.setdefault((type(row)._meta.label, name), []).append(row)
    return {(name,): found for (_, name), found in rows.items()}


def _text_rows(versions: list[Version]) -> dict[tuple[int, str], object]:
    found: dict[tuple[int, str], object] = {}
    ids = [version.pk for version in versions]
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
