"""Puts messages into the outbox, in the act that causes them; the worker sends them after it."""

from __future__ import annotations

from register.core.dates import now
from register.notices.models import Notice
from register.notices.secrets import MINTERS
from register.notices.subjects import one_line


def write(
    *, to: str, subject: str, text: str, key: str, html: str = "", about: str = "",
    secret_kind: str = "", secret_for: int | None = None, reply_to: str = "",
) -> Notice | None:  # fmt: skip
    """Put a message into the outbox; the same thing is said once.

    `key` names what is said to whom (up to 200 characters): a second message with the same key is
    not written, and None is answered. `about` is the reference of the entry that it is about. In an
    act that fails the message is gone with it. Where the words carry `secrets.MARK`, `secret_kind`
    and `secret_for` say which secret is made for which row when it is sent. `reply_to` is where
    answers go, such as the officer who asks.
    """
    if secret_kind and secret_kind not in MINTERS:
        raise ValueError(f"Nobody makes secrets of the kind {secret_kind!r}.")
    if not key or len(key) > 200:
        raise ValueError(
            "A message has a key of 1 to 200 characters that says what is said to whom."
        )
    at = now()
    notice, is_new = Notice.objects.get_or_create(
        key=key,
        defaults={
            "to": one_line(to)[:254],
            "reply_to": one_line(reply_to)[:254],
            "subject": one_line(subject)[:300],
            "text": text,
            "html": html,
            "about": about[:60],
            "secret_kind": secret_kind,
            "secret_for": secret_for,
            "written_at": at,
            "due_at": at,
        },
    )
    return notice if is_new else None


def is_replaced(notice: Notice) -> bool:
    """Whether a newer message of the same kind to the same person was written while this one waited.

    Kind and person are what its key begins with, up to the last colon, such as `digest:7:`; the rest
    is the day or the week. After days without a mail server one message goes, not a heap.
    """
    start = notice.key.rpartition(":")[0]
    return Notice.objects.filter(key__startswith=f"{start}:", pk__gt=notice.pk).exists()
