"""Questions about what is asked and what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from register.ledger.tracked import TrackedQuerySet


class ReviewRequestQuerySet(TrackedQuerySet):
    """Questions about advice asked."""

    def open(self) -> Self:
        """Those to which an answer is waited for."""
        return self.filter(closed_at__isnull=True)

    def late(self, day: date) -> Self:
        """Those to which an answer was waited for longer than until its day."""
        return self.open().filter(due_on__lt=day)


class AdviceQuerySet(TrackedQuerySet):
    """Questions about advice given."""

    def of_versions(self, version_ids: Iterable[int]) -> Self:
        """What was answered on versions, in the order in which it was given; one statement."""
        rows = self.filter(request__version_id__in=list(version_ids))
        return rows.select_related("request__organisation").order_by("pk")
