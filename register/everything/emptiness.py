"""Whether an installation holds nothing yet, so that a whole register may come into it."""

from __future__ import annotations

from django.db import connections, models

from register.everything.refusals import Refused
from register.everything.selection import SEEDED, every_model
from register.ledger.actors import SYSTEM
from register.ledger.models import Entry


def require_empty(using: str) -> None:
    """Go on only where nobody has used the register yet; raises Refused saying what there is.

    What `manage.py prepare` made (the reference lists) does not count.
    """
    tables = set(connections[using].introspection.table_names())
    for model in every_model():
        if model._meta.label in SEEDED or model._meta.db_table not in tables:
            continue
        rows: models.QuerySet = models.QuerySet(model, using=using)
        if rows.exists():
            raise Refused(_refusal(f"rows of {model._meta.verbose_name_plural}"))
    if Entry._meta.db_table in tables:
        acts = Entry.objects.using(using).exclude(actor_kind=SYSTEM)
        if acts.exists():
            raise Refused(_refusal("acts of people"))


def is_prepared(using: str) -> bool:
    """Whether the register's tables are there."""
    return Entry._meta.db_table in connections[using].introspection.table_names()


def _refusal(what: str) -> str:
    return (
        f"This installation holds a register already ({what}). Nothing was changed: a whole register "
        "comes into an empty installation only."
    )
