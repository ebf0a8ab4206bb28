"""A breach or concern recorded on an agreement. None of its texts names a person of the public."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.urls import reverse

from register.concerns.querysets import ConcernQuerySet
from register.core.dates import now
from register.directory.models import Organisation, Person
from register.documents.models import Document
from register.ledger.tracked import Tracked
from register.lists.fields import CodesField
from register.lists.labels import item, label

# UK GDPR, Article 33(1), and Data Protection Act 2018, section 67(1): not later than 72 hours after
# the controller became aware of it, unless it is unlikely to put people at risk.
ICO_HOURS = 72


class IcoAnswer(models.TextChoices):
    """Whether the Information Commissioner was notified."""

    UNDECIDED = "undecided", "Not decided yet"
    NOTIFIED = "notified", "The ICO was notified"
    NOT_NOTIFIED = "not_notified", "The ICO is not notified"


class PeopleAnswer(models.TextChoices):
    """Whether the people whom the data are about were told (UK GDPR, Article 34)."""

    UNDECIDED = "undecided", "Not decided yet"
    TOLD = "told", "They were told"
    NOT_TOLD = "not_told", "They are not told"


class Concern(Tracked):
    """What went wrong or may go wrong under an agreement: what, when, whom it concerns, what came of it."""

    ledger_path = "document"
    ledger_labels = ("document",)

    reference = models.CharField("reference", max_length=30, unique=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="concerns")
    title = models.CharField("in one line", max_length=200)
    kind = models.CharField("kind", max_length=60)
    severity = models.CharField("severity", max_length=60)
    what_happened = models.TextField("what happened")
    happened_on = models.DateField("when it happened", null=True, blank=True)
    happened_words = models.CharField("when, in words", max_length=200, blank=True)
    found_at = models.DateTimeField("when it was found")
    data_categories = CodesField("data_category", verbose_name="data concerned")
    people_number = models.PositiveIntegerField(
        "about how many people’s data", null=True, blank=True
    )
    lead_body = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="concerns_led",
        verbose_name="body that deals with it",
    )
    lead_name = models.CharField("who deals with it", max_length=200)
    lead_post = models.CharField("their post", max_length=200, blank=True)
    lead = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="concerns_led",
        verbose_name="person who deals with it",
    )
    ico_answer = models.CharField(
        "ICO", max_length=12, choices=IcoAnswer.choices, default=IcoAnswer.UNDECIDED
    )
    ico_notified_at = models.DateTimeField("when the ICO was notified", null=True, blank=True)
    ico_reference = models.CharField("reference of the ICO", max_length=60, blank=True)
    ico_reason = models.TextField("why it is not notified, or later than 72 hours", blank=True)
    people_answer = models.CharField(
        "people told", max_length=12, choices=PeopleAnswer.choices, default=PeopleAnswer.UNDECIDED
    )
    people_reason = models.TextField("why they are not told, or how they were", blank=True)
    outcome = models.TextField("outcome", blank=True)
    lessons = models.TextField("what is learnt", blank=True)
    recorded_at = models.DateTimeField("recorded")
    recorded_by_name = models.CharField("recorded by", max_length=300)
    closed_on = models.DateField("closed", null=True, blank=True)
    closed_by_name = models.CharField("closed by", max_length=300, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = ConcernQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["document", "-found_at"], name="concerns_concern_document")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(ico_answer="notified")
                | models.Q(ico_notified_at__gte=models.F("found_at")),
                name="concerns_concern_ico_after_finding",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True)
                | (~models.Q(outcome="") & ~models.Q(lessons="")),
                name="concerns_concern_closed_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"breach or concern {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("concerns:concern", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        """Whether it came to its outcome."""
        return self.closed_on is not None

    @property
    def is_breach(self) -> bool:
        """Whether its kind is a personal data breach (UK GDPR, Article 4(12))."""
        row = item("concern_kind", self.kind)
        return bool(row and row.fact("is_personal_data_breach"))

    @property
    def kind_words(self) -> str:
        """The kind in words."""
        return label("concern_kind", self.kind)

    @property
    def severity_words(self) -> str:
        """The severity in words."""
        return label("concern_severity", self.severity)

    @property
    def ico_due_at(self) -> datetime:
        """The end of the 72 hours in which the ICO is notified (UK GDPR, Article 33(1))."""
        return self.found_at + timedelta(hours=ICO_HOURS)

    @property
    def was_ico_late(self) -> bool:
        """Whether the ICO was notified after the 72 hours."""
        return self.ico_notified_at is not None and self.ico_notified_at > self.ico_due_at

    @property
    def waits_for_ico(self) -> bool:
        """Whether it is an open breach of which nobody has said yet whether the ICO is notified."""
        return self.is_breach and self.ico_answer == IcoAnswer.UNDECIDED and not self.is_closed

    @property
    def is_ico_overdue(self) -> bool:
        """Whether the 72 hours of a breach have passed with nothing decided."""
        return self.waits_for_ico and now() > self.ico_due_at


class ConcernBody(Tracked):
    """A body that a breach or concern touches, and how and when it was told."""

    ledger_path = "concern__document"
    ledger_labels = ("organisation", "concern__document")

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="bodies")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="concerned_in", verbose_name="body"
    )
    told_at = models.DateTimeField("told", null=True, blank=True)
    told_how = models.CharField("how it was told", max_length=60, blank=True)
    told_whom = models.CharField("who was told", max_length=300, blank=True)
    told_by_name = models.CharField("told by", max_length=300, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "concern bodies"
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "organisation"], name="concerns_concernbody_once"
            ),
            models.CheckConstraint(
                condition=models.Q(told_at__isnull=True, told_how="")
                | (models.Q(told_at__isnull=False) & ~models.Q(told_how="")),
                name="concerns_concernbody_told_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.concern}"

    @property
    def how_words(self) -> str:
        """How it was told, in words."""
        return label("telling_way", self.told_how)
