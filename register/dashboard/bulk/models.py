"""An act on many entries: which ones, with what, and what became of each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from register.saved.models import QUERY_LENGTH


class TaskState(models.TextChoices):
    """How far an act on many entries has come."""

    CHOSEN = "chosen", "Chosen"
    WAITING = "waiting", "Waiting"
    WORKING = "working", "Being done"
    DONE = "done", "Done"


class BulkTask(models.Model):
    """Entries that somebody chose, and what is to be done with them; done only when confirmed.

    `rows` holds the key of each entry with its row version as it stood when it was chosen, in the order
    of the list; `place` is how many of them were seen to. `changed` and `same` hold keys, `skipped` holds
    pairs of reference and reason.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bulk_tasks")
    act = models.CharField("act", max_length=20)
    query = models.CharField("list it was chosen from", max_length=QUERY_LENGTH, blank=True)
    back = models.CharField("page it was chosen on", max_length=QUERY_LENGTH, blank=True)
    is_all = models.BooleanField("all that matched", default=False)
    listed = models.PositiveIntegerField("how many the list said", default=0)
    rows = models.JSONField("entries with their row versions", default=list)
    values = models.JSONField("what is to be written", default=dict)
    state = models.CharField(
        "state", max_length=8, choices=TaskState.choices, default=TaskState.CHOSEN
    )
    place = models.PositiveIntegerField("seen to", default=0)
    changed = models.JSONField("changed", default=list)
    same = models.JSONField("said so already", default=list)
    skipped = models.JSONField("left out, with reasons", default=list)
    messages = models.PositiveIntegerField("messages sent", default=0)
    chosen_at = models.DateTimeField("chosen")
    claimed_at = models.DateTimeField("taken up", null=True)
    ended_at = models.DateTimeField("ended", null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["chosen_at"],
                condition=models.Q(state__in=["waiting", "working"]),
                name="bulk_task_due",
            ),
            models.Index(fields=["chosen_at", "id"], name="bulk_task_old"),
        ]

    def __str__(self) -> str:
        return f"{self.act} of {len(self.rows)}"

    def get_absolute_url(self) -> str:
        return reverse("dashboard:bulk_task", args=[self.pk])

    @property
    def count(self) -> int:
        """How many entries were chosen."""
        return len(self.rows)

    @property
    def keys(self) -> list[int]:
        """The keys of the entries, in the order of the list."""
        return [pk for pk, _ in self.rows]
