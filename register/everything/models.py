"""An export of everything that an administrator asked for."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ExportState(models.TextChoices):
    """How far an export has come."""

    WAITING = "waiting", "Waiting"
    WORKING = "working", "Being made"
    DONE = "done", "Ready"
    FAILED = "failed", "Could not be made"
    CLEARED = "cleared", "Deleted"


class Export(models.Model):
    """One ZIP with everything: asked for by an administrator, made by the worker, deleted after a week."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports")
    state = models.CharField(
        "state", max_length=8, choices=ExportState.choices, default=ExportState.WAITING
    )
    asked_at = models.DateTimeField("asked for")
    claimed_at = models.DateTimeField("taken up", null=True)
    ended_at = models.DateTimeField("ended", null=True)
    tries = models.PositiveSmallIntegerField("tries", default=0)
    failure = models.TextField("why it could not be made", blank=True)
    size = models.PositiveBigIntegerField("size in bytes", default=0)
    rows = models.PositiveBigIntegerField("rows", default=0)
    files = models.PositiveBigIntegerField("files", default=0)
    head = models.CharField("newest digest of the ledger", max_length=64, blank=True)
    sha256 = models.CharField("SHA-256 of the manifest", max_length=64, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(state__in=["waiting", "working"]),
                name="everything_export_due",
            )
        ]

    def __str__(self) -> str:
        return f"export {self.pk}"

    @property
    def path(self) -> str:
        """Where the file lies in storage."""
        return f"everything/{self.pk}.zip"

    @property
    def name(self) -> str:
        """The name of the file for whoever downloads it."""
        return f"register-everything-{self.asked_at:%Y-%m-%d}.zip"

    @property
    def is_moving(self) -> bool:
        """Whether the worker has still to do something about it."""
        return self.state in (ExportState.WAITING, ExportState.WORKING)
