"""What stands above versions and what it allows: who signed there, for what, about whom, in which community."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from agreements.flows.models import GroupMember, PartyGroup
from charters.models import GeneralPurpose, Protocol, ProtocolScope
from register.core.dates import today
from register.directory.models import CommunityMember
from register.directory.survivors import answering, survivors
from register.documents.lifecycle import GOVERNING
from register.documents.models import Document, Version
from register.signing.gaps import Gap, bound_bodies, gaps_below, parents_above


@dataclass
class Scope:
    """The data and the people that a protocol limits its agreements to; empty is not limited."""

    categories: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()


@dataclass
class Above:
    """What the tiers above say of one version."""

    gaps: list[Gap] = field(default_factory=list)
    chain: list[Document] = field(default_factory=list)
    in_force: frozenset[int] = frozenset()
    # By protocol, as it governs: its general purposes by lineage with their titles, and its scope.
    purposes: dict[int, dict[UUID, str]] = field(default_factory=dict)
    scopes: dict[int, Scope] = field(default_factory=dict)
    # The bodies that must belong above, by key with their names: parties, and members of groups.
    bodies: dict[int, str] = field(default_factory=dict)
    community: str = ""
    # Members of the community today; None where there is none, or where nobody is recorded in it.
    members: dict[int, str] | None = None


def load_above(versions: list[Version]) -> dict[int, object]:
    """What the tiers above say of versions; a bounded number of statements for any number of them."""
    ids = [version.pk for version in versions]
    chains = parents_above(ids)
    bodies = _everybody(ids)
    gaps = gaps_below(chains, bodies)
    protocols = _protocols_of(versions)
    governing = _governing(protocols | {d.pk for rows in chains.values() for d in rows})
    purposes, scopes = _purposes(governing), _scopes(governing)
    communities = _communities(versions, chains)
    return {
        version.pk: Above(
            gaps=gaps.get(version.pk, []),
            chain=chains.get(version.pk, []),
            in_force=frozenset(governing),
            purposes=purposes,
            scopes=scopes,
            bodies=bodies.get(version.pk, {}),
            community=communities.get(version.pk, ("", None))[0],
            members=communities.get(version.pk, ("", None))[1],
        )
        for version in versions
    }


def _everybody(version_ids: list[int]) -> dict[int, dict[int, str]]:
    """The parties of versions that must belong above, with the members of their groups."""
    merged = survivors()
    found = {
        pk: {merged.get(body, body): name for body, name in rows.items()}
        for pk, rows in bound_bodies(version_ids).items()
    }
    groups = PartyGroup.objects.filter(version_id__in=version_ids)
    wanted: dict[tuple, list[int]] = defaultdict(list)
    for version, document, lineage in groups.values_list(
        "version_id", "version__document_id", "lineage"
    ):
        wanted[document, lineage].append(version)
    members = GroupMember.objects.current(today()).filter(
        document_id__in={document for document, _ in wanted}
    )
    for member in members.select_related("organisation").order_by("organisation__legal_name"):
        for version in wanted.get((member.document_id, member.group), ()):
            body = member.organisation
            found.setdefault(version, {})[merged.get(body.pk, body.pk)] = body.legal_name
    return found


def _protocols_of(versions: list[Version]) -> set[int]:
    """Every protocol above agreements, main or further."""
    agreements = [v.document_id for v in versions if v.document.tier == 3]
    main = Protocol.objects.filter(document__agreements_under__document_id__in=agreements)
    further = Protocol.objects.filter(
        document__further_agreements__agreement__document_id__in=agreements
    )
    return {
        pk
        for rows in (main, further)
        for pk in rows.order_by().values_list("document_id", flat=True)
    }


def _governing(document_ids: set[int]) -> dict[int, int]:
    """The version in force of each document, by document."""
    rows = Version.objects.filter(document_id__in=document_ids, state__in=GOVERNING)
    return dict(rows.values_list("document_id", "pk"))


def _purposes(governing: dict[int, int]) -> dict[int, dict[UUID, str]]:
    found: dict[int, dict[UUID, str]] = {document: {} for document in governing}
    rows = GeneralPurpose.objects.filter(version_id__in=governing.values())
    for document, lineage, title in rows.values_list("version__document_id", "lineage", "title"):
        found[document][lineage] = title
    return found


def _scopes(governing: dict[int, int]) -> dict[int, Scope]:
    found: dict[int, Scope] = {}
    rows = ProtocolScope.objects.filter(version_id__in=governing.values())
    for row in rows.select_related("version"):
        held = found.setdefault(row.version.document_id, Scope())
        held.categories |= set(row.data_categories)
        held.subjects |= set(row.data_subjects)
    return found


def _communities(versions: list[Version], chains: dict[int, list[Document]]) -> dict[int, tuple]:
    """For each version the community of its protocol, or of itself, with the members of today."""
    protocol_of = {
        v.pk: v.document_id if v.document.tier == 2 else next((d.pk for d in chains[v.pk]), None)
        for v in versions
        if v.document.tier != 1
    }
    rows = Protocol.objects.filter(
        document_id__in={pk for pk in protocol_of.values() if pk}, community__isnull=False
    ).select_related("community")
    communities = {row.document_id: row.community for row in rows}
    members = _members({community.pk for community in communities.values()})
    return {
        version: (communities[document].name, members.get(communities[document].pk))
        for version, document in protocol_of.items()
        if document in communities
    }


def _members(community_ids: set[int]) -> dict[int, dict[int, str]]:
    """The bodies of communities today, under the record that stands for each."""
    merged, units = survivors(), answering()
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = CommunityMember.objects.current(today()).filter(community_id__in=community_ids)
    for row in rows.select_related("organisation").order_by("organisation__legal_name"):
        body = units.get(row.organisation_id, row.organisation_id)
        found[row.community_id][merged.get(body, body)] = row.organisation.called
    return dict(found)
