"""Sends what is in the outbox; one bad address or a server that is away never stops the rest."""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Q, QuerySet

from register.core.dates import now
from register.jobs.claims import claim
from register.jobs.registry import Job
from register.jobs.stopping import is_stopping
from register.notices.models import Notice
from register.notices.secrets import NotNeeded, filled, minted

log = logging.getLogger(__name__)
BATCH = 20
TRIES = 8
# After each failed try the next one waits so many minutes; together they last two days.
WAITS = (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60)
NOT_NEEDED = "No longer needed when its turn came."
CLAIMED_FOR = timedelta(minutes=15)


def send() -> int:
    """Send every message that is due, in the order in which they became due; how many went."""
    sent, connection = 0, get_connection()
    try:
        while not is_stopping():
            batch = claim(waiting(), limit=BATCH, claimed_at=now())
            if not batch:
                break
            for place, notice in enumerate(batch):
                try:
                    sent += _send(notice, connection)
                except _ServerAway:
                    _put_back(batch[place + 1 :])
                    return sent
    finally:
        connection.close()
    return sent


def waiting() -> QuerySet[Notice]:
    """The messages that are due now and that no worker has in hand."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now() - CLAIMED_FOR)
    return Notice.objects.filter(
        free, sent_at__isnull=True, given_up_at__isnull=True, due_at__lte=now()
    ).order_by("due_at", "pk")


class _ServerAway(Exception):
    """The mail server cannot be reached: nothing else will go now."""


def _send(notice: Notice, connection) -> bool:
    try:
        message = _message(notice, connection)
    except NotNeeded:
        _set(notice, given_up_at=now(), claimed_at=None, failure=NOT_NEEDED)
        return False
    try:
        message.send()
    except Exception as error:
        _note_failure(notice, error)
        connection.close()
        if _is_servers(error):
            raise _ServerAway from error
        return False
    _set(notice, sent_at=now(), claimed_at=None, failure="", tries=notice.tries + 1)
    return True


def _message(notice: Notice, connection) -> EmailMultiAlternatives:
    secret = minted(notice.secret_kind, notice.secret_for or 0) if notice.secret_kind else ""
    text, html = filled(notice.text, secret), filled(notice.html, secret)
    message = EmailMultiAlternatives(notice.subject, text, to=[notice.to], connection=connection)
    if html:
        message.attach_alternative(html, "text/html")
    return message


def _is_servers(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPException):
        away = smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError
        return isinstance(error, away | smtplib.SMTPAuthenticationError)
    return isinstance(error, OSError)


def _note_failure(notice: Notice, error: Exception) -> None:
    tries = notice.tries + 1
    log.warning("Message %s to %s did not go (try %s): %s", notice.pk, notice.to, tries, error)
    failure = f"{type(error).__name__}: {error}"[:1000].replace("\0", "")
    if tries >= TRIES:
        _set(notice, given_up_at=now(), claimed_at=None, failure=failure, tries=tries)
        return
    due = now() + timedelta(minutes=WAITS[tries - 1])
    _set(notice, due_at=due, claimed_at=None, failure=failure, tries=tries)


def _put_back(batch: list[Notice]) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in batch]).update(
        claimed_at=None, due_at=now() + timedelta(minutes=1)
    )


def _set(notice: Notice, **columns) -> None:
    Notice.objects.filter(pk=notice.pk).update(**columns)


JOBS = [Job("send_messages", 5, send)]
