"""What was told once, and tests of whether messages reach those who sign."""

from __future__ import annotations

from django.db import models

from register.directory.models import Partnership, Person
from register.ledger.tracked import Tracked
from register.notices.models import Notice


class Told(models.Model):
    """Something that was said once and is not said again, by its key: a bounce, a post's new holder."""

    key = models.CharField(max_length=120, unique=True)
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class ReachTest(Tracked):
    """A harmless message to everybody who signs in a partnership, to learn whom messages reach."""

    ledger_path = "partnership"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="reach_tests")
    officer = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reach_tests",
        verbose_name="who asked",
    )
    started_at = models.DateTimeField("sent")
    people_count = models.PositiveIntegerField("people", default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"test of reach in {self.partnership}"


class ReachMail(models.Model):
    """The test message to one person: in the outbox, and whether they said that it reached them."""

    test = models.ForeignKey(ReachTest, models.PROTECT, related_name="mails")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    notice = models.ForeignKey(Notice, models.SET_NULL, null=True, related_name="+")
    token_sha256 = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField("confirmed", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["test", "person"], name="chasing_reachmail_once"),
            models.UniqueConstraint(
                fields=["token_sha256"],
                condition=~models.Q(token_sha256=""),
                name="chasing_reachmail_token",
            ),
        ]

    def __str__(self) -> str:
        return f"test message to {self.person}"
