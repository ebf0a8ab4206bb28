"""Who is asked to read a draft, and who of another body helps to write it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from register.core.dates import today
from register.directory.models import Appointment, Organisation, Person
from register.documents.lifecycle import EDITABLE, State
from register.documents.models import Document, Version
from register.ledger.tracked import Tracked, TrackedQuerySet


class Response(models.TextChoices):
    """What somebody who was consulted says of the whole draft."""

    NO_COMMENTS = "no_comments", "No comments"
    SUPPORTS = "supports", "Supports it"
    COMMENTED = "commented", "Comments made"
    OPPOSES = "opposes", "Does not support it as it stands"


def still_there() -> models.Exists:
    """The condition that the person of a row is appointed today in the body for which they stand there."""
    in_post = models.Q(post__organisation_id=models.OuterRef("organisation_id"))
    in_role = models.Q(membership__organisation_id=models.OuterRef("organisation_id"))
    rows = Appointment.objects.current(today()).filter(in_post | in_role)
    return models.Exists(rows.filter(person_id=models.OuterRef("person_id")))


class ConsulteeQuerySet(TrackedQuerySet):
    """Questions about people who are consulted."""

    def still_there(self) -> ConsulteeQuerySet:
        """Guests, and people who are still of the body for which they were asked."""
        return self.filter(models.Q(person__isnull=True) | models.Q(still_there()))

    def standing(self) -> ConsulteeQuerySet:
        """Those who were not taken off."""
        return self.filter(taken_off_at__isnull=True)

    def open(self) -> ConsulteeQuerySet:
        """Those who may read and comment now: not taken off, and their draft is in consultation."""
        return self.standing().filter(version__state=State.CONSULTATION)

    def waited_for(self) -> ConsulteeQuerySet:
        """Those who may read and comment now and have not responded."""
        return self.open().filter(responded_at__isnull=True)


class Consultee(Tracked):
    """Somebody who is asked to read a draft: a person of the register, or a guest by name and e-mail."""

    ledger_path = "version__document"
    ledger_labels = ("person",)

    version = models.ForeignKey(Version, models.PROTECT, related_name="consultees")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="consulted_on"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="consultees"
    )
    name = models.CharField("name", max_length=200)
    organisation_name = models.CharField("body", max_length=300, blank=True)
    invited_at = models.DateTimeField("asked")
    due_on = models.DateField("answer by", null=True, blank=True)
    response = models.CharField("response", max_length=12, choices=Response.choices, blank=True)
    responded_at = models.DateTimeField("responded", null=True, blank=True)
    reminded_at = models.DateTimeField("last reminded", null=True, blank=True)
    taken_off_at = models.DateTimeField("taken off", null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = ConsulteeQuerySet.as_manager()

    class Meta:
        ordering = ["organisation_name", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"],
                condition=models.Q(person__isnull=False),
                name="consultation_consultee_once",
            ),
            models.CheckConstraint(
                condition=models.Q(response="", responded_at__isnull=True)
                | (~models.Q(response="") & models.Q(responded_at__isnull=False)),
                name="consultation_consultee_response_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation_name}" if self.organisation_name else self.name

    @property
    def is_open(self) -> bool:
        """Whether they may read and comment now."""
        return self.taken_off_at is None and self.version.state == State.CONSULTATION


class GuestAddress(models.Model):
    """Where a guest is reached; kept apart from the name, so that it can be erased by itself."""

    consultee = models.OneToOneField(Consultee, models.CASCADE, related_name="address")
    email = models.EmailField("e-mail address")

    def __str__(self) -> str:
        return f"address of {self.consultee}"


class GuestLink(models.Model):
    """A link by which somebody without an account reads a draft; only the hash of its token is kept."""

    consultee = models.ForeignKey(Consultee, models.CASCADE, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"link of {self.consultee}"


class EditorQuerySet(TrackedQuerySet):
    """Questions about named editors."""

    def still_there(self) -> EditorQuerySet:
        """Those who are still of the body for which they write."""
        return self.filter(still_there())

    def open(self) -> EditorQuerySet:
        """Those who may write now: the right was not taken back, and the text can still change."""
        return self.filter(
            revoked_at__isnull=True, version__frozen_at__isnull=True, version__state__in=EDITABLE
        )


class Editor(Tracked):
    """A named person of another body who writes in a draft, until it is issued or the right is taken back."""

    ledger_path = "version__document"
    ledger_labels = ("person",)

    version = models.ForeignKey(Version, models.PROTECT, related_name="editors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="edits")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="editors"
    )
    organisation_name = models.CharField("body", max_length=300, blank=True)
    given_at = models.DateTimeField("given")
    revoked_at = models.DateTimeField("taken back", null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = EditorQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"],
                condition=models.Q(revoked_at__isnull=True),
                name="consultation_editor_once",
                violation_error_message="That person writes in this draft already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} as editor"


class NamedReader(models.Model):
    """Notes that somebody who reads the drafts for now is a named reader besides, and stays one after."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "person"], name="consultation_namedreader_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} stays a reader of {self.document}"
