"""Taking back what a register of agreements brought in, a part of it at a time.

What was written is given as `register.exchange.applying.apply` gives it: keys of `documents`, `parties`
and `bodies`; `versions` with their documents; `values` as version or None, document and what stood
there before; `remembered` as row, digest and words.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from register.directory.models import Organisation
from register.directory.services.organisations import end_unconfirmed
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Content, Document, Part, Party, Transition, Version
from register.documents.services import amending
from register.documents.services.admitting import AdmittedVersion
from register.documents.services.taking_back import (
    end_drafts,
    take_back_entries,
    take_parties_back,
)
from register.documents.tiers import TIERS
from register.exchange.kinds import Effects
from register.exchange.models import ImportedRow
from register.signing.models import Slot
from register.signing.services.old_register import unmark

AT_ONCE = 500  # entries in one act
_DAYS = ("in_force_on", "ends_on", "review_on")


def take_back(*, by, effects: Effects, reason: str) -> Effects:
    """Take a part back inside the act that is open; gives what is left to do, empty at the end."""
    documents = effects.get("documents", [])
    if documents:
        some, rest = documents[:AT_ONCE], documents[AT_ONCE:]
        take_back_entries(by=by, documents=some, reason=reason)
        ImportedRow.objects.filter(document_id__in=some).delete()
        if rest:
            return {**effects, "documents": rest}
    _take_versions_back(by, effects.get("versions", []), reason)
    _put_back(by, effects.get("values", []), reason)
    unmark(by=by, before=_days(effects.get("slots", [])), reason=reason)
    take_parties_back(by=by, parties=effects.get("parties", []), reason=reason)
    _remember_again(effects.get("remembered", []))
    end_unused(by=by, bodies=effects.get("bodies", []), reason=reason)
    return {}


def documents_of(effects: Effects) -> set[int]:
    """The entries that were made or changed."""
    found = set(effects.get("documents", []))
    found |= {document for _version, document in effects.get("versions", [])}
    found |= {document for _version, document, _before in effects.get("values", [])}
    parties = Party.objects.filter(pk__in=effects.get("parties", []))
    return found | set(parties.values_list("version__document_id", flat=True))


def hindrances(effects: Effects) -> dict[int, str]:
    """Entries that cannot be put back as they were, with the reason."""
    added = {version for version, _document in effects.get("versions", [])}
    former = _former({document for _v, document in effects.get("versions", [])}, added)
    texts = {model for tier in TIERS.values() for model in tier.text_models()}
    kinds = [model for model in Content.kinds() if model not in texts and model is not Party]
    found = {}
    for model in kinds:
        rows = model._default_manager.filter(version__in=former.values())
        for pk in rows.values_list("version__document_id", flat=True):
            found[pk] = (
                "It got a further version, and the one before holds more than the file says."
            )
    return found


def _days(slots: list[list]) -> list[tuple]:
    return [
        (pk, words, date.fromisoformat(day) if day else None, post)
        for pk, words, day, post in slots
    ]


def end_unused(*, by, bodies: list[int], reason: str) -> None:
    """End the bodies that an import made where nobody confirmed them and nothing that stands names them."""
    found = Organisation.objects.filter(
        pk__in=bodies, is_confirmed=False, merged_into__isnull=True, ends_on__isnull=True
    )
    standing = Party.objects.filter(
        organisation__in=found, version__document__archived_on__isnull=True
    )
    used = set(standing.values_list("organisation_id", flat=True))
    used |= set(
        Document.objects.filter(lead__in=found, archived_on__isnull=True).values_list(
            "lead_id", flat=True
        )
    )
    used |= set(found.filter(memberships__isnull=False).values_list("pk", flat=True))
    end_unconfirmed(by=by, keys={body.pk for body in found} - used, reason=reason)


def _put_back(by, values: list[list], reason: str) -> None:
    versions = Version.objects.select_related("document").in_bulk([v for v, _, _ in values if v])
    documents = Document.objects.in_bulk([document for _, document, _ in values])
    corrections: list[tuple[Document | Version, dict]] = [
        (versions[pk] if pk else documents[document], _read(before))
        for pk, document, before in values
    ]
    if corrections:
        amending.correct(by=by, corrections=corrections, reason=reason)


def _read(before: dict[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in _DAYS and value else value
        for name, value in before.items()
    }


def _take_versions_back(by, added: list[list[int]], reason: str) -> None:
    """Let the text before govern again: what was superseded stays so, a copy of it comes after."""
    ids = {version for version, _ in added}
    if not ids:
        return
    former = _former({document for _, document in added}, ids)
    governing = Version.objects.filter(pk__in=ids, state__in=GOVERNING)
    again = [former[pk] for pk in governing.values_list("document_id", flat=True) if pk in former]
    end_drafts(by=by, versions=ids - set(governing.values_list("pk", flat=True)), reason=reason)
    ImportedRow.objects.filter(version_id__in=ids).delete()
    by_place: dict[int, list[Version]] = {}
    for version in again:
        by_place.setdefault(version.document.partnership_id, []).append(version)
    for versions in by_place.values():
        made = amending.admit_versions(
            by=by,
            partnership=versions[0].document.partnership,
            admissions=[(version.document, _as_admitted(version)) for version in versions],
        )
        for version, new in zip(versions, made, strict=True):
            ImportedRow.objects.filter(version_id=version.pk).update(version_id=new.pk)


def _former(documents: set[int], added: set[int]) -> dict[int, Version]:
    rows = Version.objects.filter(document_id__in=documents).exclude(pk__in=added)
    found = rows.select_related("document__partnership").order_by("document_id", "number")
    return {version.document_id: version for version in found}


def _as_admitted(version: Version) -> AdmittedVersion:
    moved = Transition.objects.filter(version=version, to_state=State.SUPERSEDED).order_by("-pk")
    before = moved.values_list("from_state", flat=True).first()
    parties = Party.objects.filter(version=version, part=Part.PARTY).select_related("organisation")
    slots = Slot.objects.filter(version=version).exclude(old_register_words="")
    return AdmittedVersion(
        title=version.title,
        label=version.label,
        kind=version.kind,
        state=before or State.IN_FORCE,
        in_force_on=version.in_force_on,
        ends_on=version.ends_on,
        parties=[(party.organisation, party.role) for party in parties.order_by("position", "pk")],
        texts=_texts(version),
        signed=[
            (slot.organisation, slot.old_register_words, slot.old_register_on)
            for slot in slots.select_related("organisation").order_by("pk")
        ],
    )


def _texts(version: Version) -> dict[str, str]:
    found: dict[str, str] = {}
    for model in TIERS[version.document.tier].text_models():
        columns = [f.name for f in model._meta.concrete_fields
                   if f.get_internal_type() == "TextField"]  # fmt: skip
        for row in model._default_manager.filter(version=version).values(*columns):
            found |= row
    return found


def _remember_again(remembered: list[list]) -> None:
    rows = ImportedRow.objects.in_bulk([pk for pk, _, _ in remembered])
    for pk, digest, said in remembered:
        if row := rows.get(pk):
            row.digest, row.said_text = digest, said
    ImportedRow.objects.bulk_update(rows.values(), ["digest", "said_text"], batch_size=500)
