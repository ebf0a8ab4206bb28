"""A version: the text that is signed, and its life."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from register.documents.lifecycle import EDITABLE, GOVERNING, PREPARING, State
from register.documents.models.documents import Document
from register.documents.models.files import StoredFile
from register.documents.querysets import VersionQuerySet
from register.ledger.tracked import Tracked


class TextKind(models.TextChoices):
    """What a version's text is."""

    CLAUSES = "clauses", "Clauses written here"
    FILE = "file", "A governing file on somebody else's paper"


class Commencement(models.TextChoices):
    """The condition that must be met before a version comes into force."""

    ALL_SLOTS = "all_slots", "when every slot is signed"
    REQUIRED_SLOTS = "required_slots", "when every slot marked as needed is signed"
    TWO_PARTIES = "two_parties", "when two parties or more have signed"


class Version(Tracked):
    """One text of a document, from draft to its end; frozen from the moment it is issued for signature."""

    ledger_path = "document"
    ledger_labels = ("document",)

    frozen_columns = (
        "document_id",
        "number",
        "label",
        "title",
        "kind",
        "text_kind",
        "governing_file_id",
        "governing_file_name",
        "commencement",
        "commencement_on",
        "changes",
        "body_sha256",
        "frozen_at",
    )

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("version")
    label = models.CharField("version, as its keeper writes it", max_length=40, blank=True)
    title = models.CharField("title", max_length=300)
    kind = models.CharField("kind", max_length=60, blank=True)
    state = models.CharField("state", max_length=12, choices=State.choices, default=State.DRAFT)
    text_kind = models.CharField(
        "text", max_length=8, choices=TextKind.choices, default=TextKind.CLAUSES
    )
    governing_file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="governs",
        verbose_name="governing file",
    )
    governing_file_name = models.CharField(max_length=200, blank=True)
    commencement = models.CharField(
        "comes into force",
        max_length=16,
        choices=Commencement.choices,
        default=Commencement.ALL_SLOTS,
    )
    commencement_on = models.DateField("not before", null=True, blank=True)
    ends_on = models.DateField("ends on", null=True, blank=True)
    shared_since = models.DateField("sharing began earlier, on", null=True, blank=True)
    shared_since_reason = models.TextField("why sharing began earlier", blank=True)
    changes = models.TextField("summary of changes", blank=True)
    issued_at = models.DateTimeField("issued for signature", null=True, blank=True)
    frozen_at = models.DateTimeField("frozen", null=True, blank=True)
    body_sha256 = models.CharField("text hash", max_length=64, blank=True)
    in_force_on = models.DateField("in force from", null=True, blank=True)
    ended_on = models.DateField("ended on", null=True, blank=True)
    end_reason = models.TextField("why it ended", blank=True)
    is_admitted = models.BooleanField("came in by import", default=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="documents_version_once"),
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(state__in=[s.value for s in GOVERNING]),
                name="documents_version_one_governing",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(state__in=[s.value for s in PREPARING]),
                name="documents_version_one_in_preparation",
            ),
            models.CheckConstraint(
                condition=models.Q(frozen_at__isnull=True, body_sha256="")
                | (models.Q(frozen_at__isnull=False) & ~models.Q(body_sha256="")),
                name="documents_version_frozen_with_hash",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="signing") | models.Q(frozen_at__isnull=False),
                name="documents_version_signing_is_frozen",
            ),
            models.CheckConstraint(
                condition=~models.Q(text_kind="file")
                | models.Q(governing_file__isnull=False)
                | models.Q(frozen_at__isnull=True),
                name="documents_version_file_is_there",
            ),
        ]
        # A text is looked up by the code on paper, which is the beginning of its hash.
        indexes = [models.Index(fields=["body_sha256"], name="documents_version_hash")]

    def __str__(self) -> str:
        return f"{self.document.reference} version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("documents:version", args=[self.document.reference, self.number])

    @property
    def is_governing(self) -> bool:
        """Whether the version is in force or under review."""
        return self.state in GOVERNING

    @property
    def was_issued(self) -> bool:
        """Whether the version was issued for signature or admitted: no draft, and no discarded one."""
        return self.frozen_at is not None or self.is_admitted

    @property
    def is_vouched_for(self) -> bool:
        """Whether it was admitted from an old register: an officer's word stands for its signatures.

        It counts for nothing before the entry is confirmed.
        """
        return self.is_admitted and self.frozen_at is None and self.document.is_confirmed

    @property
    def is_editable(self) -> bool:
        """Whether its content may change: a draft or in consultation, or admitted and not yet frozen."""
        return self.frozen_at is None and (
            self.state in EDITABLE or (self.is_admitted and self.state in GOVERNING)
        )


class VersionBody(models.Model):
    """The canonical body of a frozen version: RFC 8785 JSON, the very bytes whose hash is signed."""

    append_only = True

    version = models.OneToOneField(Version, models.PROTECT, related_name="body")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    # Set by a redaction: the digest of what is left, beside the digest that was signed.
    redacted_sha256 = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"body of {self.version}"


class Transition(models.Model):
    """One move of a version from a state to the next: when, by whom and why. Added, never changed."""

    append_only = True

    version = models.ForeignKey(Version, models.PROTECT, related_name="transitions")
    from_state = models.CharField(max_length=12, choices=State.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=State.choices)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        # What moved in a month is answered from the index alone.
        indexes = [
            models.Index(
                fields=["at", "to_state", "from_state", "version"], name="documents_transition_at"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} became {self.get_to_state_display().lower()}"


class Unsaved(models.Model):
    """What somebody has typed into a form and not yet saved; theirs alone, dropped when they save."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="unsaved")
    page = models.CharField(max_length=300)
    typed = models.TextField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "page"], name="documents_unsaved_once")
        ]

    def __str__(self) -> str:
        return f"unsaved typing on {self.page}"
