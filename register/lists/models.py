"""One dated row of a reference list."""

from typing import ClassVar

from django.db import models

from register.ledger.tracked import Tracked, TrackedQuerySet


class ItemQuerySet(TrackedQuerySet):
    """Questions about the rows of a list."""

    def of(self, list_code: str) -> "ItemQuerySet":
        """The rows of one list, in its own order."""
        return self.filter(list_code=list_code).order_by("position", "label")

    def in_use_on(self, day) -> "ItemQuerySet":
        """The rows that may be chosen on a day (a date)."""
        return self.filter(
            models.Q(in_force_from__isnull=True) | models.Q(in_force_from__lte=day),
            models.Q(in_force_until__isnull=True) | models.Q(in_force_until__gte=day),
        )


class Item(Tracked):
    """A value that people may choose: code, wording, meaning, source, and from when to when."""

    list_code = models.SlugField("list", max_length=40)
    code = models.SlugField("code", max_length=60)
    label = models.CharField("wording", max_length=200)
    meaning = models.TextField("what it means", blank=True)
    source = models.CharField("source", max_length=300, blank=True)
    extent = models.CharField("extent", max_length=40, blank=True)
    in_force_from = models.DateField("in force from", null=True, blank=True)
    in_force_until = models.DateField("in force until", null=True, blank=True)
    position = models.PositiveIntegerField("position", default=0)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list_code", "code"], name="lists_item_once_a_list"),
            models.CheckConstraint(
                condition=models.Q(in_force_until__isnull=True)
                | models.Q(in_force_from__isnull=True)
                | models.Q(in_force_until__gte=models.F("in_force_from")),
                name="lists_item_until_after_from",
                violation_error_message="Enter a last day that is not before the first day.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def holds_on(self, day) -> bool:
        """Whether the row may be chosen on a day (a date)."""
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_until is None or self.in_force_until >= day
        )
