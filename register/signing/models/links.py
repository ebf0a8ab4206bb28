"""What lets somebody sign without an account: links, codes and known devices, all kept as hashes only."""

from __future__ import annotations

from django.db import models

from register.directory.models import Person
from register.signing.models.asking import SigningRequest


class SignLink(models.Model):
    """A link that was mailed to a person: to one request, or to everything that waits for them.

    It shows what is asked, and by itself allows nothing: a code, a known device or a sign-in does.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_links")
    request = models.ForeignKey(SigningRequest, models.CASCADE, null=True, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link of {self.person}"


class SignCode(models.Model):
    """A six-digit code that was asked for on a link; made when it is mailed, good for thirty minutes."""

    link = models.ForeignKey(SignLink, models.CASCADE, related_name="codes")
    asked_at = models.DateTimeField()
    code_sha256 = models.CharField(max_length=64, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    expires_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"code for {self.link}"


class KnownDevice(models.Model):
    """A browser in which a person has typed a code before; asked for none until it is forgotten."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="known_devices")
    token_sha256 = models.CharField(max_length=64, unique=True)
    browser = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"device of {self.person}"
