"""A document of any tier, and the living facts about it that nobody signs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from register.directory.models import Membership, Organisation, Partnership, Person
from register.directory.models.dated import Dated
from register.directory.models.partnerships import Tier
from register.documents.lifecycle import GOVERNING, PREPARING
from register.documents.querysets import DocumentQuerySet
from register.ledger.tracked import Tracked


class Visibility(models.TextChoices):
    """Who may read the governing version of a document."""

    NAMED = "named", "Named people"
    PARTIES = "parties", "Its parties"
    PARTNERSHIP = "partnership", "Everybody in the partnership"
    PUBLIC = "public", "The public"


class Provenance(models.TextChoices):
    """Where an entry came from."""

    MADE_HERE = "made_here", "Made here"
    IMPORTED = "imported", "Imported"
    HELD = "held", "Held for another"


class ReferenceCounter(models.Model):
    """The last number issued for a prefix; locked while a reference is issued."""

    prefix = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last}"


class Document(Tracked):
    """A charter, a protocol or an agreement: what stays the same while its versions follow each other."""

    reference = models.CharField("reference", max_length=30, unique=True)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="documents")
    tier = models.PositiveSmallIntegerField("tier", choices=Tier.choices)
    owner = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_documents",
        verbose_name="owner",
    )
    lead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_documents",
        verbose_name="lead body",
    )
    review_on = models.DateField("review date", null=True, blank=True)
    review_words = models.CharField("review, as recorded", max_length=200, blank=True)
    visibility = models.CharField(
        "who may read it",
        max_length=12,
        choices=Visibility.choices,
        default=Visibility.PARTNERSHIP,
    )
    marking = models.CharField("protective marking", max_length=60, blank=True)
    is_restricted = models.BooleanField("restricted", default=False)
    provenance = models.CharField(
        "provenance",
        max_length=10,
        choices=Provenance.choices,
        default=Provenance.MADE_HERE,
    )
    kept_by = models.CharField("held, not owned: kept by", max_length=300, blank=True)
    source = models.CharField("source of the entry", max_length=300, blank=True)
    source_key = models.CharField(max_length=128, blank=True, editable=False)
    extras = models.TextField("further columns of the source", blank=True)
    is_confirmed = models.BooleanField("confirmed by an officer", default=True)
    released_at = models.DateTimeField("released for messages", null=True, blank=True)
    # Named to those who may read it only: histories and lists are silent about it.
    copied_from = models.ForeignKey(
        "documents.Version",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="copies",
        verbose_name="copied from",
    )
    archived_on = models.DateField("archived", null=True, blank=True)
    open_to_partners = models.BooleanField(default=False, editable=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "source", "source_key"],
                condition=~models.Q(source_key=""),
                name="documents_document_source_once",
            )
        ]
        indexes = [models.Index(fields=["source_key"], name="documents_doc_source_key")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.reference])

    @property
    def tier_word(self) -> str:
        """The partnership's own word for this tier."""
        return self.partnership.word(self.tier)

    @property
    def governing(self):
        """The version in force or under review, or None."""
        return self.versions.filter(state__in=GOVERNING).first()

    @property
    def in_preparation(self):
        """The version being drafted, consulted on or signed, or None."""
        return self.versions.filter(state__in=PREPARING).first()

    @property
    def newest(self):
        """The version with the highest number."""
        return self.versions.order_by("-number").first()

    @property
    def shown(self):
        """The version that stands for the document: the governing one, else the newest."""
        return self.governing or self.newest


class ExternalReference(Tracked):
    """What somebody else calls the document: their reference, kept as written and searchable."""

    ledger_path = "document"

    document = models.ForeignKey(Document, models.PROTECT, related_name="external_references")
    value = models.CharField("their reference", max_length=120)
    whose = models.CharField("whose reference", max_length=200, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "value"],
                name="documents_externalreference_once",
                violation_error_message="The entry already has that reference.",
            )
        ]
        indexes = [models.Index(fields=["value"], name="documents_extref_value")]

    def __str__(self) -> str:
        return self.value


class DocumentTag(Tracked):
    """A word by which the office groups entries."""

    ledger_path = "document"

    document = models.ForeignKey(Document, models.PROTECT, related_name="tags")
    word = models.CharField("tag", max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "word"], name="documents_tag_once")
        ]
        indexes = [models.Index(fields=["word"], name="documents_tag_word")]

    def __str__(self) -> str:
        return self.word


class Reader(models.Model):
    """Who may read a document that is not open to all partners: a body's membership, or a named person.

    Derived from lead, editors, parties and visibility, kept by the acts and checked by verification.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="readers")
    membership = models.ForeignKey(
        Membership, models.CASCADE, null=True, related_name="readable_documents"
    )
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="readable_documents")
    reads_drafts = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "membership"], name="documents_reader_membership_once"
            ),
            models.UniqueConstraint(
                fields=["document", "person"], name="documents_reader_person_once"
            ),
        ]
        indexes = [
            models.Index(fields=["membership", "document"], name="documents_reader_body"),
            models.Index(fields=["person", "document"], name="documents_reader_person"),
        ]

    def __str__(self) -> str:
        return f"{self.membership or self.person} reads {self.document}"


class Suspension(Dated):
    """Sharing stopped for a time: of the whole document, or for one party; dated, with the reason."""

    ledger_path = "document"
    ledger_labels = ("document",)

    document = models.ForeignKey(Document, models.PROTECT, related_name="suspensions")
    party = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suspensions",
        verbose_name="for one party",
    )
    reason = models.TextField("reason")

    def __str__(self) -> str:
        return f"suspension of {self.document}"
