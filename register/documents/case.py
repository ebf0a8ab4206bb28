"""A version with everything that rules ask of it, read for many versions at once.

Rules are plain questions about a case and make no statement of their own, so that the rules of one
entry and those of ten thousand cost the same few statements a batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db.models import Count

from register.core.dates import today
from register.core.text import strip
from register.directory.models import Membership
from register.directory.models.partnerships import MembershipKind
from register.documents.lifecycle import GOVERNING
from register.documents.models import Clause, Content, Document, Part, Party, Version
from register.documents.models.checking import PartnershipRule
from register.documents.tiers import TIERS

BATCH = 500

Row = TypeVar("Row", bound=Content)


@dataclass(frozen=True)
class Parent:
    """A document above: whether it is the main one, and its version in force, if it has one."""

    document: Document
    is_main: bool
    governing: Version | None


@dataclass
class Case:
    """A version and what stands round it on a day."""

    version: Version
    day: date
    parties: list[Party] = field(default_factory=list)
    # Bodies that are members of the partnership today, other than those bound by single agreements.
    members: frozenset[int] = frozenset()
    clauses: int = 0
    rows: dict[type[Content], list] = field(default_factory=dict)
    parents: list[Parent] = field(default_factory=list)
    place: dict = field(default_factory=dict)
    # Codes of warnings that the partnership made bars.
    made_bars: frozenset[str] = frozenset()
    # What rooms above have loaded, by their name.
    more: dict = field(default_factory=dict)

    @property
    def document(self) -> Document:
        """The document that the version is of."""
        return self.version.document

    @property
    def bound(self) -> list[Party]:
        """The parties that are bound, without observers and drafting partners."""
        return [party for party in self.parties if party.part == Part.PARTY]

    def of(self, model: type[Row]) -> list[Row]:
        """The rows of one of the tier's models."""
        return self.rows.get(model, [])

    def says(self, model: type[Content], name: str) -> bool:
        """Whether a text field of the tier holds words."""
        return any(strip(getattr(row, name)) for row in self.of(model))


# What rooms above load for many versions at once: name, and the function that does it.
LOADERS: dict[str, Callable[[list[Version]], dict[int, object]]] = {}


def case_of(version: Version) -> Case:
    """The case of one version."""
    return cases_of([version.pk])[version.pk]


def cases_of(version_ids: Iterable[int]) -> dict[int, Case]:
    """The cases of at most 500 versions, in a number of statements that does not grow with them."""
    rows = Version.objects.filter(pk__in=list(version_ids))
    versions = list(rows.select_related("document__partnership", "document__owner"))
    day = today()
    cases = {version.pk: Case(version, day) for version in versions}
    _load_parties(cases)
    _load_members(cases)
    _load_rows(cases)
    _load_places(cases)
    _load_settings(cases)
    for name, load in LOADERS.items():
        loaded = load(versions)
        for pk, case in cases.items():
            case.more[name] = loaded.get(pk)
    return cases


def _load_parties(cases: dict[int, Case]) -> None:
    parties = Party.objects.filter(version_id__in=cases).select_related("organisation")
    for party in parties.order_by("version_id", "position", "pk"):
        cases[party.version_id].parties.append(party)


def _load_members(cases: dict[int, Case]) -> None:
    partnerships = {case.document.partnership_id for case in cases.values()}
    bodies = {party.organisation_id for case in cases.values() for party in case.parties}
    rows = Membership.objects.current(today()).exclude(kind=MembershipKind.SINGLE)
    rows = rows.filter(partnership_id__in=partnerships, organisation_id__in=bodies)
    members: dict[int, set[int]] = defaultdict(set)
    for partnership, body in rows.values_list("partnership_id", "organisation_id"):
        members[partnership].add(body)
    for case in cases.values():
        case.members = frozenset(members[case.document.partnership_id])


def _load_rows(cases: dict[int, Case]) -> None:
    counts = Clause.objects.filter(version_id__in=cases).order_by().values("version_id")
    for counted in counts.annotate(count=Count("pk")):
        cases[counted["version_id"]].clauses = counted["count"]
    for number, tier in TIERS.items():
        ids = [pk for pk, case in cases.items() if case.document.tier == number]
        for model in dict.fromkeys(task.model for task in tier.tasks) if ids else ():
            for row in model._default_manager.filter(version_id__in=ids):
                cases[row.version_id].rows.setdefault(model, []).append(row)


def _load_places(cases: dict[int, Case]) -> None:
    by_tier: dict[int, list[int]] = defaultdict(list)
    for case in cases.values():
        by_tier[case.document.tier].append(case.document.pk)
    parents: dict[int, list[tuple[Document, bool]]] = {}
    places: dict[int, dict] = {}
    for number, ids in by_tier.items():
        parents.update(TIERS[number].parents_of(ids))
        places.update(TIERS[number].places(ids))
    above = {parent.pk for rows in parents.values() for parent, _ in rows}
    rows = Version.objects.filter(document_id__in=above, state__in=GOVERNING)
    governing = {version.document_id: version for version in rows}
    for case in cases.values():
        case.place = places.get(case.document.pk) or {}
        case.parents = [
            Parent(parent, is_main, governing.get(parent.pk))
            for parent, is_main in parents.get(case.document.pk, [])
        ]


def _load_settings(cases: dict[int, Case]) -> None:
    partnerships = {case.document.partnership_id for case in cases.values()}
    made: dict[int, set[str]] = defaultdict(set)
    rows = PartnershipRule.objects.filter(partnership_id__in=partnerships, is_bar=True)
    for partnership, code in rows.values_list("partnership_id", "code"):
        made[partnership].add(code)
    for case in cases.values():
        case.made_bars = frozenset(made[case.document.partnership_id])
