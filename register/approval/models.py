"""How often one address tried links that were never sent."""

from __future__ import annotations

from django.db import models


class Guesses(models.Model):
    """Links that one address tried within one hour and that never were; the address is not kept."""

    address = models.CharField("keyed digest of address and hour", max_length=64)
    hour = models.DateTimeField("hour")
    count = models.PositiveIntegerField("links tried", default=0)

    class Meta:
        verbose_name_plural = "guesses"
        constraints = [
            models.UniqueConstraint(fields=["address", "hour"], name="approval_guesses_once")
        ]

    def __str__(self) -> str:
        return f"{self.count} guesses"
