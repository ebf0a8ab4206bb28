"""The ledger: who did what, when and why, chained so that an alteration shows."""

from django.db import models

from register.ledger.querysets import EntryQuerySet
from register.ledger.tracked import Tracked


class Head(models.Model):
    """The newest end of the chain: one row, locked last by every act."""

    number = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")

    def __str__(self):
        return f"{self.number} {self.sha256}"


class Entry(models.Model):
    """One act: somebody did something to a record, at a time, for a reason."""

    append_only = True

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=300)
    verb = models.CharField(max_length=80)
    subject_model = models.CharField(max_length=100, blank=True, default="")
    subject_pk = models.CharField(max_length=64, blank=True, default="")
    subject_label = models.CharField(max_length=300, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    detail = models.TextField(blank=True, default="")
    request_id = models.CharField(max_length=64, blank=True, default="")
    # A redaction replaces label, reason and detail and destroys this salt; the chain holds the
    # digest only, and stays whole.
    words_salt = models.CharField(max_length=32, blank=True)
    words_sha256 = models.CharField(max_length=64)
    changes_count = models.IntegerField()
    changes_sha256 = models.CharField(max_length=64)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["number"]
        indexes = [
            models.Index(fields=["subject_model", "subject_pk"], name="entry_subject"),
            models.Index(fields=["actor_kind", "actor_id", "number"], name="entry_actor"),
            models.Index(fields=["verb", "number"], name="entry_verb"),
            models.Index(fields=["at", "number"], name="entry_at"),
        ]

    def __str__(self):
        return f"{self.number} {self.verb} {self.subject_label}".strip()


class Columns(models.Model):
    """The columns of a history row that a change was digested over, kept once for many changes."""

    append_only = True

    model = models.CharField(max_length=100)
    names = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name_plural = "columns"

    def __str__(self):
        return f"{self.model} {self.names}"


class Change(models.Model):
    """One history row written by an act, with the digest of what it then said."""

    append_only = True

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="changes")
    row_model = models.CharField(max_length=100)
    row_pk = models.CharField(max_length=64)
    history_id = models.BigIntegerField()
    columns = models.ForeignKey(Columns, on_delete=models.PROTECT, related_name="+")
    salt = models.CharField(max_length=32, blank=True)
    sha256 = models.CharField(max_length=64)
    about_model = models.CharField(max_length=100, blank=True, default="")
    about_pk = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        ordering = ["entry_id", "id"]
        indexes = [
            models.Index(fields=["row_model", "history_id"], name="change_history"),
            models.Index(fields=["row_model", "row_pk"], name="change_row"),
            models.Index(fields=["about_model", "about_pk"], name="change_about"),
        ]

    def __str__(self):
        return f"{self.row_model} {self.row_pk} in entry {self.entry_id}"


class Redaction(models.Model):
    """Text taken out of the register for good, by two people, for a reason."""

    append_only = True

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="redactions")
    at = models.DateTimeField()
    first = models.CharField("first person", max_length=300)
    second = models.CharField("second person", max_length=300)
    reason = models.TextField()
    model = models.CharField(max_length=100)
    row_pk = models.CharField(max_length=64)
    fields = models.CharField(max_length=300)

    def __str__(self):
        return f"{self.model} {self.row_pk}: {self.fields}"


class AccessEvent(models.Model):
    """A sign-in, a refusal or other access. Outside the chain, so that no stranger locks it.

    Never changed; erased when its retention is over, and never while it is of the last four weeks.
    """

    append_only = True
    erasable_after_days = 28

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=60)
    user_id = models.CharField(max_length=64, blank=True, default="")
    user_label = models.CharField(max_length=300, blank=True, default="")
    path = models.CharField(max_length=500, blank=True, default="")
    detail = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["user_id", "at"], name="access_user")]

    def __str__(self):
        return f"{self.kind} {self.user_label}".strip()


class Trace(models.Model):
    """Where an act or access came from. Erased in time; the entry keeps a salted digest only."""

    at = models.DateTimeField(db_index=True)
    ip = models.GenericIPAddressField(null=True, blank=True)
    browser = models.CharField(max_length=500, blank=True, default="")
    salt = models.CharField(max_length=32)
    access = models.ForeignKey(
        AccessEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="traces"
    )
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="traces"
    )

    def __str__(self):
        return f"{self.ip} {self.browser}"


class RetentionRule(Tracked):
    """How long a kind of record is kept, and from what moment; set by administrators."""

    kind = models.CharField(max_length=60, unique=True)
    months = models.PositiveIntegerField("kept for")
    after = models.CharField("counted from", max_length=200)
    note = models.TextField(blank=True, default="")

    ledger_units = {"months": "months"}

    class Meta:
        ordering = ["kind"]

    def __str__(self):
        return f"Retention of {self.kind}"


class Hold(Tracked):
    """A legal hold: a record that must not be disposed of while it lasts."""

    subject_model = models.CharField(max_length=100)
    subject_pk = models.CharField(max_length=64)
    reason = models.TextField()
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_model", "subject_pk"], name="hold_subject")]

    def __str__(self):
        return f"Legal hold on {self.subject_model} {self.subject_pk}"
