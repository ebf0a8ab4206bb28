"""Who of an information community has signed what, at each tier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from agreements.models import Agreement
from charters.models import Protocol
from register.core.dates import today
from register.directory.models import Community, CommunityMember
from register.directory.permissions import visible_communities
from register.directory.survivors import survivors
from register.documents.models import Document, Party, Version
from register.documents.ripples import living
from register.signing.models import Slot
from register.signing.standing import NEVER_ASKED, OBSERVER, WORDS, Standing, standing_of

# What stands before the words, so that colour is never the only sign.
SIGNS = {
    "signed": "✓", "asked": "…", "refused": "✕", "withdrawn": "↩", "lapsed": "⌛", "ended": "■",
    "superseded": "↑", "unconfirmed": "?", "never_asked": "–", "observer": "○",
}  # fmt: skip
COLOURS = {
    "signed": "green", "asked": "blue", "refused": "red", "withdrawn": "red", "lapsed": "orange",
    "ended": "grey", "superseded": "orange", "unconfirmed": "yellow", "never_asked": "grey",
    "observer": "purple",
}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """How a body stands to one charter or protocol, with the address of that one."""

    document: Document
    standing: Standing

    @property
    def words(self) -> str:
        """The standing in a word or two; who was never asked is missing."""
        return "Missing" if self.standing.code == NEVER_ASKED else WORDS[self.standing.code]

    @property
    def sign(self) -> str:
        """The sign that stands before the words."""
        return SIGNS[self.standing.code]

    @property
    def colour(self) -> str:
        """The colour of the tag."""
        return COLOURS[self.standing.code]


@dataclass
class Line:
    """A body in a community: its marks at tiers 1 and 2, and how many agreements it signed of those asked."""

    member: CommunityMember
    charters: list[Mark] = field(default_factory=list)
    protocols: list[Mark] = field(default_factory=list)
    signed: int = 0
    asked: int = 0
    address: str = ""

    @property
    def is_covered(self) -> bool:
        """Whether the body is a signatory of the community's protocol and of the charter."""
        marks = [*self.charters, *self.protocols]
        return bool(self.protocols) and all(mark.standing.counts for mark in marks)


@dataclass
class Framework:
    """The charters, protocols and agreements of some communities, as far as a reader may know of them."""

    protocols: dict[int, list[Document]] = field(default_factory=dict)
    charters: dict[int, list[Document]] = field(default_factory=dict)
    agreements: dict[int, list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Summary:
    """A community in figures: its members, and how many of them signed the charter and the protocol."""

    community: Community
    members: int
    charter: int
    protocol: int
    covered: int

    @property
    def not_covered(self) -> int:
        """How many members have not signed both."""
        return self.members - self.covered


def members_of(user, partnership, community: Community | None = None) -> QuerySet[CommunityMember]:
    """The members today of a partnership's communities, or of one, that a login may know of."""
    communities = current_communities(user, partnership)
    if community is not None:
        communities = communities.filter(pk=community.pk)
    rows = CommunityMember.objects.current(today()).filter(community__in=communities)
    return rows.select_related("community", "organisation__merged_into")


def current_communities(user, partnership) -> QuerySet[Community]:
    """The communities of a partnership today that a login may know of."""
    return Community.objects.current(today()).filter(
        partnership=partnership, pk__in=visible_communities(user).order_by().values("pk")
    )


def lines_of(
    members: Iterable[CommunityMember], user, day: date | None = None, *, agreements: bool = True
) -> list[Line]:
    """How each member stands at each tier; a bounded number of statements for any number of members."""
    rows = list(members)
    merged = survivors()
    bodies = {row.organisation_id for row in rows}
    # On an earlier day what governed then may have governed nobody else: all agreements are read.
    of = _records(bodies, merged) if day is None else None
    framework = framework_of({row.community_id for row in rows}, user, agreements=agreements, of=of)
    found = standing_of(_documents(framework), day, of=bodies)
    counts = _counts(framework, found)
    return [
        _line(row, merged.get(row.organisation_id, row.organisation_id), framework, found, counts)
        for row in rows
    ]


def summaries(members: Iterable[CommunityMember], user) -> list[Summary]:
    """Each community in figures, in the order of their names."""
    by_community: dict[int, list[Line]] = defaultdict(list)
    for line in lines_of(members, user, agreements=False):
        by_community[line.member.community_id].append(line)
    found = [
        Summary(
            community=lines[0].member.community,
            members=len(lines),
            charter=sum(_all_count(line.charters) for line in lines),
            protocol=sum(_all_count(line.protocols) for line in lines),
            covered=sum(line.is_covered for line in lines),
        )
        for lines in by_community.values()
    ]
    return sorted(found, key=lambda each: each.community.name)


def framework_of(
    community_ids: set[int], user, *, agreements: bool = True, of: set[int] | None = None
) -> Framework:
    """The living charters, protocols and agreements of communities. Three statements.

    `of` leaves out the agreements that asked none of these records of bodies for a signature.
    """
    visible = living().filter(pk__in=Document.objects.visible_to(user).order_by().values("pk"))
    rows = Protocol.objects.filter(community_id__in=community_ids, document__in=visible)
    found = Framework(defaultdict(list), defaultdict(list), defaultdict(list))
    by_protocol: dict[int, int] = {}
    for row in rows.select_related("document", "charter").order_by("document__reference"):
        community: int = row.community_id or 0
        found.protocols[community].append(row.document)
        by_protocol[row.document_id] = community
        if row.charter and row.charter not in found.charters[community]:
            found.charters[community].append(row.charter)
    _keep_visible(found, user)
    if agreements:
        under = Agreement.objects.filter(protocol_id__in=by_protocol, document__in=visible)
        under = under if of is None else under.filter(_asks(of))
        for document, protocol in under.values_list("document_id", "protocol_id"):
            found.agreements.setdefault(by_protocol[protocol], []).append(document)
    return found


def _asks(records: set[int]) -> Q:
    """The condition that an agreement has a place for a body to sign, or named it until it ended."""
    own = {"version__document_id": OuterRef("document_id"), "organisation_id__in": records}
    slots = Slot.objects.filter(**own, voided_at__isnull=True)
    governing = Version.objects.governing().filter(document_id=OuterRef("document_id"))
    return Exists(slots) | (Exists(Party.objects.filter(**own)) & ~Exists(governing))


def _records(bodies: set[int], merged: dict[int, int]) -> set[int]:
    """Every record of some bodies: what stands for them, and what was merged into that."""
    last = {merged.get(body, body) for body in bodies}
    return last | {pk for pk, survivor in merged.items() if survivor in last}


def _keep_visible(found: Framework, user) -> None:
    asked = {charter.pk for rows in found.charters.values() for charter in rows}
    known = set(Document.objects.visible_to(user).filter(pk__in=asked).values_list("pk", flat=True))
    for community, rows in found.charters.items():
        found.charters[community] = [charter for charter in rows if charter.pk in known]


def _documents(framework: Framework) -> list[int]:
    above = [*framework.charters.values(), *framework.protocols.values()]
    ids = {document.pk for rows in above for document in rows}
    return sorted(ids | {pk for rows in framework.agreements.values() for pk in rows})


def _counts(framework: Framework, found: dict[tuple[int, int], Standing]) -> dict[int, tuple]:
    """By community: how many agreements each body was asked to sign, and how many it signed."""
    of_agreement = {pk: c for c, rows in framework.agreements.items() for pk in rows}
    asked: dict[int, Counter] = defaultdict(Counter)
    signed: dict[int, Counter] = defaultdict(Counter)
    for (document, body), standing in found.items():
        community = of_agreement.get(document)
        if community is not None and standing.code not in (NEVER_ASKED, OBSERVER):
            asked[community][body] += 1
            signed[community][body] += standing.counts
    return {community: (signed[community], asked[community]) for community in asked}


def _line(row: CommunityMember, body: int, framework: Framework, found, counts) -> Line:
    community = row.community_id
    signed, asked = counts.get(community, (Counter(), Counter()))
    return Line(
        member=row,
        charters=_marks(framework.charters.get(community, []), body, found),
        protocols=_marks(framework.protocols.get(community, []), body, found),
        signed=signed[body],
        asked=asked[body],
        address=f"/register/?tier=3&community={community}&body={body}",
    )


def _marks(documents: list[Document], body: int, found) -> list[Mark]:
    return [Mark(each, found.get((each.pk, body), Standing())) for each in documents]


def _all_count(marks: list[Mark]) -> bool:
    return bool(marks) and all(mark.standing.counts for mark in marks)
