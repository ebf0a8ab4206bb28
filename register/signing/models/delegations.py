"""Who signs for the holder of a post, for a time or in one slot."""

from __future__ import annotations

from django.db import models

from register.directory.models import Person, Post
from register.directory.models.dated import Dated
from register.signing.models.slots import Slot


class Delegation(Dated):
    """The holder of a post lets somebody of the same body sign for them: dated, or in one slot only."""

    ledger_path = "post__organisation"
    ledger_labels = ("to_person", "post__organisation")

    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations")
    from_person = models.ForeignKey(
        Person, models.PROTECT, related_name="delegations_made", verbose_name="given by"
    )
    to_person = models.ForeignKey(
        Person, models.PROTECT, related_name="delegations_held", verbose_name="given to"
    )
    slot = models.ForeignKey(
        Slot,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name="in one place to sign only",
    )
    reason = models.CharField("reason", max_length=300, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(from_person=models.F("to_person")),
                name="signing_delegation_to_another",
                violation_error_message="Choose somebody else than the person who delegates.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to_person} signs for {self.from_person} as {self.post}"
