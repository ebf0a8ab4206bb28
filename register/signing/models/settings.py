"""How a body wants to be asked."""

from __future__ import annotations

from django.db import models

from register.directory.models import Organisation, Post
from register.ledger.tracked import Tracked


class DesignatedOfficer(Tracked):
    """The post of a body to which every request goes first: its holder lets it go, re-names or returns it."""

    ledger_path = "organisation"
    ledger_labels = ("organisation",)

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="designated_officer"
    )
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="post"
    )
    row_version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f"designated officer of {self.organisation}"
