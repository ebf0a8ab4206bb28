"""What is not covered: parties of agreements, members of communities, agreements outside the framework."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from agreements.models import Agreement
from charters.models import Protocol
from register.core.dates import today, words
from register.directory.models import Community, CommunityMember, Partnership
from register.directory.models.organisations import LegalStatus
from register.directory.survivors import answering, survivors
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Document, Part, Party, Version
from register.reports.coverage import current_communities, framework_of
from register.signing.standing import Standing, standing_of

BINDING = (*GOVERNING, State.SIGNING)


@dataclass(frozen=True)
class Reason:
    """One reason why somebody is not covered, with the document that it is about, where one may be named."""

    says: str
    document: Document | None = None


@dataclass
class Above:
    """A protocol with its charter, and which bodies are current signatories of both."""

    protocol: Document
    charter: Document | None
    is_in_force: bool
    covered: set[int] = field(default_factory=set)


class Framework:
    """How every body stands to the protocols and charters of a partnership; a bounded number of statements."""

    def __init__(self, partnership: Partnership, user) -> None:
        self.user, self.merged, self.units = user, survivors(), answering()
        rows = Protocol.objects.filter(document__partnership=partnership)
        pairs = {r.document: r.charter for r in rows.select_related("document", "charter")}
        ids = {each.pk for pair in pairs.items() for each in pair if each is not None}
        self.found = standing_of(ids)
        self.visible = set(
            Document.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)
        )
        in_force = _in_force(ids)
        records = self._records()
        self.above = {
            protocol.pk: Above(
                protocol,
                charter,
                protocol.pk in in_force,
                self._covered(protocol, charter, records),
            )
            for protocol, charter in pairs.items()
        }

    def standing(self, document: Document, body: int) -> Standing:
        """How a body stands to one charter or protocol, by the record that answers for it."""
        body = self.merged.get(body, body)
        found = self.found.get((document.pk, body))
        if found is None and body in self.units:
            found = self.found.get((document.pk, self.units[body]))
        return found or Standing()

    def reasons(self, protocol_id: int | None, body: int) -> list[Reason]:
        """Why a body is not covered under a protocol; an empty list where it is."""
        above = self.above.get(protocol_id or 0)
        if above is None:
            return [Reason("No protocol is chosen for this agreement.")]
        reasons = []
        if not above.is_in_force:
            reasons.append(self._reason("Nothing is in force of the protocol", above.protocol))
        for word, document in (("charter", above.charter), ("protocol", above.protocol)):
            if document is None:
                continue
            standing = self.standing(document, body)
            if not standing.counts:
                on = f" ({words(standing.on)})" if standing.on else ""
                reasons.append(self._reason(f"It {standing.predicate} the {word}", document, on))
        return reasons

    def _reason(self, says: str, document: Document, more: str = "") -> Reason:
        if document.pk not in self.visible:
            return Reason(f"{says}{more}.")
        return Reason(f"{says} {document.reference}{more}.", document)

    def _covered(self, protocol: Document, charter: Document | None, records) -> set[int]:
        signed: dict[int, set[int]] = defaultdict(set)
        for (document, body), standing in self.found.items():
            if standing.counts:
                signed[document].add(body)
        bodies = signed[protocol.pk] & (signed[charter.pk] if charter else signed[protocol.pk])
        return {record for body in bodies for record in records.get(body, {body})}

    def _records(self) -> dict[int, set[int]]:
        """Every record that a body answers for: itself, what was merged into it, its units."""
        records: dict[int, set[int]] = defaultdict(set)
        for pk, last in [*self.merged.items(), *self.units.items()]:
            records[last] |= {pk, last}
        return records


def uncovered_parties(partnership: Partnership, user, framework: Framework) -> QuerySet[Party]:
    """The parties of agreements in force or out for signature that are not covered, as a query."""
    agreements = Document.objects.visible_to(user).of_tier(3).filter(partnership=partnership)
    rows = Party.objects.filter(
        part=Part.PARTY,
        version__state__in=BINDING,
        version__document__in=agreements,
        version__document__agreement__is_outside=False,
    ).exclude(organisation__legal_status=LegalStatus.ARRANGEMENT)
    return rows.filter(_uncovered(framework)).select_related(
        "organisation", "version__document__agreement"
    )


def reasons_for(party: Party, framework: Framework) -> list[Reason]:
    """Why a party of an agreement is not covered."""
    document = party.version.document
    if party.only_this_reason:
        return [Reason(f"It is bound by this agreement only: {party.only_this_reason}")]
    reasons = framework.reasons(document.agreement.protocol_id, party.organisation_id)
    if not document.is_confirmed:
        reasons.append(Reason("The entry is imported, and no officer has confirmed it."))
    return reasons


def uncovered_members(
    partnership: Partnership, user, framework: Framework, community: Community | None
) -> QuerySet[CommunityMember]:
    """The members of communities that are signatories of no protocol there, or not of its charter."""
    communities = current_communities(user, partnership)
    if community is not None:
        communities = communities.filter(pk=community.pk)
    keys = set(communities.values_list("pk", flat=True))
    covered = Q(pk__in=[])
    for key, protocols in framework_of(keys, user, agreements=False).protocols.items():
        above = [framework.above[each.pk] for each in protocols if each.pk in framework.above]
        if above:
            every = set.intersection(*(each.covered for each in above))
            covered |= Q(community_id=key, organisation_id__in=every)
    rows = CommunityMember.objects.current(today()).filter(community_id__in=keys).exclude(covered)
    return rows.select_related("community", "organisation")


def reasons_for_members(
    rows: list[CommunityMember], user, framework: Framework
) -> list[tuple[CommunityMember, list[Reason]]]:
    """Why each member is not covered. A few statements for any number."""
    protocols = framework_of({row.community_id for row in rows}, user, agreements=False).protocols
    found = []
    for row in rows:
        above = protocols.get(row.community_id, [])
        reasons = [r for each in above for r in framework.reasons(each.pk, row.organisation_id)]
        found.append((row, _once(reasons) or [Reason("The community has no protocol.")]))
    return found


def outside(partnership: Partnership, user) -> QuerySet[Agreement]:
    """The agreements in force or in the making that stand outside the framework, with their reason."""
    visible = Document.objects.visible_to(user).filter(partnership=partnership)
    living = Version.objects.filter(document_id=OuterRef("document_id"), state__in=BINDING)
    rows = Agreement.objects.filter(is_outside=True, document__in=visible)
    return rows.filter(Exists(living)).select_related("document")


def _uncovered(framework: Framework) -> Q:
    column = "version__document__agreement__protocol"
    found = Q(**{f"{column}__isnull": True}) | Q(version__document__is_confirmed=False)
    found |= ~Q(only_this_reason="")
    for pk, above in framework.above.items():
        under = Q(**{f"{column}_id": pk})
        found |= under & ~Q(organisation_id__in=above.covered) if above.is_in_force else under
    return found


def _in_force(ids: set[int]) -> set[int]:
    rows = Version.objects.governing().filter(document_id__in=ids)
    return set(rows.filter(document__is_confirmed=True).values_list("document_id", flat=True))


def _once(reasons: list[Reason]) -> list[Reason]:
    return list({reason.says: reason for reason in reasons}.values())
