"""What hangs on a version: every row is copied, frozen, compared and signed with it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.apps import apps
from django.db import models

from register.directory.models import Organisation
from register.documents.models.documents import Document
from register.documents.models.versions import Version
from register.ledger.tracked import Tracked


class Content(Tracked):
    """A row of a version's content. `lineage` stays the same when a revision copies the row."""

    ledger_path = "version__document"

    frozen_by = "version_id"
    # What a revision keeps and a new entry made as a copy does not: it was said of the old entry.
    left_behind: ClassVar[tuple[str, ...]] = ()

    version = models.ForeignKey(Version, models.PROTECT, related_name="%(class)s_rows")
    lineage = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(default=0)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "lineage"], name="%(app_label)s_%(class)s_lineage_once"
            )
        ]

    @classmethod
    def kinds(cls) -> list[type[Content]]:
        """Every model of content in the register, parents before the rows that point at them."""
        models_ = [m for m in apps.get_models() if issubclass(m, Content)]
        return sorted(models_, key=lambda m: len(m.content_links()))

    @classmethod
    def content_links(cls) -> list[models.ForeignKey]:
        """The foreign keys of this model that point at other content of the same version."""
        return [
            field
            for field in cls._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and issubclass(field.related_model, Content)
        ]


class Marker(models.TextChoices):
    """How a clause is marked."""

    NUMBER = "number", "Number"
    LETTER = "letter", "Letter"
    BULLET = "bullet", "Bullet"


class Clause(Content):
    """A numbered clause, lettered item or bullet: an optional heading and its text; three levels deep."""

    level = models.PositiveSmallIntegerField("level", default=1)
    marker = models.CharField(
        "marked by", max_length=6, choices=Marker.choices, default=Marker.NUMBER
    )
    heading = models.CharField("heading", max_length=300, blank=True)
    text = models.TextField("text", blank=True)

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(level__in=[1, 2, 3]), name="documents_clause_three_levels"
            ),
        ]

    def __str__(self) -> str:
        return f"clause “{self.heading}”" if self.heading else "clause"


class Part(models.TextChoices):
    """What part a body plays in a document."""

    PARTY = "party", "Party"
    OBSERVER = "observer", "Observer"
    DRAFTING_PARTNER = "drafting_partner", "Drafting partner"


class Party(Content):
    """A body named in a document: bound by it, observing it, or having helped to draft it."""

    ledger_labels = ("organisation",)

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="party_rows")
    part = models.CharField("part", max_length=20, choices=Part.choices, default=Part.PARTY)
    role = models.CharField("role", max_length=60, blank=True)
    only_this_reason = models.TextField("bound by this agreement only, because", blank=True)
    name_as_signed = models.CharField(max_length=300, blank=True, editable=False)

    class Meta(Content.Meta):
        verbose_name_plural = "parties"
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "organisation", "part"],
                name="documents_party_once",
                violation_error_message="This body is already named here.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_part_display().lower()})"


class ParentLink(Content):
    """The document above as it stood when this version was issued; copied in, so that it is signed too."""

    parent = models.ForeignKey(Document, models.PROTECT, related_name="child_links")
    is_main = models.BooleanField("main", default=True)
    reference = models.CharField(max_length=30)
    title = models.CharField(max_length=300)
    number = models.PositiveIntegerField("version", null=True)
    state = models.CharField(max_length=12, blank=True)

    def __str__(self) -> str:
        return f"under {self.reference}"
