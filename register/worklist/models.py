"""What a reader put off, what was announced, and how each login wants to hear of its work."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from register.directory.models import Community, Organisation, Partnership, Person
from register.documents.models import Document
from register.ledger.tracked import Tracked, TrackedQuerySet


class PutOffQuerySet(TrackedQuerySet):
    """Questions about what was put off."""

    def standing(self, day: date) -> PutOffQuerySet:
        """What is still put off on a day: it comes back on the day that was chosen."""
        return self.filter(ended_at__isnull=True, until__gt=day)

    def of(self, person_id: int | None) -> PutOffQuerySet:
        """What a person put off for themselves."""
        return self.filter(person_id=person_id)


class PutOff(Tracked):
    """An entry or a body that somebody does not want to see in their own work until a day, and why."""

    ledger_labels = ("person", "document", "organisation")

    person = models.ForeignKey(Person, models.PROTECT, related_name="put_offs")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="put_offs",
        verbose_name="entry",
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="put_offs",
        verbose_name="body",
    )  # fmt: skip
    until = models.DateField("until")
    reason = models.CharField("reason", max_length=300)
    made_at = models.DateTimeField("put off at")
    ended_at = models.DateTimeField("shown again at", null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = PutOffQuerySet.as_manager()

    class Meta:
        ordering = ["until", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, organisation__isnull=True)
                | Q(document__isnull=True, organisation__isnull=False),
                name="worklist_putoff_entry_or_body",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="worklist_putoff_says_why"),
            models.UniqueConstraint(
                fields=["person", "document"],
                condition=Q(ended_at__isnull=True, document__isnull=False),
                name="worklist_putoff_entry_once",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(ended_at__isnull=True, organisation__isnull=False),
                name="worklist_putoff_body_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.called} put off by {self.person}"

    @property
    def called(self) -> str:
        """What was put off: the reference of an entry, or the name of a body."""
        if self.document is not None:
            return self.document.reference
        return self.organisation.called if self.organisation else ""


class AnnouncementQuerySet(TrackedQuerySet):
    """Questions about announcements."""

    def standing(self, day: date) -> AnnouncementQuerySet:
        """Those that are shown on a day: not ended, and their last day has not passed."""
        is_over = Q(last_on__lt=day)
        return self.filter(ended_at__isnull=True).exclude(is_over)


class Announcement(Tracked):
    """Words of a partnership's office to everybody who signs in there, shown until acknowledged."""

    ledger_path = "partnership"
    ledger_labels = ("partnership",)

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="announcements")
    title = models.CharField("title", max_length=150)
    text = models.TextField("text")
    last_on = models.DateField("last day on which it is shown", null=True, blank=True)
    written_by_name = models.CharField("written by", max_length=200)
    written_at = models.DateTimeField("written")
    ended_at = models.DateTimeField("ended", null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class Acknowledgement(Tracked):
    """That somebody said that they have read an announcement; added, never changed."""

    ledger_path = "announcement__partnership"
    ledger_labels = ("person",)
    append_only = True

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="acknowledgements")
    person = models.ForeignKey(Person, models.PROTECT, related_name="acknowledgements")
    person_name = models.CharField("who", max_length=200)
    at = models.DateTimeField("acknowledged")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "person"], name="worklist_acknowledgement_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_name} has read “{self.announcement}”"


class LastVisit(models.Model):
    """When a login last looked at its work, and until when it had seen everything before."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="last_visit")
    at = models.DateTimeField("last here")
    seen_until = models.DateTimeField("had seen everything until")

    def __str__(self) -> str:
        return f"last visit of {self.user}"


class Often(models.TextChoices):
    """How often a login gets the digest of its work."""

    OFF = "off", "Never"
    DAILY = "daily", "Each working day"
    WEEKLY = "weekly", "Once a week"


class MailChoice(models.Model):
    """How often a login wants its digest, and for which day or week it was last looked at."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choice"
    )
    digest = models.CharField("digest", max_length=6, choices=Often.choices, default=Often.OFF)
    chosen_at = models.DateTimeField("chosen")
    # Such as 2026-11-23 or 2026-W48: the same day or week is never looked at twice.
    last_key = models.CharField("day or week last looked at", max_length=10, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["digest"], condition=~Q(digest="off"), name="worklist_mail_wanted")
        ]

    def __str__(self) -> str:
        return f"mails of {self.user}"


class FeedKind(models.TextChoices):
    """Whose dates a calendar feed shows."""

    ME = "me", "Mine: entries that I or my body look after, and what I am asked to sign"
    BODY = "body", "Of a body"
    COMMUNITY = "community", "Of an information community"


class Feed(models.Model):
    """A calendar that other programs read by a secret address; kept as a digest, shown once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feeds")
    kind = models.CharField("whose dates", max_length=9, choices=FeedKind.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="body"
    )
    community = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="information community",
    )  # fmt: skip
    # The first characters, so that somebody who finds an address can tell which it is.
    beginning = models.CharField(max_length=6)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("made")
    used_on = models.DateField("last read on", null=True)
    revoked_at = models.DateTimeField("revoked", null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="me", organisation__isnull=True, community__isnull=True)
                | Q(kind="body", organisation__isnull=False, community__isnull=True)
                | Q(kind="community", organisation__isnull=True, community__isnull=False),
                name="worklist_feed_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"Dates of {self.organisation or self.community}" if self._is_named else "My dates"

    @property
    def _is_named(self) -> bool:
        return self.kind != FeedKind.ME
