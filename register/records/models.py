"""What is asked of the register's own records, who decided it, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from register.directory.models import Partnership, Person
from register.documents.models import Document
from register.ledger.tracked import Tracked

ELSEWHERE = "The text still stands elsewhere"


class RedactionState(models.TextChoices):
    """How far a redaction has come."""

    ASKED = "asked", "Waits for a second person"
    APPROVED = "approved", "Approved, being carried out"
    DONE = "done", "Done"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class RedactionRequest(models.Model):
    """A text that somebody asks to have taken out of an entry; a second person decides.

    The text itself is kept only until the request is closed: what must not be in the register must not
    stand here either.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="redaction_requests")
    text = models.TextField("the exact text", blank=True)
    # The places as they were shown and chosen: "model|key|field", one a line.
    places = models.TextField("where", blank=True)
    reason = models.TextField("reason")
    state = models.CharField(
        "state", max_length=10, choices=RedactionState.choices, default=RedactionState.ASKED
    )
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="redactions_asked")
    asked_at = models.DateTimeField("asked")
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="redactions_decided"
    )
    decided_at = models.DateTimeField("decided", null=True)
    decision_reason = models.TextField("what the second person says", blank=True)
    claimed_at = models.DateTimeField("taken up", null=True)
    needs_owner = models.BooleanField("waits for the owner of the tables", default=False)
    failure = models.TextField("why it could not be done yet", blank=True)
    done_at = models.DateTimeField("done", null=True)
    result = models.TextField("what was changed", blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"redaction of {self.document.reference}"

    def get_absolute_url(self) -> str:
        return reverse("records:redaction", args=[self.pk])

    @property
    def targets(self) -> list[tuple[str, str, str]]:
        """The places: model, key and field of each."""
        rows = (line.split("|") for line in self.places.splitlines())
        return [(model, key, field) for model, key, field in rows]

    @property
    def result_lines(self) -> list[str]:
        """What was changed, a sentence a line."""
        return [line for line in self.result.splitlines() if not line.startswith(ELSEWHERE)]

    @property
    def elsewhere(self) -> str:
        """Where else the text stood when it was done, for whoever decided it."""
        return "".join(line for line in self.result.splitlines() if line.startswith(ELSEWHERE))


class DisposalState(models.TextChoices):
    """How far a disposal has come."""

    PROPOSED = "proposed", "Waits for a second administrator"
    CONFIRMED = "confirmed", "Confirmed, being carried out"
    DONE = "done", "Done"
    REFUSED = "refused", "Refused"


class DisposalRun(models.Model):
    """A list of what is due to be disposed of, as it was proposed; a second administrator confirms it."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="disposals")
    reason = models.TextField("reason")
    state = models.CharField(
        "state", max_length=10, choices=DisposalState.choices, default=DisposalState.PROPOSED
    )
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="disposals_proposed")
    proposed_at = models.DateTimeField("proposed")
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="disposals_decided"
    )
    decided_at = models.DateTimeField("decided", null=True)
    decision_reason = models.TextField("what the second administrator says", blank=True)
    claimed_at = models.DateTimeField("taken up", null=True)
    needs_owner = models.BooleanField("waits for the owner of the tables", default=False)
    done_at = models.DateTimeField("done", null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"disposal {self.pk} of {self.partnership}"

    def get_absolute_url(self) -> str:
        return reverse("records:disposal_run", args=[self.pk])


class ItemOutcome(models.TextChoices):
    """What became of a record in a disposal."""

    WAITING = "waiting", "Waits"
    DISPOSED = "disposed", "Disposed of"
    KEPT = "kept", "Kept"


class DisposalItem(models.Model):
    """One record in a disposal: of which kind, since when it is due, what became of it and why."""

    run = models.ForeignKey(DisposalRun, models.PROTECT, related_name="items")
    kind = models.CharField("kind of record", max_length=60)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    version_number = models.PositiveIntegerField("version", null=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    label = models.CharField("record", max_length=300)
    due_on = models.DateField("kept until")
    outcome = models.CharField(
        "what became of it", max_length=8, choices=ItemOutcome.choices, default=ItemOutcome.WAITING
    )
    why = models.CharField("why", max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def the_document(self) -> Document:
        """The entry, of an item that is one or a draft of one."""
        if self.document is None:
            raise LookupError(f"Item {self.pk} of a disposal names no entry.")
        return self.document

    @property
    def the_person(self) -> Person:
        """The person, of an item that is contact details."""
        if self.person is None:
            raise LookupError(f"Item {self.pk} of a disposal names no person.")
        return self.person


class PrivacyDetails(Tracked):
    """Who answers for the register's own use of personal data: controller and data protection officer."""

    ledger_path = "partnership"
    ledger_labels = ("partnership",)

    partnership = models.OneToOneField(Partnership, models.PROTECT, related_name="privacy")
    controller = models.CharField("controller", max_length=300)
    controller_address = models.TextField("postal address", blank=True)
    controller_email = models.EmailField("e-mail address", blank=True)
    ico_number = models.CharField("ICO registration number", max_length=20, blank=True)
    dpo_name = models.CharField("data protection officer", max_length=200, blank=True)
    dpo_email = models.EmailField("their e-mail address", blank=True)
    dpo_phone = models.CharField("their telephone", max_length=40, blank=True)
    more = models.TextField("more that people should know", blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "privacy details"

    def __str__(self) -> str:
        return f"privacy details of {self.partnership}"
