"""An import of an old register, and what a file said of each entry when it last came in."""

from __future__ import annotations

import json

from django.conf import settings
from django.db import models
from django.urls import reverse

from register.directory.models import Partnership


class ImportState(models.TextChoices):
    """How far an import has come."""

    UPLOADED = "uploaded", "Being read"
    PLANNED = "planned", "Waiting for you to confirm"
    CONFIRMED = "confirmed", "About to start"
    WORKING = "working", "Coming in"
    DONE = "done", "Finished"
    DISCARDED = "discarded", "Not brought in"
    FAILED = "failed", "Stopped"


UNFINISHED = (ImportState.UPLOADED, ImportState.CONFIRMED, ImportState.WORKING)


class Import(models.Model):
    """A spreadsheet that somebody sent in, how it is to be read, and what became of it."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="imports")
    name = models.CharField("file", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("size in bytes")
    sheet = models.CharField("sheet", max_length=200, blank=True)
    overrides_text = models.TextField("columns", blank=True)
    holds_flows = models.BooleanField("a sheet of flows", default=False)
    provider = models.CharField("provider of its flows", max_length=250, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="imports"
    )
    requested_at = models.DateTimeField("sent in")
    state = models.CharField(
        "state", max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED
    )
    claimed_at = models.DateTimeField("taken up", null=True)
    ended_at = models.DateTimeField("ended", null=True)
    groups_done = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField("rows", default=0)
    new = models.PositiveIntegerField("new", default=0)
    changed = models.PositiveIntegerField("changed", default=0)
    unchanged = models.PositiveIntegerField("unchanged", default=0)
    rejected = models.PositiveIntegerField("rejected", default=0)
    report_text = models.TextField("report", blank=True)
    failure = models.TextField("why it stopped", blank=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(
                fields=["requested_at"],
                condition=models.Q(state__in=[state.value for state in UNFINISHED]),
                name="exchange_import_due",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("exchange:import", args=[self.pk])

    @property
    def path(self) -> str:
        """Where the file lies in storage; the same bytes lie there once."""
        return f"imports/{self.sha256[:2]}/{self.sha256}"

    @property
    def overrides(self) -> list[str]:
        """What was said of its columns: `Column=field`, one a line."""
        return [line for line in self.overrides_text.splitlines() if line.strip()]

    @property
    def report(self) -> dict:
        """What was found in its rows; see `register.exchange.reports`."""
        return json.loads(self.report_text) if self.report_text else {}

    @property
    def rows_done(self) -> int:
        """How many rows are dealt with."""
        return self.new + self.changed + self.unchanged + self.rejected

    @property
    def is_moving(self) -> bool:
        """Whether the worker has still to do something about it."""
        return self.state in UNFINISHED

    @property
    def counts_words(self) -> str:
        """The four counts, which sum to the rows."""
        return (
            f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged,"
            f" {self.rejected} rejected"
        )


class ImportedRow(models.Model):
    """What a source said last time of one version of one entry, value by value, in one spelling."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="imported_rows")
    source = models.CharField(max_length=300)
    key = models.CharField(max_length=80)
    # Rows that repeat a reference but differ become entries side by side.
    lane = models.PositiveIntegerField(default=1)
    label = models.CharField(max_length=40, blank=True)
    document_id = models.BigIntegerField()
    version_id = models.BigIntegerField(db_index=True)
    digest = models.CharField(max_length=64)
    said_text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "source", "key", "lane", "label"],
                name="exchange_importedrow_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key[:12]} {self.label}".strip()

    @property
    def said(self) -> dict:
        """The values by name, see `register.exchange.facts`."""
        return json.loads(self.said_text)


class ImportedFlow(models.Model):
    """What a sheet said last time of one flow of one version of an agreement.

    It names the flow by document and lineage, so that it is found again in a later version.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="imported_flows")
    source = models.CharField(max_length=300)
    key = models.CharField(max_length=80)
    # Rows that are alike in everything that tells flows apart, and differ.
    lane = models.PositiveIntegerField(default=1)
    label = models.CharField(max_length=40, blank=True)
    document_id = models.BigIntegerField(db_index=True)
    lineage = models.UUIDField()
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    said_text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "source", "key", "lane", "label"],
                name="exchange_importedflow_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.name}".strip()

    @property
    def said(self) -> dict:
        """`values` by name in one spelling, `ends` by side as written, `extras` by heading."""
        return json.loads(self.said_text)
