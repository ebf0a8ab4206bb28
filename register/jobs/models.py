"""What the worker remembers of its runs, and of what it could not do."""

from django.db import models


class Run(models.Model):
    """The last run of one kind of work: when, how it ended, what it did."""

    job = models.CharField("job", max_length=60, primary_key=True)
    started_at = models.DateTimeField("last started")
    ended_at = models.DateTimeField("last ended", null=True)
    succeeded_at = models.DateTimeField("last ended well", null=True)
    done = models.PositiveIntegerField("done", default=0)
    failure = models.TextField("failure", blank=True)
    failures = models.PositiveIntegerField("failed one after the other", default=0)
    runs = models.PositiveBigIntegerField("runs that ended", default=0, db_default=0)
    failed_runs = models.PositiveBigIntegerField("runs that failed", default=0, db_default=0)

    def __str__(self) -> str:
        return self.job


class Heartbeat(models.Model):
    """A worker that is alive: the time it last said so (UTC)."""

    worker = models.CharField("worker", max_length=80, primary_key=True)
    at = models.DateTimeField("last heard of")

    def __str__(self) -> str:
        return self.worker


class FailedItem(models.Model):
    """One thing that a kind of work could not do: why, how often it tried, when it tries again.

    The row goes when the thing is done, or need not be done any more. `key` names the thing for the
    program and for the office, such as "version 42": never a title, for the page that shows it does
    not ask who may know of which entry. `partnership` is the key of the partnership that may read
    why it failed; none where the thing belongs to no single one.
    """

    job = models.CharField("job", max_length=60)
    key = models.CharField("what", max_length=120)
    partnership = models.PositiveBigIntegerField("whose", null=True)
    tries = models.PositiveIntegerField("tries", default=0)
    failure = models.TextField("why it failed", blank=True)
    failed_at = models.DateTimeField("last failed")
    next_at = models.DateTimeField("tried again after")
    given_up_at = models.DateTimeField("given up", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "key"], name="jobs_faileditem_once")]
        indexes = [
            models.Index(
                fields=["job", "next_at"],
                condition=models.Q(given_up_at__isnull=True),
                name="jobs_faileditem_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.job}: {self.key}"


class RestoredCopy(models.Model):
    """A copy of the register that was restored or imported here, and whether it may act by itself.

    Until somebody releases it, messages that were written before are held and jobs rest: the register
    that it is a copy of may have sent and done the same already.
    """

    at = models.DateTimeField("restored")
    is_import = models.BooleanField("from an export of everything", default=False)
    name = models.CharField("from which file", max_length=200)
    head = models.CharField("newest digest of its ledger", max_length=64, blank=True)
    released_at = models.DateTimeField("released", null=True)
    released_by = models.CharField("released by", max_length=300, blank=True)
    is_old_mail_sent = models.BooleanField("old messages sent", default=False)

    class Meta:
        verbose_name_plural = "restored copies"

    def __str__(self) -> str:
        return self.name
