"""What makes a body safe to share with: dated facts, when they were last confirmed, and the level that follows."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from register.directory.models.organisations import Organisation
from register.ledger.tracked import Tracked, TrackedQuerySet

NO_END = date(9999, 12, 31)  # lists go by the last day of a level, which is never empty


class FactKind(models.TextChoices):
    """What is known of a body; how each is asked for stands in `assurance_kinds`."""

    ICO = "ico", "ICO registration"
    DSPT = "dspt", "Data Security and Protection Toolkit"
    CYBER_ESSENTIALS = "cyber-essentials", "Cyber Essentials"
    ISO_27001 = "iso-27001", "ISO/IEC 27001"
    PSN = "psn", "Public Services Network"
    FRAMEWORK = "framework", "Cyber Assessment Framework or another framework"
    SCREENING = "screening", "Staff screening"
    TRAINING = "training", "Staff data protection training"
    POLICY = "policy", "Appropriate policy document"
    RETENTION = "retention", "Retention schedule"
    BREACH = "breach", "Breach procedure"
    COMPLAINTS = "complaints", "Complaints address"
    NO_DPO = "no-dpo", "No data protection officer is needed"


class Assurance(Tracked):
    """A body's submission: when somebody of the body last said that its facts are right."""

    ledger_path = "organisation"
    ledger_labels = ("organisation",)

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="assurance")
    confirmed_on = models.DateField("facts last confirmed on")
    row_version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f"assurance of {self.organisation}"


class AssuranceFactQuerySet(TrackedQuerySet):
    """Questions about facts of assurance."""

    def standing(self) -> AssuranceFactQuerySet:
        """The facts that nobody has replaced or ended."""
        return self.filter(ended_on__isnull=True)


class AssuranceFact(Tracked):
    """One dated fact of a body, such as a certificate; a fact replaced is ended and stays readable."""

    ledger_path = "organisation"
    ledger_labels = ("organisation",)

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assurance_facts")
    kind = models.CharField("fact", max_length=20, choices=FactKind.choices)
    value = models.SlugField("standing", max_length=60, blank=True)
    percent = models.PositiveSmallIntegerField("share of staff", null=True, blank=True)
    reference = models.CharField("reference", max_length=300, blank=True)
    words = models.CharField("what it covers", max_length=1_000, blank=True)
    dated_on = models.DateField("dated", null=True, blank=True)
    expires_on = models.DateField("valid until", null=True, blank=True)
    recorded_on = models.DateField("recorded on")
    ended_on = models.DateField("ended on", null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = AssuranceFactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=models.Q(ended_on__isnull=True),
                name="directory_assurancefact_standing_once",
                violation_error_message="This body has that fact already.",
            ),
            models.CheckConstraint(
                condition=models.Q(percent__isnull=True) | models.Q(percent__lte=100),
                name="directory_assurancefact_percent",
                violation_error_message="Enter a share of staff from 0 to 100.",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_on__isnull=True)
                | models.Q(dated_on__isnull=True)
                | models.Q(expires_on__gte=models.F("dated_on")),
                name="directory_assurancefact_expires_after_dated",
                violation_error_message="Enter a last day that is not before the date of the fact.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.organisation}"


class AssuranceLevel(models.Model):
    """The level that follows from a body's facts and its last day: derived, so that lists filter by it."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="assurance_level"
    )
    code = models.CharField("level", max_length=20, db_index=True)
    until = models.DateField("until", default=NO_END, db_index=True)
    why = models.TextField("why", blank=True)

    def __str__(self) -> str:
        return f"{self.code} assurance of {self.organisation}"
