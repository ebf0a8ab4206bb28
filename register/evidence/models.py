"""Seals: what was sealed, by which certificate, and the work of making and checking it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from register.documents.models import StoredFile, Version
from register.ledger.tracked import Tracked


class CertificateRole(models.TextChoices):
    """What a certificate is for."""

    SEAL = "seal", "Seals"
    ISSUER = "issuer", "Issued a certificate that seals"
    TIMESTAMP = "timestamp", "Stands behind time stamps"


class SealCertificate(models.Model):
    """A certificate that this register sealed with, or that stands behind one: kept for ever."""

    append_only = True

    sha256 = models.CharField("fingerprint", max_length=64, primary_key=True)
    role = models.CharField("for", max_length=10, choices=CertificateRole.choices)
    subject = models.CharField("issued to", max_length=500)
    issuer = models.CharField("issued by", max_length=500)
    der = models.BinaryField("certificate")
    runs_out_at = models.DateTimeField("runs out")
    added_at = models.DateTimeField("first used")

    def __str__(self) -> str:
        return self.subject


class Seal(Tracked):
    """The sealed PDF of a version that came into force: made once, kept by its hash, served as stored."""

    ledger_path = "version__document"
    ledger_labels = ("version__document",)

    version = models.OneToOneField(Version, models.PROTECT, related_name="seal")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="seals")
    name = models.CharField("file name", max_length=150)
    kind = models.CharField("kind of seal", max_length=20)
    certificate = models.ForeignKey(SealCertificate, models.PROTECT, related_name="seals")
    body_sha256 = models.CharField("hash of the text that was laid out", max_length=64)
    sealed_at = models.DateTimeField("sealed")
    taken_away_at = models.DateTimeField("taken away", null=True, blank=True)
    taken_away_because = models.CharField("why it was taken away", max_length=300, blank=True)

    def __str__(self) -> str:
        return f"seal of {self.version}"

    @property
    def sha256(self) -> str:
        """The hash of the sealed bytes, in hexadecimal."""
        return self.file_id

    @property
    def is_demonstration(self) -> bool:
        """Whether the key was made for a demonstration and proves nothing."""
        return "not for real use" in self.certificate.issuer

    def get_absolute_url(self) -> str:
        return reverse(
            "evidence:sealed", args=[self.version.document.reference, self.version.number]
        )


class Sealing(models.Model):
    """The work of sealing one version: when it is next tried, and what went wrong last time."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="sealing")
    due_at = models.DateTimeField("tried again after")
    claimed_at = models.DateTimeField("taken up", null=True)
    tries = models.PositiveIntegerField("tries", default=0)
    failure = models.TextField("why it could not be sealed", blank=True)
    done_at = models.DateTimeField("done", null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(done_at__isnull=True),
                name="evidence_sealing_due",
            )
        ]

    def __str__(self) -> str:
        return f"sealing of {self.version}"


class Visits(models.Model):
    """How often one address asked the public page within one hour; the address itself is not kept."""

    address = models.CharField("keyed digest of address and hour", max_length=64)
    hour = models.DateTimeField("hour")
    asked = models.PositiveIntegerField("questions", default=0)

    class Meta:
        verbose_name_plural = "visits"
        constraints = [
            models.UniqueConstraint(fields=["address", "hour"], name="evidence_visits_once")
        ]

    def __str__(self) -> str:
        return f"{self.asked} questions"
