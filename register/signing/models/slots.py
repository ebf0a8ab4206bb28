"""Slots and the signatures that stand in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from register.directory.models import Organisation, Person, Post
from register.documents.models import StoredFile, Version
from register.ledger.tracked import Tracked, TrackedQuerySet


class SignatureKind(models.TextChoices):
    """What a row in a slot records."""

    SIGNED = "signed", "Signed"
    ON_PAPER = "on_paper", "Signed on paper"
    ON_BEHALF = "on_behalf", "Signed on behalf"
    CARRIED_OVER = "carried_over", "Carried over"
    REFUSED = "refused", "Refused"
    RETURNED = "returned", "Returned with comments"
    WITHDRAWN = "withdrawn", "Withdrawn"


COUNTS_AS_SIGNED = (
    SignatureKind.SIGNED,
    SignatureKind.ON_PAPER,
    SignatureKind.ON_BEHALF,
    SignatureKind.CARRIED_OVER,
)


class Method(models.TextChoices):
    """How somebody signed."""

    PAPER = "paper", "On paper"
    LINK_CODE = "link_code", "By a link and a code sent to their mailbox"
    LINK_DEVICE = "link_device", "By a link sent to their mailbox, on a known device"
    PASSWORD = "password", "Signed in with a password"
    PASSWORD_TOTP = "password_totp", "Signed in with a password and a second factor"
    SSO = "sso", "Signed in through their own organisation"
    CARRIED = "carried", "Carried over from the version before"


# What each way of signing shows of the signer, and no more.
STRENGTHS = {
    Method.PAPER: "a signature on paper",
    Method.LINK_CODE: "control of mailbox",
    Method.LINK_DEVICE: "control of mailbox, known device",
    Method.PASSWORD: "password",
    Method.PASSWORD_TOTP: "password and second factor",
    Method.SSO: "sign-in of their own organisation",
    Method.CARRIED: "signature on the version before",
}


class RefusalClass(models.TextChoices):
    """Why a signature is refused; operational stands outside the charter's two grounds."""

    LEGAL = "legal", "Legal"
    ETHICAL = "ethical", "Ethical"
    OPERATIONAL = "operational", "Operational"


class SlotQuerySet(TrackedQuerySet):
    """Questions about slots."""

    def standing(self) -> SlotQuerySet:
        """Slots that were not voided."""
        return self.filter(voided_at__isnull=True)

    def with_last(self) -> SlotQuerySet:
        """Slots with the kind and day of their newest row as `last_kind` and `last_on`."""
        newest = Signature.objects.filter(slot=models.OuterRef("pk")).order_by("-pk")
        return self.annotate(
            last_kind=models.Subquery(newest.values("kind")[:1]),
            last_on=models.Subquery(newest.values("signed_on")[:1]),
        )

    def signed(self) -> SlotQuerySet:
        """Slots whose newest row counts as signed."""
        return self.with_last().filter(last_kind__in=COUNTS_AS_SIGNED)

    def open(self) -> SlotQuerySet:
        """Standing slots in which no signature counts: still to be signed, refused or withdrawn."""
        is_open = models.Q(last_kind__isnull=True) | ~models.Q(last_kind__in=COUNTS_AS_SIGNED)
        return self.standing().with_last().filter(is_open)


class Slot(Tracked):
    """The place where a party signs a version: a body and the post that signs for it."""

    ledger_path = "version__document"
    ledger_labels = ("organisation", "post")

    version = models.ForeignKey(Version, models.PROTECT, related_name="slots")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="slots", verbose_name="body"
    )
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="slots", verbose_name="post"
    )
    post_words = models.CharField("post, in words", max_length=200, blank=True)
    is_required = models.BooleanField("needed for coming into force", default=True)
    step = models.PositiveSmallIntegerField("asked in step", default=1)
    is_accession = models.BooleanField("joined after it came into force", default=False)
    position = models.PositiveIntegerField(default=0)
    old_register_words = models.CharField(
        "signed by, as the old register has it", max_length=300, blank=True
    )
    old_register_on = models.DateField("signed on, in the old register", null=True, blank=True)
    voided_at = models.DateTimeField("voided", null=True, blank=True)
    void_reason = models.CharField("why it was voided", max_length=300, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = SlotQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(voided_at__isnull=True, void_reason="")
                | (models.Q(voided_at__isnull=False) & ~models.Q(void_reason="")),
                name="signing_slot_void_with_reason",
            ),
            models.UniqueConstraint(
                fields=["version", "organisation", "post"],
                condition=models.Q(voided_at__isnull=True),
                name="signing_slot_once",
                violation_error_message="That post already has a slot for this body.",
            ),
        ]

    def __str__(self) -> str:
        return f"place to sign of {self.post_called or 'no post'} for {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("signing:slot", args=[self.version.document.reference, self.pk])

    @property
    def post_called(self) -> str:
        """The post that signs, by its title or in words."""
        return self.post.title if self.post else self.post_words

    @property
    def newest_row(self) -> Signature | None:
        """The row that says how the slot stands today."""
        return self.signatures.order_by("-pk").first()


class Signature(Tracked):
    """One row in a slot: signed, refused or withdrawn; added, never changed."""

    ledger_path = "slot__version__document"

    append_only = True

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="signatures")
    kind = models.CharField("what happened", max_length=12, choices=SignatureKind.choices)
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signatures",
        verbose_name="who signed",
    )
    person_name = models.CharField("name as signed", max_length=200)
    post_title = models.CharField("post", max_length=200, blank=True)
    body_name = models.CharField("body", max_length=300)
    capacity = models.CharField("capacity", max_length=10, blank=True)
    on_behalf_of = models.CharField("on behalf of", max_length=200, blank=True)
    statement = models.TextField("what was agreed to", blank=True)
    statement_sha256 = models.CharField("hash of the statement", max_length=64, blank=True)
    method = models.CharField("how", max_length=40, choices=Method.choices, default=Method.PAPER)
    strength = models.CharField("what the signer showed", max_length=80, blank=True)
    signed_on = models.DateField("date")
    recorded_at = models.DateTimeField("recorded at")
    time_zone = models.CharField("local time zone", max_length=40, blank=True)
    body_sha256 = models.CharField("text hash", max_length=64)
    # Of address and browser, salted: they themselves lie in a row that is erased after a year.
    trace_sha256 = models.CharField("hash of the trace", max_length=64, blank=True)
    request = models.ForeignKey(
        "signing.SigningRequest",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signatures",
        verbose_name="in answer to",
    )
    reason_class = models.CharField(
        "ground", max_length=12, choices=RefusalClass.choices, blank=True
    )
    reason = models.TextField("reason", blank=True)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="scans"
    )
    scan_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        # What was signed or refused in a month is found without reading what stands beside it.
        indexes = [
            models.Index(fields=["kind", "recorded_at", "slot"], name="signing_signature_recorded")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="refused") | ~models.Q(reason_class=""),
                name="signing_signature_refusal_has_ground",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["refused", "withdrawn"]) | ~models.Q(reason=""),
                name="signing_signature_reason_given",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="returned") | ~models.Q(reason=""),
                name="signing_signature_comments_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().lower()} by {self.person_name} for {self.body_name}"

    @property
    def counts(self) -> bool:
        """Whether the row counts as signed while it is the newest in its slot."""
        return self.kind in COUNTS_AS_SIGNED
