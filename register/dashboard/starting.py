"""What must be there before the first request is answered."""

from __future__ import annotations

import logging

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from register.evidence.keys import why_nothing_is_sealed
from register.ledger import triggers

log = logging.getLogger(__name__)


def warn_unsealed() -> None:
    """Say in the log why nothing will be sealed, where that is so."""
    if why := why_nothing_is_sealed():
        log.warning(why)


def refuse_unguarded() -> None:
    """Refuse to start over a database that lacks a trigger: evidence could be changed unseen.

    A database that is away does not stop the start: pages say so, and `/healthz` answers 503.
    Raises ImproperlyConfigured with the sentence that says what to run.
    """
    try:
        missing = triggers.missing(connection)
    except DatabaseError:
        return
    finally:
        connection.close()
    if missing:
        raise ImproperlyConfigured(
            f"{len(missing)} triggers that guard the evidence are missing, the first is {missing[0]}. "
            "Run `manage.py prepare`, and find out who removed them."
        )
