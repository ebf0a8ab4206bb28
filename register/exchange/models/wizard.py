"""What is kept on the way of an import: its columns, its report by row, corrections, and what it wrote."""

from __future__ import annotations

import json

from django.db import models

from register.directory.models import Partnership
from register.exchange.models.imports import Import
from register.ledger.models import Entry


class Mapping(models.Model):
    """What the columns of a file were said to hold, kept for the next file with the same headings."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="import_mappings")
    fingerprint = models.CharField(max_length=64)
    kind = models.CharField("what it holds", max_length=20)
    list_name = models.CharField("list", max_length=300, blank=True)
    provider = models.CharField("provider of its flows", max_length=250, blank=True)
    file_name = models.CharField("last file", max_length=200)
    # Field by heading, in the order of the columns; see `register.exchange.mapping`.
    choices_text = models.TextField()
    used_at = models.DateTimeField("last used")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "fingerprint"], name="exchange_mapping_once"
            )
        ]

    def __str__(self) -> str:
        return f"columns of {self.file_name}"

    @property
    def choices(self) -> dict[str, str]:
        """The field of each heading."""
        return json.loads(self.choices_text)


class ReportedRow(models.Model):
    """What an import would do, or did, about one row of its file."""

    of_import = models.ForeignKey(Import, models.CASCADE, related_name="reported_rows")
    number = models.PositiveIntegerField("row")
    outcome = models.CharField(max_length=10)
    has_conflicts = models.BooleanField(default=False)
    has_notes = models.BooleanField(default=False)
    reference = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=120, blank=True)
    told_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_import", "number"], name="exchange_reported_once")
        ]
        indexes = [models.Index(fields=["of_import", "outcome", "number"],
                                name="exchange_reported_outcome")]  # fmt: skip

    def __str__(self) -> str:
        return f"row {self.number}: {self.outcome}"

    @property
    def told(self) -> dict:
        """`changes` and `conflicts` as value, old and new; `problems` as column, sentence, stops."""
        return json.loads(self.told_text) if self.told_text else {}


class Mend(models.Model):
    """What somebody corrected in one row of a file that came in, or that the row is left out."""

    of_import = models.ForeignKey(Import, models.CASCADE, related_name="mends")
    number = models.PositiveIntegerField("row")
    is_left_out = models.BooleanField("left out", default=False)
    # Texts by column, counted from 0.
    cells_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_import", "number"], name="exchange_mend_once")
        ]

    def __str__(self) -> str:
        return f"row {self.number}, corrected"

    @property
    def cells(self) -> dict[int, str]:
        """The corrected texts by column."""
        texts = json.loads(self.cells_text) if self.cells_text else {}
        return {int(at): text for at, text in texts.items()}


class AppliedChunk(models.Model):
    """What one act of an import wrote, so that it can be taken back, and the entries it left.

    `entry` is the first of `acts` entries of the ledger that follow each other.
    """

    of_import = models.ForeignKey(Import, models.PROTECT, related_name="chunks")
    place = models.PositiveIntegerField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    acts = models.PositiveIntegerField()
    effects_text = models.TextField()
    is_taken_back = models.BooleanField(default=False)

    class Meta:
        ordering = ["of_import", "place"]
        constraints = [
            models.UniqueConstraint(fields=["of_import", "place"], name="exchange_chunk_once")
        ]

    def __str__(self) -> str:
        return f"part {self.place} of {self.of_import}"

    @property
    def effects(self) -> dict[str, list]:
        """What was written; see `register.exchange.kinds`."""
        return json.loads(self.effects_text)


class TakenBack(models.Model):
    """The entries of the ledger by which a part of an import was taken back: `acts` from `entry` on."""

    of_import = models.ForeignKey(Import, models.PROTECT, related_name="taken_back")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    acts = models.PositiveIntegerField()

    class Meta:
        ordering = ["of_import", "entry"]

    def __str__(self) -> str:
        return f"part of {self.of_import}, taken back"
