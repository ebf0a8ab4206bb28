"""Release copies: what was withheld from a copy for somebody outside, why, and whose names stay."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from register.documents.models import Version
from register.ledger.tracked import Tracked
from register.lists.fields import CodesField
from register.packs.grounds import GROUNDS
from register.packs.querysets import ReleaseQuerySet


class Release(Tracked):
    """A release copy of a version: made by one act, and never changed afterwards."""

    ledger_path = "version__document"
    ledger_labels = ("version__document",)

    version = models.ForeignKey(Version, models.PROTECT, related_name="releases")
    requested_as = models.CharField("reference of the request", max_length=100, blank=True)
    named_posts = CodesField("post_kind", "posts whose holders stay named")
    text_sha256 = models.CharField("hash of the text that it was made from", max_length=64)
    decided_at = models.DateTimeField("decided")
    decided_by = models.CharField("decided by", max_length=300)

    objects: ClassVar = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"release copy of {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("packs:released", args=[self.version.document.reference, self.pk])


class WithheldPart(Tracked):
    """A part of a text that a release copy leaves out: under which exemption, and why."""

    ledger_path = "release__version__document"
    ledger_labels = ("release__version__document",)

    release = models.ForeignKey(Release, models.PROTECT, related_name="withheld")
    code = models.CharField("part", max_length=100)
    heading = models.CharField("heading of the part", max_length=300)
    ground = models.CharField(
        "exemption", max_length=10, choices=[(code, each.words) for code, each in GROUNDS.items()]
    )
    because = models.TextField("why it applies here")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "code"], name="packs_withheld_once")
        ]

    def __str__(self) -> str:
        return f"{self.heading} withheld"
