"""A print that somebody asked for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from register.documents.models import Version


class PrintState(models.TextChoices):
    """How far a print has come."""

    WAITING = "waiting", "Waiting"
    WORKING = "working", "Being made"
    DONE = "done", "Ready"
    FAILED = "failed", "Could not be made"


class PrintRequest(models.Model):
    """A PDF of a version, or of several as one pack: asked for by a login, made by the worker."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="prints")
    title = models.CharField("title of the pack", max_length=200, blank=True)
    is_headings = models.BooleanField("headings only", default=False)
    paper = models.CharField("kind of paper", max_length=20, blank=True)
    about = models.PositiveBigIntegerField("number of what it is made from", null=True)
    ending = models.CharField("kind of file", max_length=4, default="pdf")
    state = models.CharField(
        "state", max_length=8, choices=PrintState.choices, default=PrintState.WAITING
    )
    asked_at = models.DateTimeField("asked for")
    claimed_at = models.DateTimeField("taken up", null=True)
    ended_at = models.DateTimeField("ended", null=True)
    tries = models.PositiveSmallIntegerField("tries", default=0)
    failure = models.TextField("why it could not be made", blank=True)
    name = models.CharField("file name", max_length=200, blank=True)
    size = models.PositiveBigIntegerField("size in bytes", default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(state__in=["waiting", "working"]),
                name="printing_request_due",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.name or f"print {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("printing:print", args=[self.pk])

    @property
    def path(self) -> str:
        """Where the file lies in storage."""
        return f"prints/{self.pk}.{self.ending}"

    @property
    def is_pack(self) -> bool:
        """Whether several entries are bound together."""
        return bool(self.title)


class PrintedVersion(models.Model):
    """A version in a print, in its place."""

    request = models.ForeignKey(PrintRequest, models.CASCADE, related_name="items")
    version = models.ForeignKey(Version, models.CASCADE, related_name="prints")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.version} in {self.request}"
