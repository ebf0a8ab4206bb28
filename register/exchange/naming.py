"""What names a person or a body of a list since it came in: undoing it would pull that from under it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Model, Q, QuerySet

from register.core.dates import today
from register.directory.models.dated import Dated
from register.documents.models import Document, Version
from register.ledger.tracked import Tracked

BATCH = 400


def named_since(
    model: type[Model], keys: Iterable[int], *, own: Mapping[type[Model], Iterable[int]],
    apart: Mapping[type[Model], Q] | None = None,
) -> dict[int, type[Model]]:  # fmt: skip
    """The records of a model that something names which stands, each with the kind of what names it.

    `own` gives the keys of rows that came in with them, `apart` what does not count. What has ended, and
    what lies in the archive, does not stand. A few statements for every 400 records.
    """
    wanted = sorted(set(keys))
    found: dict[int, type[Model]] = {}
    mine = {kind: set(rows) for kind, rows in own.items()}
    for start in range(0, len(wanted), BATCH):
        for relation in model._meta.related_objects:
            kind, name = relation.related_model, relation.field.name
            if not relation.one_to_many or not issubclass(kind, Tracked):
                continue
            rows = _standing(kind, is_own=kind is model).exclude(
                (apart or {}).get(kind, Q(pk=None))
            )
            about = rows.filter(**{f"{name}__in": wanted[start : start + BATCH]}).order_by()
            for pk, key in about.values_list("pk", name):
                if pk not in mine.get(kind, ()):
                    found.setdefault(key, kind)
    return found


def _standing(kind: type[Model], *, is_own: bool) -> QuerySet:
    rows = kind._base_manager.all()
    if issubclass(kind, Dated) and not is_own:
        rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today()))
    if issubclass(kind, Document):
        return rows.filter(archived_on__isnull=True)
    for field in kind._meta.concrete_fields:
        if field.related_model is Version:
            rows = rows.exclude(**{f"{field.name}__document__archived_on__isnull": False})
        elif field.related_model is Document:
            rows = rows.exclude(**{f"{field.name}__archived_on__isnull": False})
    return rows
