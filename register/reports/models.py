"""What people have said of the reports: which likenesses are no duplicates."""

from django.db import models

from register.documents.models import Document
from register.ledger.tracked import Tracked


class DuplicateDismissal(Tracked):
    """Two flows, or two agreements, that look alike and are no duplicates, with the reason.

    A flow is named by its document and its lineage, so that the answer holds through every version; an
    agreement by its document alone. The first of the two has the smaller key.
    """

    ledger_path = "first"
    ledger_labels = ("first", "second")

    first = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="first")
    second = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="second")
    first_flow = models.UUIDField("first flow", null=True, blank=True)
    second_flow = models.UUIDField("second flow", null=True, blank=True)
    reason = models.TextField("why they are not duplicates")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_flow__isnull=True, second_flow__isnull=True)
                | models.Q(first_flow__isnull=False, second_flow__isnull=False),
                name="reports_dismissal_of_flows_or_agreements",
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=models.Q(first_flow__isnull=True),
                name="reports_dismissal_of_agreements_once",
                violation_error_message="Somebody has said so already.",
            ),
            models.UniqueConstraint(
                fields=["first", "second", "first_flow", "second_flow"],
                name="reports_dismissal_of_flows_once",
                violation_error_message="Somebody has said so already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second} are not duplicates"
