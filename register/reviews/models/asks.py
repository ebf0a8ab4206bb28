"""What the parties say when an entry is reviewed, and the links by which they are asked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from register.directory.models import Organisation
from register.ledger.tracked import Tracked, TrackedQuerySet
from register.reviews.models.reviews import Review


class PartyAnswer(models.TextChoices):
    """What a party says of an agreement under review."""

    UNCHANGED = "unchanged", "Unchanged: it still says what we do"
    CHANGE = "change", "Something must change"
    LEAVING = "leaving", "We no longer share under it"


class PartyAskQuerySet(TrackedQuerySet):
    """Questions about parties that are asked."""

    def waited_for(self) -> PartyAskQuerySet:
        """Parties that have not answered, of reviews that are open."""
        return self.filter(answered_at__isnull=True, review__closed_at__isnull=True)


class PartyAsk(Tracked):
    """One party asked in one review: whom, until when, and what it answered."""

    ledger_path = "review__document"
    ledger_labels = ("organisation",)

    review = models.ForeignKey(Review, models.PROTECT, related_name="asks")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="review_asks", verbose_name="body"
    )
    name = models.CharField("whom", max_length=200, blank=True)
    post = models.CharField("post", max_length=200, blank=True)
    asked_at = models.DateTimeField("asked")
    due_on = models.DateField("answer by")
    message = models.TextField("message", blank=True)
    reminded_at = models.DateTimeField("last reminded", null=True, blank=True)
    answer = models.CharField("answer", max_length=10, choices=PartyAnswer.choices, blank=True)
    words = models.TextField("what it said", blank=True)
    answered_by = models.CharField("answered by", max_length=200, blank=True)
    answered_at = models.DateTimeField("answered", null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = PartyAskQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__legal_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "organisation"],
                name="reviews_partyask_once",
                violation_error_message="That party is asked already.",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="reviews_partyask_answer_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"answer of {self.organisation}"


class AskAddress(models.Model):
    """Where a party is asked; kept apart, so that it can be erased by itself."""

    ask = models.OneToOneField(PartyAsk, models.CASCADE, related_name="address")
    email = models.EmailField("e-mail address")

    def __str__(self) -> str:
        return f"address of {self.ask}"


class AskLink(models.Model):
    """A link by which a party answers; only the hash of its token is kept."""

    ask = models.ForeignKey(PartyAsk, models.CASCADE, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"link of {self.ask}"
