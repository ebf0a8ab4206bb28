"""Tokens by which a program asks in the name of a login."""

from django.conf import settings
from django.db import models


class Token(models.Model):
    """A secret that lets a program read as one login may; kept as a digest, shown once, ends by itself."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField("what it is for", max_length=100)
    # The first characters, so that somebody who finds a token can tell which it is.
    beginning = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("made at")
    ends_on = models.DateField("last day")
    used_on = models.DateField("last used on", null=True)
    revoked_at = models.DateTimeField("revoked at", null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning}…)"

    def holds_on(self, day) -> bool:
        """Whether it may be used on a day (a date)."""
        return self.revoked_at is None and self.ends_on >= day
