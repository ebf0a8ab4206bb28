"""Which requests and emergency shares a login may know of; asked in a bounded number of statements."""

from __future__ import annotations

from collections import defaultdict
from typing import Self

from django.db.models import Q

from register.accounts.roles import READ_FOR
from register.directory.reach import Reach, reach_of
from register.ledger.tracked import TrackedQuerySet


class RequestQuerySet(TrackedQuerySet):
    """Questions about requests to share."""

    def visible_to(self, user) -> Self:
        """The requests that a login may know of.

        Those that one of its bodies asked or decides, and those that the deciding body shows to
        the partners. A role in the whole partnership opens no other.
        """
        reach = reach_of(user)
        if reach.sees_everything:
            return self
        return self.filter(of_bodies(reach, "asking", "deciding") | _shown(reach))

    def read_whole_by(self, user) -> Self:
        """Those of which a login may read the deciding body's own weighing and history too."""
        reach = reach_of(user)
        if reach.sees_everything:
            return self
        return self.filter(of_bodies(reach, "deciding") | _shown(reach))

    def undecided(self) -> Self:
        """Those that wait for a decision."""
        return self.filter(decision="")

    def decided_by_bodies_of(self, user) -> Self:
        """Those that one of a login's bodies decides."""
        return self.filter(of_bodies(reach_of(user), "deciding"))


class EmergencyQuerySet(TrackedQuerySet):
    """Questions about emergency shares."""

    def visible_to(self, user) -> Self:
        """The emergency shares that one of a login's bodies gave or received."""
        reach = reach_of(user)
        if reach.sees_everything:
            return self
        return self.filter(of_bodies(reach, "giver", "receiver"))

    def to_be_reviewed(self) -> Self:
        """Those that nobody has reviewed yet."""
        return self.filter(review__isnull=True)

    def overdue(self, day) -> Self:
        """Those whose review was due before a day (a date)."""
        return self.to_be_reviewed().filter(review_due_on__lt=day)


def of_bodies(reach: Reach, *roles: str) -> Q:
    """The rows in which a body for which a login may read stands in one of some roles.

    A record that was merged into one of its bodies counts as that body.
    """
    found = Q(pk__in=[])
    for partnership, bodies in _by_partnership(reach).items():
        mine = Q(pk__in=[])
        for role in roles:
            mine |= Q(**{f"{role}__in": bodies}) | Q(**{f"{role}__merged_into__in": bodies})
        found |= Q(partnership=partnership) & mine
    return found


def _shown(reach: Reach) -> Q:
    return Q(is_shown_to_partners=True, partnership__in=reach.whole | reach.partnerships)


def _by_partnership(reach: Reach) -> dict[int, set[int]]:
    bodies: dict[int, set[int]] = defaultdict(set)
    for pk in reach.by_membership.get(READ_FOR, set()):
        bodies[reach.membership_partnerships[pk]].add(reach.membership_bodies[pk])
    return bodies
