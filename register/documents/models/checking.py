"""What the rules said of a document when they were last asked, and what a partnership made of them."""

from __future__ import annotations

from django.db import models

from register.directory.models import Partnership
from register.documents.models.documents import Document
from register.documents.models.versions import Version
from register.ledger.tracked import Tracked


class PartnershipRule(Tracked):
    """A rule that only warns elsewhere and that a partnership made a bar, with the reason."""

    ledger_path = "partnership"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="rules")
    code = models.CharField("rule", max_length=10)
    is_bar = models.BooleanField("bars sending", default=True)
    reason = models.TextField("reason")
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"], name="documents_partnershiprule_once"
            )
        ]

    def __str__(self) -> str:
        return f"rule {self.code} in {self.partnership}"


class Check(models.Model):
    """The result of all rules for a document's shown version; derived, kept so that lists filter by it."""

    document = models.OneToOneField(
        Document, models.CASCADE, primary_key=True, related_name="check_row"
    )
    version = models.ForeignKey(Version, models.CASCADE, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    # An input has changed since: the worker asks the rules again.
    is_stale = models.BooleanField(default=True)
    # Counts the changes of input, so that an answer found before the last of them is not kept.
    changes = models.PositiveIntegerField(default=1)
    bars = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    score = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["is_stale"], condition=models.Q(is_stale=True), name="documents_check_stale"
            ),
            models.Index(
                fields=["document"], condition=models.Q(bars__gt=0), name="documents_check_bars"
            ),
            models.Index(
                fields=["document"],
                condition=models.Q(warnings__gt=0),
                name="documents_check_warnings",
            ),
            models.Index(fields=["score", "document"], name="documents_check_score"),
        ]

    def __str__(self) -> str:
        return f"check of {self.document_id}"


class BrokenRule(models.Model):
    """A rule that did not hold when a document was last checked, and where."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="broken_rules")
    code = models.CharField(max_length=10)
    is_bar = models.BooleanField()
    says = models.TextField()
    task = models.CharField(max_length=60, blank=True)
    lineage = models.CharField(max_length=36, blank=True)

    class Meta:
        indexes = [models.Index(fields=["code", "document"], name="documents_brokenrule_code")]

    def __str__(self) -> str:
        return f"{self.code} at {self.document_id}"
