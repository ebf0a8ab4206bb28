"""What is worked out about entries of an old register; derived, made anew by the worker, never a source."""

from __future__ import annotations

from django.db import models

from register.directory.models import Partnership


class Alike(models.Model):
    """An entry that may be the same as another; each such pair stands here both ways."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    entry_id = models.BigIntegerField()
    other_id = models.BigIntegerField()
    score = models.PositiveSmallIntegerField("how alike their titles are, of 100")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry_id", "other_id"], name="cleanup_alike_once")
        ]
        indexes = [
            # The page of pairs reads each pair once, the likeliest first.
            models.Index(
                fields=["-score", "id"],
                condition=models.Q(entry_id__lt=models.F("other_id")),
                name="cleanup_alike_pairs",
            ),
            models.Index(fields=["partnership"], name="cleanup_alike_place"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} and {self.other_id}, {self.score} of 100"


class Standing(models.Model):
    """How much of a partnership's old register was left to clean up when the worker last counted."""

    partnership = models.OneToOneField(Partnership, models.CASCADE, related_name="+")
    # By list its number, and whether there are more than are counted.
    counts = models.JSONField(default=dict)
    left = models.PositiveIntegerField("things to see to", default=0)
    counted_at = models.DateTimeField("counted")
    compared_at = models.DateTimeField("entries compared with each other", null=True)

    def __str__(self) -> str:
        return f"{self.left} left in {self.partnership}"
