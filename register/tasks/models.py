"""A task: one document or body that somebody has to look at, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from register.directory.models import Organisation, Partnership, Person
from register.ledger.tracked import Tracked, TrackedQuerySet


class TaskKind(models.TextChoices):
    """Why somebody is asked to look."""

    CONFIRM_AGAIN = "confirm_again", "Something above it changed"
    LAW_CHANGED = "law_changed", "Law changed"
    ASSURANCE = "assurance", "Assurance changed"
    MEMBERSHIP = "membership", "Membership changed"
    SIGNATURE = "signature", "Signature ended"
    EMERGENCY_REVIEW = "emergency_review", "Review of an emergency share"
    EARLY_REVIEW = "early_review", "Early review asked for"
    ADHERENCE = "adherence", "Adherence check"
    ENDING = "ending", "Return or deletion"
    OTHER = "other", "Other"


class Outcome(models.TextChoices):
    """What came of a task."""

    CONFIRMED = "confirmed", "Confirmed: it stands as it is"
    CHANGED = "changed", "Changed: it was put right"
    NOT_NEEDED = "not needed", "Not needed: it is not concerned"


class TaskQuerySet(TrackedQuerySet):
    """Questions about tasks."""

    def open(self) -> TaskQuerySet:
        """Tasks that nobody has closed."""
        return self.filter(closed_at__isnull=True)

    def closed(self) -> TaskQuerySet:
        """Tasks that came to an outcome."""
        return self.filter(closed_at__isnull=False)

    def overdue(self, day: date) -> TaskQuerySet:
        """Open tasks that were due before a day."""
        return self.open().filter(due_on__lt=day)

    def of_document(self, document_id: int) -> TaskQuerySet:
        """The tasks about one document."""
        return self.filter(document_id=document_id)

    def of_body(self, organisation_id: int) -> TaskQuerySet:
        """The tasks about one body, not those about documents that it is party to."""
        return self.filter(organisation_id=organisation_id, document_id__isnull=True)


class Task(Tracked):
    """One document or body that a change touches, for somebody to confirm, change or dismiss.

    Documents stand as plain numbers: this app stands below them. `source_id` is the document whose
    change it was, where it was one: who may not know of that one does not learn of the task.
    """

    ledger_labels = ("organisation",)

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    kind = models.CharField("kind", max_length=20, choices=TaskKind.choices)
    document_id = models.BigIntegerField("document", null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name="body",
    )
    source_id = models.BigIntegerField("document that changed", null=True, blank=True)
    name = models.CharField("about", max_length=350)
    says = models.TextField("what happened")
    why = models.TextField("why it is touched", blank=True)
    cause_key = models.CharField(max_length=120, editable=False)
    assignee = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name="given to",
    )
    due_on = models.DateField("due")
    opened_by_name = models.CharField("opened by", max_length=300)
    opened_at = models.DateTimeField("opened")
    closed_at = models.DateTimeField("closed", null=True, blank=True)
    closed_by_name = models.CharField("closed by", max_length=300, blank=True)
    outcome = models.CharField("outcome", max_length=12, choices=Outcome.choices, blank=True)
    note = models.TextField("note", blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cause_key", "document_id"],
                condition=Q(closed_at__isnull=True, document_id__isnull=False),
                name="tasks_task_once_a_document",
            ),
            models.UniqueConstraint(
                fields=["cause_key", "organisation"],
                condition=Q(closed_at__isnull=True, document_id__isnull=True),
                name="tasks_task_once_a_body",
            ),
            models.CheckConstraint(
                condition=Q(document_id__isnull=False) | Q(organisation__isnull=False),
                name="tasks_task_about_something",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="")
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="tasks_task_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="tasks_task_closed_after_opening",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="tasks_task_due"),
            models.Index(fields=["document_id"], name="tasks_task_document"),
            models.Index(fields=["partnership", "due_on", "id"], name="tasks_task_partnership"),
        ]

    def __str__(self) -> str:
        return f"task about {self.name}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it."""
        return self.closed_at is None
