"""What the worker remembers of its runs."""

from django.db import models


class Run(models.Model):
    """The last run of one kind of work: when, how it ended, what it did."""

    job = models.CharField("job", max_length=60, primary_key=True)
    started_at = models.DateTimeField("last started")
    ended_at = models.DateTimeField("last ended", null=True)
    done = models.PositiveIntegerField("done", default=0)
    failure = models.TextField("failure", blank=True)

    def __str__(self) -> str:
        return self.job


class Heartbeat(models.Model):
    """A worker that is alive: the time it last said so (UTC)."""

    worker = models.CharField("worker", max_length=80, primary_key=True)
    at = models.DateTimeField("last heard of")

    def __str__(self) -> str:
        return self.worker
