"""One entry as the register knew it at a moment, in plain values: nothing of it asks the database again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from register.core.dates import LONDON, today, words
from register.directory.models import CommunityMember, Membership
from register.directory.permissions import visible_partnerships
from register.documents.body import body_of
from register.documents.models import Document, Version
from register.documents.permissions import drafts_read
from register.documents.standing import Standing
from register.documents.tiers import TIERS, parents
from register.lists.labels import labels
from register.past.later import later_of
from register.past.moments import Moment
from register.past.reading import as_at
from register.past.seeing import known
from register.printing.signed import places_of, signatures_of
from register.signing.models import Signature


@dataclass
class Then:
    """An entry at a moment: the version that stood for it, and the facts that nobody signs."""

    document: Document
    version: Version
    moment: Moment
    status: str
    body: dict
    sentences: list[str]
    in_force: str
    versions: list[Version]
    facts: list[tuple[str, str]]
    above: list[Document] = field(default_factory=list)
    signed: list[dict] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    community: str = ""
    community_members: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)


def then(user, document: Document, moment: Moment, number: int | None = None) -> Then | None:
    """The entry as it stood, as far as a reader of today may read it; None where it was not there yet.

    `number` asks for another version than the one that stood for the entry.
    """
    drafts = document.pk in drafts_read(user, [document.pk])
    belongs = visible_partnerships(user).filter(pk=document.partnership_id).exists()
    with as_at(moment.instant):
        standing = standing_then(document.pk, drafts)
        if standing is None or (version := _chosen(standing, number)) is None:
            return None
        found = _read(standing, version, moment)
        above = [parent for parent, _ in parents(standing.document)]
    if not belongs:
        # Whoever reads one entry as a guest is told nothing of who belongs to the partnership.
        found.members, found.community_members = [], []
    seen = known(user, {parent.pk for parent in above})
    found.above = [parent for parent in above if parent.pk in seen]
    found.later = later_of([each.pk for each in found.versions], document, moment)
    return found


def standing_then(document_id: int, reads_drafts: bool) -> Standing | None:
    """An entry with its versions; asked while the past is read. None where there is nothing to read."""
    rows = Document.objects.select_related("partnership", "lead", "owner")
    document = rows.filter(pk=document_id).first()
    if document is None:
        return None
    versions = [
        version
        for version in document.versions.select_related("governing_file").order_by("-number")
        if reads_drafts or version.was_issued
    ]
    for version in versions:
        version.document = document
    return Standing(document, versions) if versions else None


def body_then(version: Version) -> dict:
    """The text of a version: the stored bytes where it was frozen by then, else as its draft stood."""
    if version.frozen_at is None:
        return body_of(version)
    return json.loads(bytes(version.body.content))


def _chosen(standing: Standing, number: int | None) -> Version | None:
    if number is None:
        return standing.shown
    return next((each for each in standing.versions if each.number == number), None)


def _read(standing: Standing, version: Version, moment: Moment) -> Then:
    document = standing.document
    community: Any = TIERS[document.tier].community(document)
    return Then(
        document=document,
        version=version,
        moment=moment,
        status=standing.status(version),
        body=body_then(version),
        sentences=standing.sentences(version),
        in_force=_in_force(standing),
        versions=standing.versions,
        facts=facts_of(document),
        signed=_signed(version),
        members=_members(document.partnership_id),
        community=community.name if community else "",
        community_members=_community_members(community),
    )


def facts_of(document: Document) -> list[tuple[str, str]]:
    """The living facts of an entry in words: who keeps it, its review, who reads it, tags, references."""
    review = words(document.review_on) or document.review_words or "not set"
    return [
        ("Owner", document.owner.name if document.owner else "nobody"),
        ("Lead body", document.lead.legal_name if document.lead else "none"),
        ("Review date", review),
        ("Who may read it", document.get_visibility_display()),
        ("Protective marking", labels("marking").get(document.marking, document.marking) or "none"),
        ("Confirmed by an officer", "yes" if document.is_confirmed else "no"),
        ("Archived", words(document.archived_on) or "no"),
        ("Tags", ", ".join(sorted(document.tags.values_list("word", flat=True))) or "none"),
        ("Other references", ", ".join(_references(document)) or "none"),
    ]


def _references(document: Document) -> list[str]:
    return list(document.external_references.order_by("pk").values_list("value", flat=True))


def _in_force(standing: Standing) -> str:
    governing = standing.governing
    if governing is None:
        return "Nothing of it was in force."
    since = words(governing.in_force_on)
    return f"Version {governing.number} was in force" + (f", since {since}." if since else ".")


def _signed(version: Version) -> list[dict]:
    """Each place to sign with what stood in it, and the day of recording where that was another."""
    places = places_of(version)
    told = signatures_of(places)
    for (_, rows), said in zip(places, told, strict=True):
        said["recorded"] = _recorded(rows[-1]) if rows else ""
        said["wording"] = rows[-1].body_sha256[:12] if rows else ""
        said["day"] = rows[-1].signed_on if rows else None
    return told


def _recorded(row: Signature) -> str:
    day = row.recorded_at.astimezone(LONDON).date()
    return words(day) if day != row.signed_on else ""


def _members(partnership_id: int) -> list[str]:
    rows = Membership.objects.current(today()).filter(partnership_id=partnership_id)
    names = rows.values_list("organisation__legal_name", flat=True)
    return sorted(set(names))


def _community_members(community) -> list[str]:
    if community is None:
        return []
    rows = CommunityMember.objects.current(today()).filter(community_id=community.pk)
    return sorted(set(rows.values_list("organisation__legal_name", flat=True)))
