"""Which party of a version is no current signatory of the tiers above it, and how exactly it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from register.core.dates import today
from register.directory.models import ArrangementMember, Organisation
from register.directory.models.organisations import LegalStatus
from register.directory.survivors import answering, stand_ins
from register.documents import steps
from register.documents.models import Document, Part, Party, Version
from register.documents.tiers import TIERS
from register.signing.standing import Standing, standing_of


@dataclass(frozen=True)
class Gap:
    """A party that is no current signatory of a document above: who, of what, and how it stands."""

    organisation_id: int
    name: str
    tier: int
    document_id: int
    reference: str
    word: str
    standing: Standing

    @property
    def sentence(self) -> str:
        """The gap in one sentence, with the reference of the document above."""
        return f"{self.name} {self.standing.predicate} the {self.word.lower()} {self.reference}."


def tier_gaps(version_ids: Iterable[int], day: date | None = None) -> dict[int, list[Gap]]:
    """For each version the parties that are no current signatories of its main parent, and above.

    For an agreement its main protocol and that one's charter, for a protocol its charter; charters
    and what stands outside the framework have none. A party that is bound by this agreement only is
    left out; a unit is answered for by its body, an arrangement by its members. A bounded number of
    statements for any number of versions up to 5,000.
    """
    ids = list(version_ids)
    above = parents_above(ids)
    return gaps_below(above, bound_bodies(ids, day), day)


def gaps_below(
    above: Mapping[int, list[Document]],
    bodies: Mapping[int, Mapping[int, str]],
    day: date | None = None,
) -> dict[int, list[Gap]]:
    """The gaps of versions, given the documents above each and its bodies (key and name)."""
    pairs = {
        (d.pk, body) for pk, rows in above.items() for d in rows for body in bodies.get(pk, ())
    }
    found = standing_of(sorted(pairs), day) if pairs else {}
    return {
        pk: [
            Gap(body, name, d.tier, d.pk, d.reference, d.tier_word, found[d.pk, body])
            for body, name in bodies.get(pk, {}).items()
            for d in sorted(rows, key=lambda each: each.tier)
            if not found[d.pk, body].counts
        ]
        for pk, rows in above.items()
    }


def parents_above(version_ids: list[int]) -> dict[int, list[Document]]:
    """For each version its document's main parent, and the main parent of that. Three statements."""
    rows = Version.objects.filter(pk__in=version_ids)
    pairs = list(rows.values_list("pk", "document_id", "document__tier"))
    direct: dict[int, Document] = {}
    for tier in TIERS:
        direct |= _main(tier, [document for _, document, number in pairs if number == tier])
    upper: dict[int, Document] = {}
    for tier in TIERS:
        upper |= _main(tier, list({d.pk for d in direct.values() if d.tier == tier}))
    found: dict[int, list[Document]] = {}
    for version, document, _ in pairs:
        parent = direct.get(document)
        chain = [parent, upper.get(parent.pk)] if parent else []
        found[version] = [each for each in chain if each is not None]
    return found


def bound_bodies(version_ids: list[int], day: date | None = None) -> dict[int, dict[int, str]]:
    """For each version the bodies that must be signatories above it, with their names. Three statements."""
    rows = Party.objects.filter(
        version_id__in=version_ids, part=Part.PARTY, only_this_reason=""
    ).select_related("organisation", "version")
    units, members = answering(), _members(day or today())
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for row, body in _as_today(list(rows.order_by("position", "pk"))):
        if body.legal_status == LegalStatus.ARRANGEMENT and body.pk in members:
            found[row.version_id] |= members[body.pk]
        else:
            found[row.version_id][units.get(body.pk, body.pk)] = body.legal_name
    _add_joined(found, version_ids)
    return found


def _as_today(rows: list[Party]) -> list[tuple[Party, Organisation]]:
    """Parties with the bodies that stand for them today, where others took the place of one."""
    bodies = {row.organisation_id: row.organisation for row in rows}
    stands = stand_ins({row.version.document_id for row in rows}, bodies.values())
    last = {row.pk: stands.of(row.version.document_id, row.organisation_id) for row in rows}
    bodies |= Organisation.objects.in_bulk(set(last.values()) - set(bodies))
    return [(row, bodies[last[row.pk]]) for row in rows]


def _add_joined(found: dict[int, dict[int, str]], version_ids: list[int]) -> None:
    """Add the bodies that versions bind besides their parties, such as the members of a group."""
    more = [
        (pk, body)
        for asks in steps.MORE_BODIES.values()
        for ask in asks
        for pk, own in ask(version_ids).items()
        for body in own
    ]
    if more:
        names = Organisation.objects.in_bulk({body for _, body in more})
        for pk, body in more:
            found[pk].setdefault(body, names[body].legal_name)


def _main(tier: int, document_ids: list[int]) -> dict[int, Document]:
    if not document_ids:
        return {}
    above = TIERS[tier].parents_of(document_ids)
    return {
        pk: next(d for d, is_main in rows if is_main) for pk, rows in above.items() if _any(rows)
    }


def _any(rows: list[tuple[Document, bool]]) -> bool:
    return any(is_main for _, is_main in rows)


def _members(day: date) -> dict[int, dict[int, str]]:
    rows = ArrangementMember.objects.current(day).select_related("member")
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for row in rows.order_by("member__legal_name"):
        found[row.arrangement_id][row.member_id] = row.member.legal_name
    return found
