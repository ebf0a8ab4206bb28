"""The end of an agreement, and what each party says became of the information that it held."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from register.core.dates import today
from register.directory.models import Organisation
from register.documents.models import Document, StoredFile, Version
from register.endings.querysets import ProofQuerySet
from register.ledger.tracked import Tracked
from register.lists.labels import label


class Fate(models.TextChoices):
    """What became of the information that a party held."""

    RETURNED = "returned", "Returned"
    DESTROYED = "destroyed", "Destroyed"
    KEPT = "kept", "Kept, with a legal ground"
    PART_KEPT = "part_kept", "Part kept with a legal ground, the rest returned or destroyed"
    NOTHING_HELD = "nothing_held", "Nothing was held"


KEEPING = (Fate.KEPT, Fate.PART_KEPT)
GONE = (Fate.RETURNED, Fate.DESTROYED, Fate.PART_KEPT)


class Way(models.TextChoices):
    """How a proof reached the register."""

    LINK = "link", "By the link in a message"
    OFFICER = "officer", "Recorded by an officer"


class Ending(Tracked):
    """An agreement that has ended, for which its parties are asked what became of the information."""

    ledger_path = "document"
    ledger_labels = ("document",)

    document = models.ForeignKey(Document, models.PROTECT, related_name="endings")
    version = models.OneToOneField(Version, models.PROTECT, related_name="ending")
    asked_on = models.DateField("asked")
    row_version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f"end of {self.document}"


class Proof(Tracked):
    """What one party says became of the information that it held: what, how, when, and who says so."""

    ledger_path = "ending__document"
    ledger_labels = ("organisation", "ending__document")

    ending = models.ForeignKey(Ending, models.PROTECT, related_name="proofs")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="proofs", verbose_name="body"
    )
    due_on = models.DateField("due")
    reminded_on = models.DateField("last reminded", null=True, blank=True)
    held = models.TextField("what was held", blank=True)
    fate = models.CharField("what became of it", max_length=12, choices=Fate.choices, blank=True)
    method = models.CharField("method", max_length=60, blank=True)
    method_words = models.CharField("method, in words", max_length=500, blank=True)
    done_on = models.DateField("when it was done", null=True, blank=True)
    keeping_ground = models.CharField("ground to keep", max_length=60, blank=True)
    keeping_words = models.TextField("what is kept, and why", blank=True)
    kept_until = models.DateField("kept until", null=True, blank=True)
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proofs",
        verbose_name="certificate",
    )
    file_name = models.CharField("file of the certificate", max_length=200, blank=True)
    said_by_name = models.CharField("who says so", max_length=200, blank=True)
    said_by_post = models.CharField("their post", max_length=200, blank=True)
    given_on = models.DateField("given", null=True, blank=True)
    given_by_way = models.CharField("given", max_length=8, choices=Way.choices, blank=True)
    not_needed_because = models.TextField("why it is not needed", blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = ProofQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=models.Q(fate="", not_needed_because=""),
                name="endings_proof_outstanding",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["ending", "organisation"], name="endings_proof_once"),
            models.CheckConstraint(
                condition=models.Q(fate="", given_on__isnull=True)
                | (
                    ~models.Q(fate="")
                    & models.Q(given_on__isnull=False)
                    & ~models.Q(said_by_name="")
                ),
                name="endings_proof_said_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(fate__in=["kept", "part_kept"]) | ~models.Q(keeping_ground=""),
                name="endings_proof_kept_on_a_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"proof of {self.organisation} for {self.ending.document}"

    def get_absolute_url(self) -> str:
        return reverse("endings:proof", args=[self.pk])

    @property
    def is_given(self) -> bool:
        """Whether the party has said what became of it."""
        return bool(self.fate)

    @property
    def is_outstanding(self) -> bool:
        """Whether it is still waited for."""
        return not self.fate and not self.not_needed_because

    @property
    def is_overdue(self) -> bool:
        """Whether it should have come by now."""
        return self.is_outstanding and self.due_on < today()

    @property
    def method_label(self) -> str:
        """The method in words."""
        return label("disposal_method", self.method) if self.method else ""

    @property
    def ground_label(self) -> str:
        """The ground to keep in words."""
        return label("keeping_ground", self.keeping_ground) if self.keeping_ground else ""


class ProofLink(models.Model):
    """A link by which a party gives its proof without an account; only the hash of its token is kept."""

    proof = models.ForeignKey(Proof, models.CASCADE, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"link of {self.proof}"
