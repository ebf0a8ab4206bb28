"""An agreement with its version, its texts and its parties, each with history: the columns of the register's."""

from django.db import models
from simple_history.models import HistoricalRecords


class Body(models.Model):
    """An organisation."""

    name = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.name


class Agreement(models.Model):
    """What stays the same while versions follow each other."""

    reference = models.CharField(max_length=30, unique=True)
    tier = models.PositiveSmallIntegerField(default=3)
    owner = models.CharField(max_length=200, blank=True)
    lead = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="led")
    protocol = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    review_on = models.DateField(null=True, blank=True, db_index=True)
    review_words = models.CharField(max_length=200, blank=True)
    visibility = models.CharField(max_length=12, default="partnership")
    marking = models.CharField(max_length=60, blank=True)
    is_restricted = models.BooleanField(default=False)
    is_outside = models.BooleanField(default=False)
    outside_reason = models.TextField(blank=True)
    provenance = models.CharField(max_length=10, default="made_here")
    kept_by = models.CharField(max_length=300, blank=True)
    extras = models.TextField(blank=True)
    archived_on = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.reference


class Version(models.Model):
    """One text of an agreement."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(default=1)
    label = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300, db_index=True)
    kind = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, default="draft", db_index=True)
    commencement = models.CharField(max_length=16, default="all_slots")
    commencement_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    changes = models.TextField(blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="plain_version_once")
        ]

    def __str__(self) -> str:
        return self.title


class Placing(models.Model):
    """Where an agreement stands; the register keeps this in a row of its own."""

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="placing")
    community = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"place of {self.agreement}"


class Text(models.Model):
    """The text fields of an agreement."""

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="text")
    purpose = models.TextField(blank=True)
    benefit = models.TextField(blank=True)
    necessity = models.TextField(blank=True)
    information = models.TextField(blank=True)
    legal_power = models.TextField(blank=True)
    method = models.TextField(blank=True)
    quality = models.TextField(blank=True)
    retention = models.TextField(blank=True)
    security = models.TextField(blank=True)
    rights = models.TextField(blank=True)
    breach = models.TextField(blank=True)
    termination = models.TextField(blank=True)
    contacts = models.TextField(blank=True)
    areas = models.TextField(blank=True)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"text of {self.agreement}"


class Party(models.Model):
    """A body named in an agreement."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties")
    body = models.ForeignKey(Body, models.PROTECT, related_name="named")
    role = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return str(self.body)
