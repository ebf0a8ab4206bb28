"""What a file said of each entry, and of each flow, when it last came in."""

from __future__ import annotations

import json

from django.db import models

from register.directory.models import Partnership


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
