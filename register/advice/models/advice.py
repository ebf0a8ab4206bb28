"""What was advised or decided, as it was said at the time: added, never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from register.advice.models.requests import ReviewRequest
from register.advice.querysets import AdviceQuerySet
from register.directory.models import Person
from register.documents.models import StoredFile
from register.ledger.tracked import Tracked


class Outcome(models.TextChoices):
    """What an adviser advises, or a decider decides."""

    NO_OBJECTION = "no_objection", "No objection"
    CONDITIONS = "conditions", "No objection, with conditions"
    AGAINST = "against", "Against"
    APPROVED = "approved", "Approved"
    NOT_APPROVED = "not_approved", "Not approved"
    RETURNED = "returned", "Returned for changes"


class Advice(Tracked):
    """One answer to a question: advice or a decision, by whom, for which body, on which wording."""

    ledger_path = "request__version__document"
    # Every reader of an entry reads its history; what was advised is for fewer.
    ledger_silent = ("outcome", "text", "conditions", "reason", "reference")
    append_only = True

    request = models.ForeignKey(ReviewRequest, models.PROTECT, related_name="answers")
    outcome = models.CharField("answer", max_length=12, choices=Outcome.choices)
    text = models.TextField("in words", blank=True)
    conditions = models.TextField("conditions", blank=True)
    reason = models.TextField("reason against the advice, or without it", blank=True)
    reference = models.CharField("reference", max_length=120, blank=True)
    given_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="advice_given"
    )
    person_name = models.CharField("given by", max_length=200)
    post_title = models.CharField("post", max_length=200, blank=True)
    body_name = models.CharField("body", max_length=300)
    given_on = models.DateField("date")
    recorded_at = models.DateTimeField("recorded at")
    is_on_paper = models.BooleanField("given on paper or by mail", default=False)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="advice_papers"
    )
    file_name = models.CharField(max_length=200, blank=True)
    is_late = models.BooleanField("after it was issued for signature", default=False)
    # Of the wording without the places to sign, so that a later change of it can be told.
    wording_sha256 = models.CharField("hash of the wording", max_length=64, blank=True)

    objects: ClassVar = AdviceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "advice"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(outcome__in=["against", "returned", "not_approved"])
                | ~models.Q(text=""),
                name="advice_advice_says_why",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="conditions") | ~models.Q(conditions=""),
                name="advice_advice_names_conditions",
            ),
        ]

    def __str__(self) -> str:
        return f"answer of {self.person_name} for {self.body_name}"


class ChecklistAnswer(Tracked):
    """One point of the quality checklist, as somebody answered it in their advice."""

    ledger_path = "advice__request__version__document"
    ledger_silent = ("note",)
    append_only = True

    advice = models.ForeignKey(Advice, models.PROTECT, related_name="checklist")
    check_code = models.CharField("point", max_length=60)
    is_met = models.BooleanField("met")
    note = models.CharField("note", max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["advice", "check_code"], name="advice_checklistanswer_once"
            )
        ]

    def __str__(self) -> str:
        return f"point {self.check_code} of the quality checklist"
