"""The entries that an import made or changed."""

from __future__ import annotations

import json

from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from register.exchange import kinds
from register.exchange.models import Import
from register.search.models import Row

# A list of keys as one value, however long it is.
_KEYS = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT value::bigint FROM json_array_elements_text(%s::json)",
}


def of_import(rows: QuerySet[Row], row: Import) -> QuerySet[Row]:
    """Of some rows of the read table those that an import made or changed, unless it was undone.

    One statement to learn which, whatever their number.
    """
    keys = sorted(keys_of(row))
    return rows.filter(pk__in=RawSQL(_KEYS[connections[rows.db].vendor], [json.dumps(keys)]))


def keys_of(row: Import) -> set[int]:
    """The keys of the entries that an import made or changed."""
    kind, found = kinds.of(row.kind), set()
    for chunk in row.chunks.filter(is_taken_back=False).only("effects_text", "of_import_id"):
        found |= set(kind.documents(chunk.effects))
    return found
