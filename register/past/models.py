"""How each entry stood from one instant until another: what the list of a past day is filtered by.

Derived from history, written with the read table and rebuildable with `manage.py rebuild_past`; no page
shows these rows, which only say which entries a page is about. Plain numbers instead of foreign keys,
as in the read table.
"""

import datetime

from django.db import models

FOR_NOW = datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC)


class Span(models.Model):
    """An entry as the list filters it, from an instant until another, or for now."""

    document_id = models.BigIntegerField()
    partnership_id = models.BigIntegerField()
    reference = models.CharField(max_length=30)
    begins = models.DateTimeField()
    ends = models.DateTimeField(default=FOR_NOW)
    tier = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12)
    status = models.CharField(max_length=20)
    review_on = models.DateField()
    community_id = models.BigIntegerField(null=True)
    is_archived = models.BooleanField(default=False)
    # Whether a version had been issued by then: before that, only who reads drafts knew of it.
    is_issued = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document_id"],
                condition=models.Q(ends=FOR_NOW),
                name="past_span_one_for_now",
            )
        ]
        indexes = [
            models.Index(
                fields=[
                    "reference", "ends", "begins", "is_archived", "partnership_id", "tier",
                    "status", "state", "review_on", "community_id", "is_issued", "document_id",
                ],
                name="past_span_reference",
            ),
            models.Index(fields=["document_id", "begins"], name="past_span_document"),
            models.Index(fields=["status", "ends", "begins"], name="past_span_status"),
            models.Index(fields=["community_id", "ends", "begins"], name="past_span_community"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reference} from {self.begins}"


class SpanBody(models.Model):
    """A body named in an entry while a span lasts, for the filter by body."""

    span = models.ForeignKey(Span, models.CASCADE, related_name="bodies")
    organisation_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "span"], name="past_spanbody_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.span_id}"
