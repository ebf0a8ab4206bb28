"""The read table, one row a document, and the search text, one row a version.

Derived from documents by `search.services`, rebuildable with `manage.py rebuild_search`, never a
source. Plain numbers instead of foreign keys: this app stands below the documents it describes. The
primary keys are given, never drawn; as BigAutoField they are the row numbers of SQLite itself, so
that its indexes answer alone.
"""

import datetime

from django.db import models

NO_REVIEW = datetime.date(9999, 12, 31)
_SEEN = [
    "reference", "partnership_id", "open_to_partners", "is_archived", "state", "status", "tier",
    "review_on", "document_id",
]  # fmt: skip
_OUTSIDE, _PART_SIGNED = models.Q(is_outside=True), models.Q(is_part_signed=True)
_UNCONFIRMED, _ARCHIVED = models.Q(is_unconfirmed=True), models.Q(is_archived=True)


def _but(name: str) -> list[str]:
    return [column for column in _SEEN if column != name]


class Row(models.Model):
    """A document as lists show it: its shown version, sort and filter columns."""

    document_id = models.BigAutoField(primary_key=True)
    partnership_id = models.BigIntegerField()
    reference = models.CharField(max_length=30)
    title = models.CharField(max_length=300)
    tier = models.PositiveSmallIntegerField()
    tier_word = models.CharField(max_length=40)
    kind = models.CharField(max_length=60, blank=True)
    version_id = models.BigIntegerField(null=True)
    version_number = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=12)
    status = models.CharField(max_length=20)
    community_id = models.BigIntegerField(null=True)
    community_name = models.CharField(max_length=200, blank=True)
    lead_id = models.BigIntegerField(null=True)
    lead_name = models.CharField(max_length=300, blank=True)
    owner_id = models.BigIntegerField(null=True)
    owner_name = models.CharField(max_length=200, blank=True)
    parent_id = models.BigIntegerField(null=True)
    parent_reference = models.CharField(max_length=30, blank=True)
    parties = models.PositiveIntegerField(default=0)
    signed = models.PositiveIntegerField(default=0)
    slots = models.PositiveIntegerField(default=0)
    in_force_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    # Sorts the same on every database: the last day of the calendar where none is set.
    review_on = models.DateField(default=NO_REVIEW)
    open_to_partners = models.BooleanField(default=False)
    is_restricted = models.BooleanField(default=False)
    is_outside = models.BooleanField(default=False)
    is_unconfirmed = models.BooleanField(default=False)
    is_suspended = models.BooleanField(default=False)
    is_part_signed = models.BooleanField(default=False)
    is_archived = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    # What a list says of an entry on the day of reading: given to each row there, never stored.
    is_overdue: bool
    tag: str
    tenths: int
    review: datetime.date | None
    waited_for: list[str]
    passage: object
    is_in_draft: bool

    class Meta:
        # Every list is ordered by its column and then by reference, so that pages never overlap;
        # who may see an entry and the commonest filters stand in the index, so that it answers alone.
        indexes = [
            models.Index(fields=_SEEN, name="search_row_reference"),
            models.Index(fields=["title", *_SEEN], name="search_row_title"),
            models.Index(fields=["review_on", *_but("review_on")], name="search_row_review"),
            models.Index(fields=["status", *_but("status")], name="search_row_status"),
            models.Index(fields=["community_id", *_SEEN], name="search_row_community"),
            models.Index(fields=["owner_id", *_SEEN], name="search_row_owner"),
            models.Index(fields=["owner_name", *_SEEN], name="search_row_owner_name"),
            models.Index(fields=["lead_id", *_SEEN], name="search_row_lead"),
            models.Index(fields=["tier", *_but("tier")], name="search_row_tier"),
            models.Index(fields=["kind", *_SEEN], name="search_row_kind"),
            models.Index(fields=_SEEN, condition=_OUTSIDE, name="search_row_outside"),
            models.Index(fields=_SEEN, condition=_PART_SIGNED, name="search_row_part_signed"),
            models.Index(fields=_SEEN, condition=_UNCONFIRMED, name="search_row_unconfirmed"),
            models.Index(fields=_SEEN, condition=_ARCHIVED, name="search_row_archived"),
            models.Index(fields=["parent_id"], name="search_row_parent"),
            models.Index(fields=["changed_at", *_SEEN], name="search_row_changed"),
        ]

    def __str__(self) -> str:
        return self.reference


class RowBody(models.Model):
    """A body named in a document, for the filter by body."""

    row = models.ForeignKey(Row, models.CASCADE, related_name="bodies")
    organisation_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "row"], name="search_rowbody_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.row_id}"


class RowReader(models.Model):
    """Who may read an entry that is not open to all partners, or its draft: a body's membership, or a person."""

    row = models.ForeignKey(Row, models.CASCADE, related_name="readers", db_index=False)
    membership_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    reads_drafts = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["row", "membership_id"], name="search_rowreader_row"),
            models.Index(fields=["membership_id", "row"], name="search_rowreader_body"),
            models.Index(fields=["person_id"], name="search_rowreader_person"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id or self.person_id} reads {self.row_id}"


class Reference(models.Model):
    """A reference of a document, ours or somebody else's, in the form in which they are compared."""

    row = models.ForeignKey(Row, models.CASCADE, related_name="references")
    form = models.CharField(max_length=120, db_index=True)

    def __str__(self) -> str:
        return self.form


class Text(models.Model):
    """The words of one version, and whether it is a draft: a hit in a draft shows to those who may read it."""

    version_id = models.BigAutoField(primary_key=True)
    document_id = models.BigIntegerField(db_index=True)
    partnership_id = models.BigIntegerField()
    open_to_partners = models.BooleanField(default=False)
    is_draft = models.BooleanField(default=False)
    is_shown = models.BooleanField(default=True)
    references = models.TextField(blank=True)
    title = models.TextField(blank=True)
    bodies = models.TextField(blank=True)
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"words of version {self.version_id}"
