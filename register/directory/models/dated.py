"""Facts that hold from one day until another."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from register.ledger.tracked import Tracked, TrackedQuerySet


class DatedQuerySet(TrackedQuerySet):
    """Questions about rows that hold from one day until another."""

    def current(self, day) -> Self:
        """The rows that hold on a day (a date)."""
        return self.filter(
            models.Q(starts_on__isnull=True) | models.Q(starts_on__lte=day),
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day),
        )


class Dated(Tracked):
    """A fact with a first and a last day, both inclusive; an empty day is open."""

    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message="Enter a last day that is not before the first day.",
            )
        ]

    def holds_on(self, day) -> bool:
        """Whether the fact holds on a day (a date)."""
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or self.ends_on >= day
        )
