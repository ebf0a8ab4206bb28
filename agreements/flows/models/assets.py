"""Where information comes from: a system or a set of records that one body answers for."""

from django.db import models
from django.urls import reverse

from register.directory.models import Organisation
from register.ledger.tracked import Tracked


class Asset(Tracked):
    """An information asset of a body: its name, who keeps it, to which standard, and how good it is."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="assets", verbose_name="owner"
    )
    name = models.CharField("name", max_length=200)
    keeper = models.CharField("post that answers for it", max_length=200, blank=True)
    standard = models.CharField("standard that it follows", max_length=200, blank=True)
    quality = models.TextField("quality", blank=True)
    is_ended = models.BooleanField("no longer used", default=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="flows_asset_name_once",
                violation_error_message="This body already has an asset of that name.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})"

    def get_absolute_url(self) -> str:
        return reverse("flows:asset", args=[self.pk])
