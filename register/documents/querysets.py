"""Questions about documents and versions."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from register.directory.reach import reach_of
from register.documents.lifecycle import EDITABLE, GOVERNING, PREPARING, State
from register.ledger.tracked import TrackedQuerySet


class DocumentQuerySet(TrackedQuerySet):
    """Questions about documents."""

    def visible_to(self, user) -> DocumentQuerySet:
        """The documents that a login may know of.

        A partnership-wide role sees all of its partnership; others see what is open to partners
        of their partnerships, and what names one of their bodies or themselves as reader.
        """
        reach = reach_of(user)
        if reach.sees_everything:
            return self
        readers = self.model._meta.get_field("readers").related_model.objects
        named = readers.filter(reach.as_reader(), document_id=OuterRef("pk"))
        return self.filter(
            Q(partnership_id__in=reach.whole)
            | Q(open_to_partners=True, partnership_id__in=reach.partnerships)
            | Exists(named)
        )

    def of_tier(self, tier: int) -> DocumentQuerySet:
        """The documents of one tier: 1 charter, 2 protocol, 3 agreement."""
        return self.filter(tier=tier)


class VersionQuerySet(TrackedQuerySet):
    """Questions about versions."""

    def governing(self) -> VersionQuerySet:
        """Versions in force or under review."""
        return self.filter(state__in=GOVERNING)

    def in_preparation(self) -> VersionQuerySet:
        """Versions being drafted, consulted on or signed."""
        return self.filter(state__in=PREPARING)

    def out_for_signature(self) -> VersionQuerySet:
        """Versions out for signature."""
        return self.filter(state=State.SIGNING)

    def due_to_commence(self, day) -> VersionQuerySet:
        """Versions out for signature whose commencement date is reached on a day (a date)."""
        return self.out_for_signature().filter(commencement_on__lte=day)

    def not_drafts(self) -> VersionQuerySet:
        """Versions that were issued, admitted, or both: no drafts, and no drafts that were discarded."""
        return self.exclude(state__in=EDITABLE, is_admitted=False).exclude(
            state=State.ENDED, frozen_at__isnull=True, is_admitted=False
        )
