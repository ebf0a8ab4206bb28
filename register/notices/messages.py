"""A message as it leaves: both parts, its secrets made now, and a name that stays the same on every try."""

from __future__ import annotations

import hashlib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from register.notices.models import Notice
from register.notices.secrets import LEAVING, WRITERS, NotNeeded, filled, minted


def message_of(notice: Notice, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """The message of a notice, ready to go; raises NotNeeded where there is nothing left to say."""
    subject, text, html = _words(notice)
    secret = minted(notice.secret_kind, notice.secret_for or 0) if notice.secret_kind else ""
    message = EmailMultiAlternatives(
        subject,
        filled(text, secret),
        to=[notice.to],
        reply_to=[notice.reply_to] if notice.reply_to else None,
        headers=_headers(notice, secret),
        connection=connection,
    )
    if html:
        message.attach_alternative(filled(html, secret), "text/html")
    return message


def _words(notice: Notice) -> tuple[str, str, str]:
    write_anew = WRITERS.get(notice.secret_kind)
    written = write_anew(notice) if write_anew else (notice.subject, notice.text, notice.html)
    if written is None:
        raise NotNeeded
    return written


def _headers(notice: Notice, secret: str) -> dict[str, str]:
    """Headers by which mailboxes know a second copy, and that no absence note is to be sent back."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    name = hashlib.sha256(notice.key.encode()).hexdigest()[:32]
    headers = {"Message-ID": f"<{name}.{notice.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    if notice.secret_kind in LEAVING:
        headers["List-Unsubscribe"] = f"<{secret}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
