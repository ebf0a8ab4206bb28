"""A succession, the bodies that it is about, and what it means for each entry."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from register.core.dates import today
from register.directory.models import Organisation
from register.documents.models import Document
from register.ledger.tracked import Tracked, TrackedQuerySet


class Kind(models.TextChoices):
    """What happens to the bodies."""

    MERGE = "merge", "One or more bodies merge into another"
    SPLIT = "split", "A body is split among several"
    RENAME = "rename", "A body takes another name"
    CLOSE = "close", "A body closes, and none takes its place"


class Side(models.TextChoices):
    """On which side of a succession a body stands."""

    FROM = "from", "From"
    TO = "to", "To"


class Outcome(models.TextChoices):
    """What became of a body's part in one entry."""

    CARRIED = "carried", "Signatures carried over"
    ASKED = "asked", "Asked to sign afresh"
    ITSELF = "itself", "Has a place to sign of its own"
    NAMED = "named", "Named in its place"
    REVIEW = "review", "Early review opened"
    NOTHING = "nothing", "Nothing to do"


class SuccessionQuerySet(TrackedQuerySet):
    """Questions about successions."""

    def standing(self) -> SuccessionQuerySet:
        """Successions that are confirmed and were not undone."""
        return self.filter(confirmed_at__isnull=False, undone_at__isnull=True)

    def due(self, day) -> SuccessionQuerySet:
        """Confirmed successions whose day (a date) has come and which have not begun."""
        return self.standing().filter(begun_at__isnull=True, on__lte=day).order_by("on", "pk")

    def under_way(self) -> SuccessionQuerySet:
        """Successions that have begun and are not followed in every entry yet."""
        return self.standing().filter(begun_at__isnull=False, done_at__isnull=True)


class Succession(Tracked):
    """Bodies merge, split, take another name or close from a day on, which may lie ahead.

    Prepared first, looked at, then confirmed; carried out by the worker on its day; undone only before.
    """

    kind = models.CharField("kind", max_length=10, choices=Kind.choices)
    on = models.DateField("first day")
    instrument = models.CharField("order or act", max_length=300, blank=True)
    by_transfer_order = models.BooleanField("signatures carry over by the order", default=False)
    reason = models.TextField("reason", blank=True)
    new_name = models.CharField("new legal name", max_length=300, blank=True)
    new_short_name = models.CharField("new short name", max_length=100, blank=True)
    default_to = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="who takes what nothing else is said of",
    )
    recorded_by_name = models.CharField("recorded by", max_length=300)
    confirmed_at = models.DateTimeField("confirmed", null=True, blank=True)
    begun_at = models.DateTimeField("begun", null=True, blank=True)
    done_at = models.DateTimeField("carried out", null=True, blank=True)
    undone_at = models.DateTimeField("undone", null=True, blank=True)
    undo_reason = models.TextField("why it was undone", blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = SuccessionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("succession:succession", args=[self.pk])

    @property
    def by_law(self) -> str:
        """The instrument where it has one, else the kind, as sentences name it."""
        return self.instrument or self.get_kind_display()

    @property
    def state(self) -> str:
        """How far it is, in words."""
        if self.undone_at:
            return "Undone"
        if self.done_at:
            return "Carried out"
        if self.begun_at:
            return "Being carried out"
        return "Confirmed" if self.confirmed_at else "Prepared"

    @property
    def may_still_be_undone(self) -> bool:
        """Whether it can be undone: prepared only, or its day lies ahead."""
        if self.undone_at or self.begun_at:
            return False
        return self.confirmed_at is None or self.on > today()


class SuccessionBody(Tracked):
    """A body of a succession: one that it is about, or one that takes its place."""

    ledger_path = "organisation"
    ledger_labels = ("organisation",)

    succession = models.ForeignKey(Succession, models.PROTECT, related_name="bodies")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="successions", verbose_name="body"
    )
    side = models.CharField("side", max_length=4, choices=Side.choices)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "succession bodies"
        constraints = [
            models.UniqueConstraint(
                fields=["succession", "organisation", "side"], name="succession_body_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in “{self.succession}”"


class Takeover(Tracked):
    """Who takes a body's place in one entry, and what became of it there once it is carried out."""

    ledger_path = "document"
    ledger_labels = ("body", "successor")

    succession = models.ForeignKey(Succession, models.PROTECT, related_name="takeovers")
    document = models.ForeignKey(Document, models.PROTECT, related_name="takeovers")
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="given_over")
    successor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="taken_over"
    )
    outcome = models.CharField(
        "what came of it", max_length=10, choices=Outcome.choices, blank=True
    )
    done_at = models.DateTimeField("carried out", null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["succession", "document", "body"], name="succession_takeover_once"
            )
        ]

    def __str__(self) -> str:
        who = self.successor or "nobody"
        return f"{self.document}: {who} for {self.body}"
