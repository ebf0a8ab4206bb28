"""An import: a file that came in, how it is read, and what it said of each entry the last time."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse

from register.core.dates import LONDON, now
from register.directory.models import Partnership


class ImportState(models.TextChoices):
    """How far an import has come."""

    MAPPING = "mapping", "Waiting for its columns"
    UPLOADED = "uploaded", "Being read"
    PLANNED = "planned", "Waiting for you to confirm"
    CONFIRMED = "confirmed", "About to start"
    WORKING = "working", "Coming in"
    DONE = "done", "Finished"
    DISCARDED = "discarded", "Not brought in"
    FAILED = "failed", "Stopped"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"


UNFINISHED = (ImportState.UPLOADED, ImportState.CONFIRMED, ImportState.WORKING)
MOVING = (*UNFINISHED, ImportState.UNDOING)
OVER = (ImportState.DONE, ImportState.DISCARDED, ImportState.FAILED, ImportState.UNDONE)
FILES_KEPT_FOR = timedelta(days=30)  # after it is over


class Import(models.Model):
    """A spreadsheet that somebody sent in, how it is to be read, and what became of it."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="imports")
    name = models.CharField("file", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("size in bytes")
    sheet = models.CharField("sheet", max_length=200, blank=True)
    overrides_text = models.TextField("columns", blank=True)
    kind = models.CharField("what it holds", max_length=20, default="entries")
    # Said by `kind`; written so that the release before this one can run beside it.
    holds_flows = models.BooleanField("a sheet of flows", default=False)
    # Where its references come from, when it is not told from the name of the file.
    list_name = models.CharField("list", max_length=300, blank=True)
    provider = models.CharField("provider of its flows", max_length=250, blank=True)
    is_mapped = models.BooleanField("its columns were said on a page", default=False)
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
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="undone_imports"
    )
    undone_at = models.DateTimeField("undone", null=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(
                fields=["requested_at"],
                condition=models.Q(state__in=[state.value for state in UNFINISHED]),
                name="exchange_import_due",
            ),
            models.Index(
                fields=["undone_at"],
                condition=models.Q(state=ImportState.UNDOING.value),
                name="exchange_import_to_undo",
            ),
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
    def file_went_on(self) -> date | None:
        """The day from which the file is deleted; None while it is kept."""
        if self.state not in OVER:
            return None
        ends = (self.ended_at or self.requested_at) + FILES_KEPT_FOR
        return ends.astimezone(LONDON).date() if ends < now() else None

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
    def plan_mark(self) -> str:
        """What tells the plan that somebody saw from one made since: a digest of what it says."""
        said = [self.kind, self.sheet, self.overrides_text, self.list_name, self.provider]
        said += [self.counts_words, self.report_text]
        return hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]

    @property
    def is_moving(self) -> bool:
        """Whether the worker has still to do something about it."""
        return self.state in MOVING

    @property
    def counts_words(self) -> str:
        """The four counts, which sum to the rows."""
        return (
            f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged,"
            f" {self.rejected} rejected"
        )
