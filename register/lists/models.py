"""One dated row of a reference list."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models

from register.core.dates import today
from register.ledger.tracked import Tracked, TrackedQuerySet
from register.lists.catalogue import LISTS
from register.lists.facts import given, unpacked
from register.lists.fields import FactsField
from register.lists.shapes import Value


class ItemQuerySet(TrackedQuerySet):
    """Questions about the rows of a list."""

    def of(self, list_code: str) -> ItemQuerySet:
        """The rows of one list, in its own order."""
        return self.filter(list_code=list_code).order_by("position", "label")

    def in_use_on(self, day: date) -> ItemQuerySet:
        """The rows that may be chosen on a day."""
        return self.filter(
            models.Q(in_force_from__isnull=True) | models.Q(in_force_from__lte=day),
            models.Q(in_force_until__isnull=True) | models.Q(in_force_until__gte=day),
        )

    def law(self) -> ItemQuerySet:
        """The rows of the lists of law."""
        return self.filter(list_code__in=[found.code for found in LISTS.values() if found.is_law])

    def turned_by(self, day: date) -> ItemQuerySet:
        """The rows that came into force or ended since it was last told, up to a day."""
        come = models.Q(in_force_from__gt=models.F("told_on"), in_force_from__lte=day)
        gone = models.Q(in_force_until__gte=models.F("told_on"), in_force_until__lt=day)
        return self.filter(come | gone)


class Item(Tracked):
    """A value that people may choose: code, wording, meaning, source, facts, from when to when."""

    list_code = models.SlugField("list", max_length=40)
    code = models.SlugField("code", max_length=60)
    label = models.CharField("wording", max_length=200)
    meaning = models.TextField("what it means", blank=True)
    source = models.CharField("source", max_length=300, blank=True)
    extent = models.CharField("extent", max_length=40, blank=True)
    in_force_from = models.DateField("in force from", null=True, blank=True)
    in_force_until = models.DateField("in force until", null=True, blank=True)
    facts = FactsField("facts")
    told_on = models.DateField("coming and going told up to", default=today, editable=False)
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

    def all_facts(self) -> dict[str, Value]:
        """Every fact that the row's list knows, typed; what was never given is empty."""
        return unpacked(LISTS[self.list_code], self.facts)

    def fact(self, name: str) -> Any:
        """One fact: words or a code (str), yes or no (bool), codes (tuple), a day (date or None).

        Raises KeyError for a name that the row's list does not know.
        """
        found = LISTS[self.list_code].fact(name)
        return found.read(given(self.facts).get(name))

    def holds_on(self, day: date) -> bool:
        """Whether the row may be chosen on a day."""
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_until is None or self.in_force_until >= day
        )

    @property
    def commencement_is_unknown(self) -> bool:
        """Whether nobody has yet entered since when, and by which instrument, it is law."""
        if "commencement_unknown" not in given(self.facts):
            return False
        known = self.in_force_from and self.fact("commencement_instrument")
        return bool(self.fact("commencement_unknown")) and not known

    def is_known_in_force(self, day: date) -> bool:
        """Whether rules may rely on the row on a day: it holds, and its commencement is known."""
        return self.holds_on(day) and not self.commencement_is_unknown
