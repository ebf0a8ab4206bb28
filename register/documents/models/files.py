"""Files: bytes stored once under their digest, and what they are attached to."""

from django.db import models

from register.directory.models import Organisation
from register.documents.models.documents import Document
from register.ledger.tracked import Tracked


class StoredFile(models.Model):
    """Bytes in storage, named by their SHA-256; never changed."""

    append_only = True

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField("size in bytes")
    media_type = models.CharField(max_length=120)
    stored_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        """Where the bytes lie in storage."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"


class Attachment(Tracked):
    """A file attached to an entry or a body: the signed copy, a letter, a procedure; with kind and date."""

    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    name = models.CharField("file name", max_length=200)
    kind = models.CharField("kind", max_length=60)
    dated_on = models.DateField("date on the file", null=True, blank=True)
    note = models.CharField("note", max_length=500, blank=True)
    removed_at = models.DateTimeField("taken off the page", null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(document__isnull=False, organisation__isnull=True)
                | models.Q(document__isnull=True, organisation__isnull=False),
                name="documents_attachment_to_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def ledger_root(self):
        return self.document or self.organisation
