"""How often entries are reviewed: by tier for a partnership, and by itself for one entry."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from register.directory.models import Partnership
from register.directory.models.partnerships import Tier
from register.documents.models import Document
from register.ledger.tracked import Tracked

LONGEST_MONTHS = 120


class Basis(models.TextChoices):
    """From which day the months of a cycle are counted."""

    FIRST_SIGNATURE = "first_signature", "From the first signature"
    IN_FORCE = "in_force", "From the day it comes into force"
    LAST_REVIEW = (
        "last_review",
        "From the last review, or from coming into force before there is one",
    )


class Missed(models.TextChoices):
    """What happens three months after a review was due and not held."""

    FLAGGED = "flagged", "It is shown as overdue, and nothing else changes"
    OFF_PUBLIC = "off_public", "It is taken off the public list until it is reviewed"


class Cycle(Tracked):
    """The review cycle of a tier in a partnership, or of one document instead, with the reason."""

    ledger_labels = ("partnership", "document")
    ledger_units = {"months": "months", "first_months": "months"}

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="review_cycles")
    tier = models.PositiveSmallIntegerField("tier", choices=Tier.choices)
    document = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="review_cycle"
    )
    months = models.PositiveSmallIntegerField(
        "months between reviews",
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MONTHS)],
    )
    first_months = models.PositiveSmallIntegerField(
        "months to the first review",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MONTHS)],
    )
    basis = models.CharField(
        "counted", max_length=16, choices=Basis.choices, default=Basis.IN_FORCE
    )
    missed = models.CharField(
        "when a review is three months late",
        max_length=10,
        choices=Missed.choices,
        default=Missed.FLAGGED,
    )
    reason = models.TextField("reason", blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "tier"],
                condition=models.Q(document__isnull=True),
                name="reviews_cycle_once_a_tier",
            ),
            models.CheckConstraint(
                condition=models.Q(document__isnull=True) | ~models.Q(reason=""),
                name="reviews_cycle_own_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"review cycle of {self.document or self.partnership}"

    def ledger_root(self) -> models.Model | None:
        """The entry whose own cycle it is, else the partnership."""
        return self.document or self.partnership


class PlannedDate(models.Model):
    """The review date that the register set by itself: as long as it stands, no officer set another."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="planned_review")
    day = models.DateField()

    def __str__(self) -> str:
        return f"planned review of {self.document}"
