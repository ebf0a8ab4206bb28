"""Notes and logged calls about an entry or a body."""

from django.db import models

from register.directory.models import Organisation, Person
from register.documents.models.documents import Document
from register.ledger.tracked import Tracked


class NoteKind(models.TextChoices):
    """What a note records."""

    NOTE = "note", "Note"
    CALL = "call", "Telephone call"
    MEETING = "meeting", "Meeting"
    LETTER = "letter", "Letter or e-mail"


class Note(Tracked):
    """A dated note or logged call about an entry or a body, with a follow-up date where one is wanted."""

    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="notes"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="notes"
    )
    kind = models.CharField("kind", max_length=10, choices=NoteKind.choices, default=NoteKind.NOTE)
    on = models.DateField("date")
    text = models.TextField("what was said")
    writer = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="notes", verbose_name="written by"
    )
    follow_up_on = models.DateField("follow up on", null=True, blank=True)
    followed_up_at = models.DateTimeField("followed up", null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(document__isnull=False, organisation__isnull=True)
                | models.Q(document__isnull=True, organisation__isnull=False),
                name="documents_note_on_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().lower()} of {self.on}"

    def ledger_root(self):
        return self.document or self.organisation
