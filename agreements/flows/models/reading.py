"""What questions about sharing are answered from: derived from flows, rebuildable, never a source.

Plain numbers instead of foreign keys, as in `register.search`: rows come and go with their versions.
"""

from django.db import models


class Line(models.Model):
    """One body may give one other body what a flow says; groups are spelt out, both ways where mutual."""

    flow_id = models.BigIntegerField()
    version_id = models.BigIntegerField()
    document_id = models.BigIntegerField(db_index=True)
    partnership_id = models.BigIntegerField()
    community_id = models.BigIntegerField(null=True)
    provider_id = models.BigIntegerField()
    recipient_id = models.BigIntegerField()
    use_kind = models.CharField(max_length=60, blank=True)
    purpose_lineage = models.UUIDField(null=True)
    state = models.CharField(max_length=12)
    is_governing = models.BooleanField(default=False)
    # Every provider and recipient of the flow has signed the version, or joined its group.
    is_active = models.BooleanField(default=False)
    is_personal = models.BooleanField(default=True)
    is_unconfirmed = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["provider_id", "recipient_id", "is_governing", "document_id"],
                name="flows_line_pair",
            ),
            models.Index(
                fields=["recipient_id", "is_governing", "provider_id"], name="flows_line_recipient"
            ),
            models.Index(
                fields=["partnership_id", "is_governing", "provider_id", "recipient_id"],
                name="flows_line_partnership",
            ),
            models.Index(fields=["community_id", "is_governing"], name="flows_line_community"),
            models.Index(fields=["flow_id"], name="flows_line_flow"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} gives {self.recipient_id} by flow {self.flow_id}"


class FlowCategory(models.Model):
    """A category of data that a flow moves."""

    flow_id = models.BigIntegerField()
    document_id = models.BigIntegerField(db_index=True)
    category = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["flow_id", "category"], name="flows_flowcategory_once")
        ]
        indexes = [models.Index(fields=["category", "flow_id"], name="flows_flowcategory_of")]

    def __str__(self) -> str:
        return f"{self.category} in flow {self.flow_id}"


class Citation(models.Model):
    """A row of a reference list that a version in preparation or in force rests on."""

    document_id = models.BigIntegerField(db_index=True)
    version_id = models.BigIntegerField()
    list_code = models.CharField(max_length=40)
    code = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["list_code", "code", "document_id", "version_id"],
                name="flows_citation_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.list_code}:{self.code} in {self.document_id}"
