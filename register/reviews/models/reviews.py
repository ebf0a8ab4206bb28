"""A review: why it was opened, what was found, what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models

from register.directory.models import Person
from register.documents.models import Document, Version
from register.ledger.tracked import Tracked, TrackedQuerySet
from register.reviews.events import Event


class ReviewQuerySet(TrackedQuerySet):
    """Questions about reviews."""

    def open(self) -> ReviewQuerySet:
        """Reviews that nobody has closed."""
        return self.filter(closed_at__isnull=True)

    def closed(self) -> ReviewQuerySet:
        """Reviews that came to an outcome."""
        return self.filter(closed_at__isnull=False)

    def for_documents(self, ids: Iterable[int]) -> ReviewQuerySet:
        """The reviews of some documents, by their keys."""
        return self.filter(document_id__in=list(ids))


class Review(Tracked):
    """One look at a document in force: at most one is open at a time.

    `event` is empty for a planned review. `outcome` is a code of the list “Outcomes of a review”.
    """

    ledger_path = "document"
    ledger_labels = ("document",)

    document = models.ForeignKey(Document, models.PROTECT, related_name="reviews")
    version = models.ForeignKey(Version, models.PROTECT, related_name="reviews")
    event = models.CharField("opened early by", max_length=20, choices=Event.choices, blank=True)
    because = models.TextField("why", blank=True)
    due_on = models.DateField("due")
    opened_at = models.DateTimeField("opened")
    opened_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="opened_reviews"
    )
    opened_by_name = models.CharField("opened by", max_length=300)
    findings = models.TextField("findings", blank=True)
    outcome = models.CharField("outcome", max_length=60, blank=True)
    outcome_reason = models.TextField("reason of the outcome", blank=True)
    next_on = models.DateField("next review", null=True, blank=True)
    merged_into = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="merging_reviews"
    )
    led_to = models.ForeignKey(
        Version, models.PROTECT, null=True, blank=True, related_name="reviews_before"
    )
    closed_at = models.DateTimeField("closed", null=True, blank=True)
    closed_by_name = models.CharField("closed by", max_length=300, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(closed_at__isnull=True),
                name="reviews_review_one_open",
                violation_error_message="A review of it is open already.",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, outcome="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
                name="reviews_review_closed_with_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["closed_at", "due_on", "id"], name="reviews_review_due"),
        ]

    def __str__(self) -> str:
        return f"review of {self.document}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it."""
        return self.closed_at is None


class ReviewEvent(Tracked):
    """What happened that a review looks at: a change of law, a party that left, a concern."""

    ledger_path = "review__document"

    review = models.ForeignKey(Review, models.PROTECT, related_name="events")
    document_id = models.BigIntegerField("document", editable=False)
    event = models.CharField("what", max_length=20, choices=Event.choices)
    says = models.TextField("what happened")
    cause_key = models.CharField(max_length=120, blank=True, editable=False)
    noted_at = models.DateTimeField("noted")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "cause_key"],
                condition=~models.Q(cause_key=""),
                name="reviews_reviewevent_once",
            )
        ]
        indexes = [
            models.Index(fields=["document_id", "cause_key"], name="reviews_event_of_document")
        ]

    def __str__(self) -> str:
        return self.says


class Answer(models.TextChoices):
    """What a reviewer says of a section or a question."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_APPLICABLE = "na", "Does not apply"


class ReviewAnswer(Tracked):
    """The answer to one of the six sections (yes: still correct) or to a question of the checklist."""

    ledger_path = "review__document"

    review = models.ForeignKey(Review, models.PROTECT, related_name="answers")
    part = models.CharField(max_length=10)  # "section" or "question"
    code = models.CharField(max_length=60)
    asked = models.CharField("asked", max_length=400)
    answer = models.CharField("answer", max_length=4, choices=Answer.choices)
    words = models.TextField("words", blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "part", "code"], name="reviews_reviewanswer_once"
            )
        ]

    def __str__(self) -> str:
        return self.asked
