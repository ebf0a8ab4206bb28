"""What was said about a draft, here or in a Word file that came back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from register.consultation.models.people import Consultee
from register.directory.models import Organisation, Person
from register.documents.models import StoredFile, Version
from register.ledger.tracked import Tracked, TrackedQuerySet


class ReturnedFile(Tracked):
    """A Word file that a body sent back, kept as it came."""

    ledger_path = "version__document"
    ledger_labels = ("organisation",)

    version = models.ForeignKey(Version, models.PROTECT, related_name="returned_files")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="returned_files", verbose_name="body"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="returned_files")
    name = models.CharField("file name", max_length=200)
    received_on = models.DateField("received")
    note = models.CharField("note", max_length=500, blank=True)
    filed_at = models.DateTimeField("filed")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation", "file"],
                name="consultation_returnedfile_once",
                violation_error_message="This file is filed for this body already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.organisation}"


class CommentState(models.TextChoices):
    """How far a comment is dealt with."""

    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"


class Source(models.TextChoices):
    """How a comment came in."""

    HERE = "here", "Written here"
    WORD_COMMENT = "comment", "Comment in a Word file"
    WORD_CHANGE = "change", "Tracked change in a Word file"


class CommentQuerySet(TrackedQuerySet):
    """Questions about comments."""

    def unsettled(self) -> CommentQuerySet:
        """Comments that are not closed."""
        return self.exclude(state=CommentState.CLOSED)


class Comment(Tracked):
    """What somebody says about a part of a draft; with its label and its words as they were then.

    `part` is the code of the part (see `consultation.parts`). A suggestion is plain text for the
    quoted words, or for all of the part where no words are quoted; `basis_sha256` is the hash of
    the part's text for which it was made.
    """

    ledger_path = "version__document"
    ledger_silent = ("basis_sha256", "place")

    version = models.ForeignKey(Version, models.PROTECT, related_name="comments")
    part = models.CharField(max_length=120)
    part_label = models.CharField("about", max_length=400)
    place = models.PositiveIntegerField(default=0, editable=False)
    quoted = models.TextField("words quoted", blank=True)
    text = models.TextField("comment", blank=True)
    suggestion = models.TextField("suggested words", blank=True)
    basis_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    consultee = models.ForeignKey(
        Consultee, models.PROTECT, null=True, blank=True, related_name="comments"
    )
    writer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="draft_comments"
    )
    writer_name = models.CharField("who", max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="draft_comments"
    )
    organisation_name = models.CharField("body", max_length=300, blank=True)
    source = models.CharField(
        "came in by", max_length=8, choices=Source.choices, default=Source.HERE
    )
    returned = models.ForeignKey(
        ReturnedFile, models.PROTECT, null=True, blank=True, related_name="comments"
    )
    written_at = models.DateTimeField("written")
    state = models.CharField(
        "state", max_length=8, choices=CommentState.choices, default=CommentState.OPEN
    )
    answer = models.TextField("answer", blank=True)
    answered_by_name = models.CharField("answered by", max_length=200, blank=True)
    answered_at = models.DateTimeField("answered", null=True, blank=True)
    taken_over_at = models.DateTimeField("suggestion taken over", null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["place", "part", "pk"]
        indexes = [
            models.Index(
                fields=["version", "place", "part", "id"], name="consultation_comment_order"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text="", suggestion=""), name="consultation_comment_says_it"
            )
        ]

    def __str__(self) -> str:
        return f"comment of {self.writer_name} on {self.part_label}"

    @property
    def may_be_taken_over(self) -> bool:
        """Whether it suggests words that were not taken over yet."""
        return bool(self.suggestion) and self.taken_over_at is None
