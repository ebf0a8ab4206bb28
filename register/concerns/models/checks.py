"""A check of whether an agreement is kept in practice, with what was asked and answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from register.concerns.querysets import CheckQuerySet
from register.core.dates import today
from register.documents.models import Document, Version
from register.ledger.tracked import Tracked


class Conclusion(models.TextChoices):
    """What a check found as a whole."""

    KEPT = "kept", "The agreement is kept"
    PARTLY = "partly", "It is kept in part"
    NOT_KEPT = "not_kept", "It is not kept"


class Said(models.TextChoices):
    """The answer to one question of a check."""

    YES = "yes", "Yes"
    PARTLY = "partly", "In part"
    NO = "no", "No"
    NOT_ASKED = "not_asked", "Not asked"


class AdherenceCheck(Tracked):
    """One check of an agreement: when, by whom, what it found, and when the next is due."""

    ledger_path = "document"
    ledger_labels = ("document",)

    document = models.ForeignKey(Document, models.PROTECT, related_name="adherence_checks")
    version = models.ForeignKey(Version, models.PROTECT, related_name="adherence_checks")
    checked_on = models.DateField("date of the check")
    checker_name = models.CharField("checked by", max_length=200)
    checker_post = models.CharField("their post", max_length=200, blank=True)
    method = models.TextField("how it was checked", blank=True)
    conclusion = models.CharField("conclusion", max_length=10, choices=Conclusion.choices)
    findings = models.TextField("findings")
    next_on = models.DateField("next check", null=True, blank=True)
    recorded_at = models.DateTimeField("recorded")
    recorded_by_name = models.CharField("recorded by", max_length=300)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = CheckQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["document", "-checked_on"], name="concerns_check_document"),
            models.Index(fields=["next_on"], name="concerns_check_next"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(next_on__isnull=True)
                | models.Q(next_on__gt=models.F("checked_on")),
                name="concerns_check_next_is_later",
            )
        ]

    def __str__(self) -> str:
        return f"adherence check of {self.document}"

    def get_absolute_url(self) -> str:
        return reverse("concerns:check", args=[self.pk])

    @property
    def is_next_overdue(self) -> bool:
        """Whether the next check should have been made by now."""
        return self.next_on is not None and self.next_on < today()


class CheckAnswer(Tracked):
    """What was answered to one question, with the question as it was asked."""

    ledger_path = "check_row__document"
    ledger_labels = ("check_row__document",)

    check_row = models.ForeignKey(
        AdherenceCheck, models.PROTECT, related_name="answers", verbose_name="check"
    )
    question_code = models.CharField(max_length=60)
    question = models.CharField("question", max_length=300)
    answer = models.CharField("answer", max_length=10, choices=Said.choices)
    note = models.CharField("note", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["check_row", "question_code"], name="concerns_answer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.get_answer_display()}"
