"""Sends what is in the outbox; one bad address or a server that is away never stops or loses the rest.

Every message is sent at least once: should a worker die between the server's yes and the note of
it, the message is sent again a quarter of an hour later, with the same Message-ID, by which mailboxes
know it for the same. Between living workers each message is one worker's, so that nothing is doubled.
"""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q, QuerySet

from register.core.dates import now
from register.jobs.claims import claim
from register.jobs.held import held_since
from register.jobs.registry import Job, Queue
from register.jobs.stopping import is_stopping
from register.notices.messages import message_of
from register.notices.models import Notice
from register.notices.secrets import NotNeeded

log = logging.getLogger(__name__)
BATCH = 20
TRIES = 8
# After each failed try the next one waits so many minutes; together they last two days.
WAITS = (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60)
SERVER_AWAY_WAIT = timedelta(minutes=1)
CLAIMED_FOR = timedelta(minutes=15)


def send() -> int:
    """Send every message that is due, in the order in which they became due; how many went.

    While the server cannot be reached all wait, and none uses up a try.
    """
    sent, connection = 0, get_connection()
    try:
        while not is_stopping():
            batch = claim(waiting(), limit=BATCH, claimed_at=now())
            if not batch:
                break
            for place, notice in enumerate(batch):
                if (failure := _unreachable(connection)) is not None:
                    _put_back(batch[place:], failure)
                    return sent
                sent += _send(notice, connection)
    finally:
        connection.close()
    return sent


def waiting() -> QuerySet[Notice]:
    """The messages that are due now, that no worker has in hand and no restored copy holds."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now() - CLAIMED_FOR)
    rows = Notice.objects.filter(
        free, sent_at__isnull=True, given_up_at__isnull=True, due_at__lte=now()
    ).order_by("due_at", "pk")
    since = held_since()
    return rows.filter(written_at__gt=since) if since else rows


def _unreachable(connection: BaseEmailBackend) -> str | None:
    """Why the server cannot be reached now; None when it can."""
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("The mail server cannot be reached: %s", error)
        connection.close()
        return _told(error)
    return None


def _send(notice: Notice, connection: BaseEmailBackend) -> bool:
    if not _still_mine(notice):
        return False
    try:
        message = message_of(notice, connection)
    except NotNeeded:
        _set(notice, given_up_at=now(), claimed_at=None, failure=Notice.NOT_NEEDED)
        return False
    except Exception as error:
        log.exception("Message %s could not be made.", notice.pk)
        _note_failure(notice, error)
        return False
    try:
        message.send()
    except Exception as error:
        _note_failure(notice, error)
        connection.close()
        return False
    _set(notice, sent_at=now(), claimed_at=None, failure="", tries=notice.tries + 1)
    return True


def _still_mine(notice: Notice) -> bool:
    """Take the message in hand once more: a slow batch may have outlived its claim."""
    mine = Notice.objects.filter(pk=notice.pk, claimed_at=notice.claimed_at, sent_at__isnull=True)
    return bool(mine.update(claimed_at=now()))


def _is_final(error: Exception) -> bool:
    """Whether the server said that this message will never go, such as for a mailbox that is not."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _note_failure(notice: Notice, error: Exception) -> None:
    tries = notice.tries + 1
    log.warning("Message %s did not go (try %s): %s", notice.pk, tries, error)
    if tries >= TRIES or _is_final(error):
        _set(notice, given_up_at=now(), claimed_at=None, failure=_told(error), tries=tries)
        return
    due = now() + timedelta(minutes=WAITS[tries - 1])
    _set(notice, due_at=due, claimed_at=None, failure=_told(error), tries=tries)


def _told(error: Exception) -> str:
    said = str(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = "; ".join(
            f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
            for code, words in error.recipients.values()
        )
    return f"{type(error).__name__}: {said}"[:1000].replace("\0", "")


def _put_back(batch: list[Notice], failure: str) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in batch]).update(
        claimed_at=None, due_at=now() + SERVER_AWAY_WAIT, failure=failure
    )


def _set(notice: Notice, **columns) -> None:
    Notice.objects.filter(pk=notice.pk).update(**columns)


JOBS = [Job("send_messages", 5, send, "Sends messages", while_held=True)]
QUEUES = [
    Queue(
        "Messages",
        lambda: Notice.objects.filter(sent_at__isnull=True, given_up_at__isnull=True),
        "due_at",
    )
]
