"""What a list of bodies said last time, and signed files that came in together."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse

from register.core.dates import LONDON, now
from register.directory.models import Partnership
from register.documents.models import Document
from register.exchange.models.imports import FILES_KEPT_FOR


class ImportedBody(models.Model):
    """What a list said last time of one body, value by value, in one spelling."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    source = models.CharField(max_length=300)
    key = models.CharField(max_length=80)
    organisation_id = models.BigIntegerField(db_index=True)
    said_text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "source", "key"], name="exchange_importedbody_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key[:12]}"

    @property
    def said(self) -> dict[str, str]:
        """The values by column of the register."""
        return json.loads(self.said_text)


class BundleState(models.TextChoices):
    """How far a bundle of signed files has come."""

    UPLOADED = "uploaded", "Being read"
    FOUND = "found", "Waiting for you to confirm"
    CONFIRMED = "confirmed", "Being attached"
    DONE = "done", "Finished"
    DISCARDED = "discarded", "Not attached"
    FAILED = "failed", "Stopped"


class Bundle(models.Model):
    """A ZIP or a folder of signed files, each of which belongs to an entry of the register."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="file_bundles")
    name = models.CharField("file", max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="file_bundles"
    )
    requested_at = models.DateTimeField("sent in")
    state = models.CharField(
        "state", max_length=10, choices=BundleState.choices, default=BundleState.UPLOADED
    )
    claimed_at = models.DateTimeField("taken up", null=True)
    ended_at = models.DateTimeField("ended", null=True)
    failure = models.TextField("why it stopped", blank=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("exchange:bundle", args=[self.pk])

    @property
    def path(self) -> str:
        """Where the ZIP lies in storage."""
        return f"imports/{self.sha256[:2]}/{self.sha256}"

    @property
    def is_moving(self) -> bool:
        """Whether the worker has still to do something about it."""
        return self.state in (BundleState.UPLOADED, BundleState.CONFIRMED)

    @property
    def is_open(self) -> bool:
        """Whether files of it may be given their entry: also those left when it was done, while kept."""
        is_done = self.state == BundleState.DONE and self.files_went_on is None
        return self.state == BundleState.FOUND or is_done

    @property
    def list_mark(self) -> str:
        """What tells the list that somebody saw from another: a digest of files, entries and states."""
        rows = self.files.order_by("pk").values_list("pk", "document_id", "state")
        return hashlib.sha256(json.dumps(list(rows)).encode()).hexdigest()[:16]

    @property
    def files_went_on(self) -> date | None:
        """The day from which its files are deleted; None while they are kept."""
        if self.state not in (BundleState.DONE, BundleState.DISCARDED, BundleState.FAILED):
            return None
        ends = (self.ended_at or self.requested_at) + FILES_KEPT_FOR
        return ends.astimezone(LONDON).date() if ends < now() else None


class Found(models.TextChoices):
    """How it was found to which entry a file belongs, surest first."""

    BYTES = "bytes", "The same file is attached to it"
    CHOSEN = "chosen", "Chosen by hand"
    REFERENCE = "reference", "By its reference"
    EXTERNAL = "external", "By its reference elsewhere"
    TITLE = "title", "By its title"
    NOT = "", "Not found"


class FileState(models.TextChoices):
    """What became of a file of a bundle."""

    WAITING = "waiting", "To be attached"
    UNMATCHED = "unmatched", "Not matched"
    LEFT_OUT = "left_out", "Left out"
    REFUSED = "refused", "Cannot be taken"
    KNOWN = "known", "Attached before"
    ATTACHED = "attached", "Attached"


class BundledFile(models.Model):
    """One file of a bundle: its bytes in storage, and the entry to which it belongs."""

    bundle = models.ForeignKey(Bundle, models.CASCADE, related_name="files")
    name = models.CharField("file", max_length=300)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField("size in bytes", default=0)
    state = models.CharField("state", max_length=10, choices=FileState.choices)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    found = models.CharField("how it was found", max_length=10, choices=Found.choices, blank=True)
    problem = models.CharField("why not", max_length=300, blank=True)
    # Entries that it may belong to, likeliest first.
    likely_text = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["bundle", "state"], name="exchange_bundled_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where its bytes lie in storage."""
        return f"imports/{self.sha256[:2]}/{self.sha256}"

    @property
    def likely(self) -> list[int]:
        """The keys of the entries that it may belong to, likeliest first."""
        return json.loads(self.likely_text) if self.likely_text else []

    @property
    def may_change(self) -> bool:
        """Whether another entry may be chosen for it: it can be attached, and was not yet."""
        settled = (FileState.REFUSED, FileState.ATTACHED)
        return bool(self.sha256) and self.state not in settled
