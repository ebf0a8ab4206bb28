"""A fixed end date that is moved without a new version: only with the recorded consent of every party."""

from __future__ import annotations

from django.db import models

from register.directory.models import Organisation
from register.documents.models import Version
from register.ledger.tracked import Tracked


class EndMove(Tracked):
    """A new end date proposed for a version; it holds from the moment every party has consented."""

    ledger_path = "version__document"

    version = models.ForeignKey(Version, models.PROTECT, related_name="end_moves")
    from_on = models.DateField("ends on", null=True, blank=True)
    to_on = models.DateField("is to end on", null=True, blank=True)
    reason = models.TextField("reason")
    proposed_at = models.DateTimeField("proposed")
    proposed_by_name = models.CharField("proposed by", max_length=300)
    done_at = models.DateTimeField("moved", null=True, blank=True)
    withdrawn_at = models.DateTimeField("withdrawn", null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=models.Q(done_at__isnull=True, withdrawn_at__isnull=True),
                name="reviews_endmove_one_open",
                violation_error_message="Another end date is proposed already.",
            )
        ]

    def __str__(self) -> str:
        return f"end date of {self.version}"

    @property
    def is_open(self) -> bool:
        """Whether consents are still gathered."""
        return self.done_at is None and self.withdrawn_at is None


class Consent(Tracked):
    """A party's consent to a new end date: who gave it, on which day, and how."""

    ledger_path = "move__version__document"
    ledger_labels = ("organisation",)

    move = models.ForeignKey(EndMove, models.PROTECT, related_name="consents")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="end_consents", verbose_name="body"
    )
    given_by = models.CharField("given by", max_length=200)
    given_on = models.DateField("given on")
    how = models.CharField("how", max_length=300)
    recorded_at = models.DateTimeField("recorded")
    recorded_by_name = models.CharField("recorded by", max_length=300)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["move", "organisation"],
                name="reviews_consent_once",
                violation_error_message="The consent of that party is recorded already.",
            )
        ]

    def __str__(self) -> str:
        return f"consent of {self.organisation}"
