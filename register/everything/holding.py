"""The mark that a restored copy carries: nothing old is sent or done until somebody releases it."""

from __future__ import annotations

import sqlite3

from register.core.dates import now
from register.jobs.models import RestoredCopy

# What no backup takes along: open sign-ins, and what pages keep for a while.
FORGOTTEN = frozenset({"django_session", "usersessions_usersession", "cache"})


def hold(using: str, *, name: str, head: str, is_import: bool = False) -> None:
    """Mark the installation as a copy that waits for its release."""
    RestoredCopy.objects.using(using).create(
        at=now(), name=name[-200:], head=head, is_import=is_import
    )


def mark(copy: sqlite3.Connection, *, name: str, head: str) -> None:
    """The same in a SQLite database that Django does not know, so that it never stands unmarked."""
    at = f"{now():%Y-%m-%d %H:%M:%S.%f}"
    copy.execute(
        "INSERT INTO jobs_restoredcopy (at, is_import, name, head, released_by, is_old_mail_sent) "
        "VALUES (?, 0, ?, ?, '', 0)",
        [at, name[-200:], head],
    )
