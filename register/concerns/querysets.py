"""Which concerns and checks a login may know of; asked in a bounded number of statements."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db.models import Exists, OuterRef, Q

from register.accounts.roles import READ_FOR
from register.directory.reach import Reach, reach_of
from register.documents.models import Document, Part, Party
from register.ledger.tracked import TrackedQuerySet


class ConcernQuerySet(TrackedQuerySet):
    """Questions about breaches and concerns."""

    def visible_to(self, user) -> Self:
        """The concerns that a login may know of.

        Of an entry that it may know of: the partnership office all; others those of an entry that
        one of their bodies leads, and those in which one of their bodies is concerned.
        """
        reach = reach_of(user)
        if reach.sees_everything:
            return self
        mine = reach.bodies(READ_FOR)
        rows = self.model._meta.get_field("bodies").related_model._default_manager
        named = rows.filter(_of(mine), concern_id=OuterRef("pk"))
        return self.filter(_known(user), _office_or_lead(reach, mine) | Exists(named))

    def open(self) -> Self:
        """Those that nobody has closed."""
        return self.filter(closed_on__isnull=True)

    def closed(self) -> Self:
        """Those that were closed."""
        return self.filter(closed_on__isnull=False)


class CheckQuerySet(TrackedQuerySet):
    """Questions about adherence checks."""

    def visible_to(self, user) -> Self:
        """The checks that a login may read: the partnership office, the lead body and the parties."""
        reach = reach_of(user)
        if reach.sees_everything:
            return self
        mine = reach.bodies(READ_FOR)
        parties = Party.objects.filter(
            _of(mine), version_id=OuterRef("version_id"), part=Part.PARTY
        )
        return self.filter(_known(user), _office_or_lead(reach, mine) | Exists(parties))

    def newest(self) -> Self:
        """The last check of each entry."""
        later = self.model._default_manager.filter(document_id=OuterRef("document_id")).filter(
            Q(checked_on__gt=OuterRef("checked_on"))
            | Q(checked_on=OuterRef("checked_on"), pk__gt=OuterRef("pk"))
        )
        return self.filter(~Exists(later))

    def due(self, day: date) -> Self:
        """The last checks whose next one is due on a day or was before."""
        return self.newest().filter(next_on__lte=day)


def _known(user) -> Q:
    # Asked of each row: few there are, and a list of all entries would be made for none.
    known = Document.objects.visible_to(user).order_by()
    return Q(Exists(known.filter(pk=OuterRef("document_id"))))


def _office_or_lead(reach: Reach, mine: set[int]) -> Q:
    lead = Q(document__lead_id__in=mine) | Q(document__lead__merged_into_id__in=mine)
    return Q(document__partnership_id__in=reach.whole) | lead


def _of(bodies: set[int]) -> Q:
    return Q(organisation_id__in=bodies) | Q(organisation__merged_into_id__in=bodies)
