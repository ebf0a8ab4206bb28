"""What the filter of the register offers: communities, bodies and owners that the reader may know of."""

from __future__ import annotations

from dataclasses import dataclass, field

from register.directory.models import Appointment, Membership, Organisation, Partnership, Person
from register.directory.permissions import (
    partnerships_of,
    visible_bodies,
    visible_communities,
    visible_people,
)
from register.documents.lifecycle import State
from register.documents.tiers import TIERS
from register.lists.labels import labels

STATUSES = {
    **{state.value: state.label for state in State},
    "unconfirmed": "As recorded, unconfirmed",
    "suspended": "Suspended",
    "overdue": "Review overdue",
    "part_signed": "Part signed",
}


@dataclass
class Choices:
    """The names that a reader may filter by; a name that is asked for is looked up when it is not among them."""

    user: object
    partnership: Partnership | None
    lists: dict[str, dict[int, str]] = field(default_factory=dict)

    def has(self, name: str, pk: int) -> bool:
        """Whether the reader may filter by this community, body or owner."""
        if pk not in self.lists[name]:
            found = _LOOKED_UP[name](self.user).filter(pk=pk).first()
            if found is not None:
                self.lists[name][pk] = str(found)
        return pk in self.lists[name]

    def words(self, name: str, pk: int) -> str:
        """The name of a community, body or owner."""
        return self.lists[name].get(pk, "")

    def tier_word(self, tier: int) -> str:
        """The partnership's own word for a tier."""
        home = self.partnership or Partnership()
        return home.word(tier)

    @property
    def tiers(self) -> list[tuple[str, str]]:
        """The three tiers in the partnership's own words."""
        return [(str(tier), self.tier_word(tier)) for tier in (1, 2, 3)]


def choices_for(user, home: Partnership | None) -> Choices:
    """What a login may filter by, in the words of its partnership. Three statements."""
    ours = partnerships_of(user)
    memberships = Membership.objects.filter(partnership_id__in=ours)
    bodies = Organisation.objects.surviving().filter(pk__in=memberships.values("organisation_id"))
    roles = Appointment.objects.to_roles()
    in_ours = roles.filter(partnership_id__in=ours) | roles.filter(
        membership__partnership_id__in=ours
    )
    owners = Person.objects.filter(pk__in=in_ours.values("person_id"))
    communities = visible_communities(user).order_by("name")
    return Choices(
        user,
        home,
        {
            "community": dict(communities.values_list("pk", "name")),
            "body": dict(bodies.order_by("legal_name").values_list("pk", "legal_name")),
            "owner": dict(owners.order_by("name").values_list("pk", "name")),
        },
    )


def kinds() -> dict[str, str]:
    """The kinds of documents of all tiers, by code."""
    found: dict[str, str] = {}
    for number in sorted(TIERS, reverse=True):
        found.update(labels(TIERS[number].kind_list))
    return found


def body_with_merged(pk: int) -> set[int]:
    """A body with every record that was merged into the one that stands for it. One statement."""
    rows = Organisation.objects.filter(merged_into__isnull=False)
    into = dict(rows.values_list("pk", "merged_into_id"))
    survivor = _last(pk, into)
    return {pk, survivor} | {other for other in into if _last(other, into) == survivor}


def _last(pk: int, into: dict[int, int]) -> int:
    seen: set[int] = set()
    while pk in into and pk not in seen:
        seen.add(pk)
        pk = into[pk]
    return pk


_LOOKED_UP = {
    "community": visible_communities,
    "body": visible_bodies,
    "owner": visible_people,
}
