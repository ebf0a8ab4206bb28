"""Documents whose derived rows are written anew, with what several writers ask of them, read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from register.directory.models import Organisation
from register.directory.survivors import stand_ins
from register.documents import steps
from register.documents.lifecycle import GOVERNING, PAST, PREPARING
from register.documents.models import Document, Party, Version
from register.documents.tiers import TIERS


@dataclass(frozen=True)
class Material:
    """Documents by key with their versions in order, the parties of those that matter, and places."""

    documents: dict[int, Document]
    versions: dict[int, list[Version]]
    # By version, in order: each party's body, by the record that stands for it today, and its part.
    parties: dict[int, list[tuple[Organisation, str]]]
    # By version: the bodies that it binds besides its parties.
    more_bodies: dict[int, set[int]]
    places: dict[int, dict]
    # By version: the parties that it names and others stand for today.
    former: dict[int, list[Organisation]] = field(default_factory=dict)

    def of_tier(self, tier: int) -> dict[int, Document]:
        """Those of one tier."""
        return {pk: each for pk, each in self.documents.items() if each.tier == tier}


def material_of(document_ids: Iterable[int]) -> Material:
    """Read what is derived from of at most 500 documents; a number of statements that does not grow."""
    rows = Document.objects.filter(pk__in=list(document_ids))
    documents = {d.pk: d for d in rows.select_related("partnership", "lead", "owner")}
    versions: dict[int, list[Version]] = {pk: [] for pk in documents}
    for version in Version.objects.filter(document_id__in=documents).order_by("number"):
        version.document = documents[version.document_id]
        versions[version.document_id].append(version)
    by_tier: dict[int, list[int]] = defaultdict(list)
    for some in versions.values():
        for version in some:
            if version in read(some) or version in searched(some):
                by_tier[version.document.tier].append(version.pk)
    named = _parties(by_tier)
    document_of = {version.pk: pk for pk, some in versions.items() for version in some}
    parties = _as_today(named, document_of)
    return Material(
        documents, versions, parties, _more(by_tier), _places(documents),
        _former(named, parties),
    )  # fmt: skip


def shown_of(versions: list[Version]) -> Version | None:
    """Of a document's versions in order, the one that stands for it: the governing one, else the newest."""
    governing = [version for version in versions if version.state in GOVERNING]
    alive = [v for v in versions if v.state in PREPARING]
    standing = governing or alive or versions
    return standing[-1] if standing else None


def searched(versions: list[Version]) -> list[Version]:
    """Of a document's versions in order, those whose words are searched."""
    shown = shown_of(versions)
    return [v for v in versions if v is shown or v.state in PREPARING]


def read(versions: list[Version]) -> list[Version]:
    """Of a document's versions in order, those whose bodies may read it: all but what is past, and the last."""
    return [v for v in versions if v.state not in PAST or v is versions[-1]]


def _parties(by_tier: dict[int, list[int]]) -> dict[int, list[tuple[Organisation, str]]]:
    found: dict[int, list[tuple[Organisation, str]]] = defaultdict(list)
    ids = [pk for some in by_tier.values() for pk in some]
    rows = Party.objects.filter(version_id__in=ids).select_related("organisation")
    for party in rows.order_by("version_id", "position", "pk"):
        found[party.version_id].append((party.organisation, party.part))
    return found


def _as_today(
    named: dict[int, list[tuple[Organisation, str]]], document_of: dict[int, int]
) -> dict[int, list[tuple[Organisation, str]]]:
    """The parties by the bodies that stand for them today, each once in each part."""
    bodies = {body.pk: body for rows in named.values() for body, _ in rows}
    stands = stand_ins(document_of.values(), bodies.values())
    last = {
        (pk, body.pk): stands.of(document_of[pk], body.pk)
        for pk, rows in named.items()
        for body, _ in rows
    }
    bodies |= Organisation.objects.in_bulk(set(last.values()) - set(bodies))
    return {
        pk: list(dict.fromkeys((bodies[last[pk, body.pk]], part) for body, part in rows))
        for pk, rows in named.items()
    }


def _former(named: dict, parties: dict) -> dict[int, list[Organisation]]:
    today = {pk: {body for body, _ in rows} for pk, rows in parties.items()}
    found = {pk: [b for b, _ in rows if b not in today[pk]] for pk, rows in named.items()}
    return {pk: bodies for pk, bodies in found.items() if bodies}


def _more(by_tier: dict[int, list[int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for tier, version_ids in by_tier.items():
        for ask in steps.MORE_BODIES[tier]:
            for pk, bodies in ask(version_ids).items():
                found[pk] |= bodies
    return found


def _places(documents: dict[int, Document]) -> dict[int, dict]:
    places: dict[int, dict] = {}
    for number, tier in TIERS.items():
        ids = [pk for pk, document in documents.items() if document.tier == number]
        if ids:
            places.update(tier.places(ids))
    return places
