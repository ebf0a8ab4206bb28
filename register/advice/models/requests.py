"""Advice asked: of whom, about which version, by when, and how the question was closed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.urls import reverse

from register.advice.querysets import ReviewRequestQuerySet
from register.directory.models import Organisation, Person, Post
from register.documents.models import Version
from register.ledger.tracked import Tracked


class Closed(models.TextChoices):
    """How a question was closed."""

    ANSWERED = "answered", "Answered"
    RETURNED = "returned", "Returned for changes"
    REPLACED = "replaced", "Somebody else is asked"
    CANCELLED = "cancelled", "Not asked any more"
    LAPSED = "lapsed", "The version ended"


class ReviewRequest(Tracked):
    """Advice or a decision that a body is asked for on a version; without a body the office is asked."""

    ledger_path = "version__document"
    ledger_labels = ("organisation", "post", "person")

    version = models.ForeignKey(Version, models.PROTECT, related_name="review_requests")
    kind = models.CharField("what is asked for", max_length=60)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="review_requests",
        verbose_name="body",
    )
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="review_requests"
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="review_requests",
        verbose_name="who is asked",
    )
    question = models.TextField("question", blank=True)
    due_on = models.DateField("answer by", null=True, blank=True)
    asked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="reviews_asked"
    )
    asked_at = models.DateTimeField("asked")
    reminded_at = models.DateTimeField("last reminder", null=True, blank=True)
    reminders = models.PositiveSmallIntegerField("reminders", default=0)
    closed_at = models.DateTimeField("closed", null=True, blank=True)
    closed_as = models.CharField("closed as", max_length=10, choices=Closed.choices, blank=True)
    closed_reason = models.CharField("why it was closed", max_length=500, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = ReviewRequestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "organisation"],
                condition=models.Q(closed_at__isnull=True, organisation__isnull=False),
                name="advice_request_once_a_body",
            ),
            models.UniqueConstraint(
                fields=["version", "kind"],
                condition=models.Q(closed_at__isnull=True, organisation__isnull=True),
                name="advice_request_once_of_the_office",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_as="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(closed_as="")),
                name="advice_request_closed_as",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation"],
                condition=models.Q(closed_at__isnull=True),
                name="advice_request_waiting",
            )
        ]

    def __str__(self) -> str:
        whose = self.organisation or "the partnership office"
        return f"question on {self.kind.replace('_', ' ')} to {whose}"

    def get_absolute_url(self) -> str:
        return reverse("advice:request", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether an answer is waited for."""
        return self.closed_at is None

    def is_late_on(self, day: date) -> bool:
        """Whether an answer was waited for longer than until its day."""
        return self.is_open and self.due_on is not None and self.due_on < day
