"""Asking for signatures: the round in which a version goes out, and each person who is asked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from register.directory.models import Person
from register.documents.models import Provenance, Version
from register.ledger.tracked import Tracked, TrackedQuerySet
from register.signing.models.slots import Slot


class Order(models.TextChoices):
    """Whether all are asked at once."""

    TOGETHER = "together", "All at once"
    IN_SEQUENCE = "in_sequence", "Step by step"


class OnMissed(models.TextChoices):
    """What happens when the day passes by which people were asked to sign."""

    TELL = "tell", "The officer is told, and people may still sign"
    CLOSE = "close", "What is still open closes: nobody signs until the officer asks again"


class SigningRound(Tracked):
    """How a version was sent out for signature: by when, in which order, by whom, with which words."""

    ledger_path = "version__document"

    version = models.OneToOneField(Version, models.PROTECT, related_name="round")
    sign_by = models.DateField("sign by", null=True, blank=True)
    order = models.CharField("order", max_length=12, choices=Order.choices, default=Order.TOGETHER)
    on_missed = models.CharField(
        "when that day passes", max_length=6, choices=OnMissed.choices, default=OnMissed.TELL
    )
    message = models.TextField("message to those who sign", blank=True)
    officer = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signing_rounds",
        verbose_name="who asks",
    )
    copies_to = models.TextField("copies go to, when all have signed", blank=True)
    missed_at = models.DateTimeField("day passed, and acted on", null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f"signing of {self.version}"


class Closed(models.TextChoices):
    """How a request ended."""

    SIGNED = "signed", "Signed"
    REFUSED = "refused", "Refused"
    RETURNED = "returned", "Returned with comments"
    PASSED_ON = "passed_on", "Passed on"
    REPLACED = "replaced", "Replaced"
    CANCELLED = "cancelled", "Cancelled"
    ELSEWHERE = "elsewhere", "Somebody else signed here"
    EXPIRED = "expired", "Expired"
    LAPSED = "lapsed", "Lapsed with the version"
    ACCEPTED = "accepted", "Told, and did not object"
    OBJECTED = "objected", "Objected"


class SigningRequestQuerySet(TrackedQuerySet):
    """Questions about requests."""

    def open(self) -> SigningRequestQuerySet:
        """Requests that nothing has closed."""
        return self.filter(closed_at__isnull=True)

    def asked(self) -> SigningRequestQuerySet:
        """Open requests that have gone to the person: their step has come, and their body let them go."""
        return self.open().filter(asked_at__isnull=False)

    def released(self) -> SigningRequestQuerySet:
        """Requests for entries of which messages may go by themselves: made here, or released."""
        unreleased = models.Q(
            slot__version__document__provenance=Provenance.IMPORTED,
            slot__version__document__released_at__isnull=True,
        )
        return self.exclude(unreleased)

    def of(self, person: Person) -> SigningRequestQuerySet:
        """What waits for a person to sign, longest waiting first."""
        return self.asked().filter(person=person).order_by("asked_at", "pk")


class SigningRequest(Tracked):
    """One person asked to sign in one slot, or told that their body's signature was carried over.

    Several people may be asked for one slot: the first who signs closes the requests of the others.
    """

    ledger_path = "slot__version__document"
    ledger_labels = ("person",)

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="requests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="signing_requests")
    is_notice = models.BooleanField("only told, may object", default=False)
    object_by = models.DateField("may object until", null=True, blank=True)
    held_for_body = models.BooleanField("goes first to the body's officer", default=False)
    released_at = models.DateTimeField("let go by the body's officer", null=True, blank=True)
    asked_at = models.DateTimeField("asked", null=True, blank=True)
    closed_at = models.DateTimeField("closed", null=True, blank=True)
    closed_as = models.CharField("how it ended", max_length=10, choices=Closed.choices, blank=True)
    close_reason = models.TextField("why it ended", blank=True)
    passed_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="passed_to",
        verbose_name="passed on from",
    )
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = SigningRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "person"],
                condition=models.Q(closed_at__isnull=True),
                name="signing_request_once_open",
                violation_error_message="That person is asked to sign here already.",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_as="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(closed_as="")),
                name="signing_request_closed_with_how",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"],
                condition=models.Q(closed_at__isnull=True),
                name="signing_request_open",
            )
        ]

    def __str__(self) -> str:
        return f"request to {self.person} for {self.slot.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("approval:review", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether nothing has closed it."""
        return self.closed_at is None

    @property
    def version(self) -> Version:
        """The version that is to be signed."""
        return self.slot.version


class RequestTrace(models.Model):
    """What is known of a request's way to the person; no act of anybody's, so not in the ledger."""

    request = models.OneToOneField(SigningRequest, models.CASCADE, related_name="trace")
    opened_at = models.DateTimeField("first opened by the person", null=True)
    reminded_at = models.DateTimeField("last reminded", null=True)
    reminders = models.PositiveSmallIntegerField("reminders sent", default=0)

    def __str__(self) -> str:
        return f"way of {self.request}"


class MailKind(models.TextChoices):
    """What a message to somebody who signs was."""

    ASK = "ask", "Request"
    REMINDER = "reminder", "Reminder"
    NEW_LINK = "new_link", "New link"


class RequestMail(models.Model):
    """A message that went out about a request: in the outbox, where it may still wait or have failed."""

    request = models.ForeignKey(SigningRequest, models.CASCADE, related_name="mails")
    notice = models.ForeignKey("notices.Notice", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=MailKind.choices)

    def __str__(self) -> str:
        return f"{self.get_kind_display().lower()} for {self.request}"
