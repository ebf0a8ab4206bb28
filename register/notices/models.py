"""A message waiting to go."""

import re
from typing import ClassVar

from django.db import models


class Notice(models.Model):
    """An e-mail in the outbox: written in the act that causes it, sent after it by the worker."""

    NOT_NEEDED: ClassVar = "No longer needed when its turn came."

    to = models.EmailField("to")
    reply_to = models.EmailField("answers go to", blank=True)
    subject = models.CharField("subject", max_length=300)
    text = models.TextField("plain text")
    html = models.TextField("HTML", blank=True)
    about = models.CharField("about", max_length=60, blank=True)
    key = models.CharField("said once", max_length=200, unique=True)
    # What is secret in it is made when it is sent, so that no secret ever lies in the outbox.
    secret_kind = models.CharField("secret made at sending", max_length=20, blank=True)
    secret_for = models.PositiveBigIntegerField("of which row", null=True)
    written_at = models.DateTimeField("written")
    due_at = models.DateTimeField("send again after")
    claimed_at = models.DateTimeField("claimed", null=True)
    sent_at = models.DateTimeField("sent", null=True)
    tries = models.PositiveSmallIntegerField("tries", default=0)
    failure = models.TextField("why it did not go", blank=True)
    given_up_at = models.DateTimeField("given up", null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="notices_notice_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_bounced(self) -> bool:
        """Whether it was given up because it could not be delivered."""
        return self.given_up_at is not None and self.failure != self.NOT_NEEDED

    @property
    def failure_words(self) -> str:
        """Why it did not go, without the name of the error that the program saw."""
        return re.sub(r"^\w+: ", "", self.failure)
