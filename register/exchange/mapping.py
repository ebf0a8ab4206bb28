"""What columns were said to hold, kept for the next file with the same or nearly the same headings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from register.core.dates import now
from register.directory.models import Partnership
from register.exchange.extents import letters
from register.exchange.facts import REASON_HEADING
from register.exchange.headings import distinct, heading_key
from register.exchange.models import Import, ImportedFlow, ImportedRow, Mapping
from register.exchange.reading import own_list

NEARLY = 0.6  # of the headings of both files together, how many must be the same
LOOKED_AT = 200


@dataclass(frozen=True)
class Known:
    """A mapping that was used before, and whether its headings are the very same."""

    mapping: Mapping
    is_same: bool


def names_of(headings: Sequence[object]) -> list[str]:
    """The columns of a table as they are shown and mapped: squeezed, and numbered where two are alike."""
    return distinct([" ".join(str(heading).split()) for heading in headings])


def fingerprint(headings: Iterable[str]) -> str:
    """The same for the same headings in whatever order, capitals and spacing; the reason is left out."""
    return hashlib.sha256("\n".join(sorted(_keys(headings))).encode()).hexdigest()


def known_mapping(partnership: Partnership, headings: Sequence[str]) -> Known | None:
    """The mapping of a partnership that was used for these headings, or for nearly the same ones."""
    rows = Mapping.objects.filter(partnership=partnership)
    if same := rows.filter(fingerprint=fingerprint(headings)).first():
        return Known(same, True)
    keys, best, found = _keys(headings), NEARLY, None
    for row in rows.order_by("-used_at", "-pk")[:LOOKED_AT]:
        theirs = _keys(row.choices)
        likeness = len(keys & theirs) / (len(keys | theirs) or 1)
        if likeness >= best and (found is None or likeness > best):
            best, found = likeness, row
    return Known(found, False) if found else None


def remember(row: Import, headings: Sequence[str], fields: Sequence[str]) -> None:
    """Keep what the columns of an import were said to hold, for the next file like it."""
    choices = {name: field for name, field in zip(headings, fields, strict=True)
               if name and field and name != REASON_HEADING}  # fmt: skip
    Mapping.objects.update_or_create(
        partnership=row.partnership,
        fingerprint=fingerprint(headings),
        defaults={
            "kind": row.kind,
            "list_name": row.list_name,
            "provider": row.provider,
            "file_name": row.name,
            "choices_text": json.dumps(choices, ensure_ascii=False),
            "used_at": now(),
        },
    )


def proposed(known: Known, headings: Sequence[str]) -> list[str]:
    """The field of each heading by a mapping that was used before; "" where it says nothing."""
    by_key = {heading_key(name): field for name, field in known.mapping.choices.items()}
    return [by_key.get(heading_key(name), "") if heading_key(name) else "" for name in headings]


def overrides(headings: Sequence[str], fields: Sequence[str]) -> list[str]:
    """What is said of columns as `Column=field`, one each; by its letter where its name is not enough."""
    keys = [heading_key(name) for name in headings]
    return [
        f"{name if keys[at] and keys.count(keys[at]) == 1 else f'Column {letters(at + 1)}'}={field}"
        for at, (name, field) in enumerate(zip(headings, fields, strict=True))
        if field
    ]


def lists_of(row: Import) -> list[str]:
    """The lists of a partnership from which rows came in before, besides the file's own."""
    found: set[str] = set()
    for model in (ImportedRow, ImportedFlow):
        rows = model.objects.filter(partnership=row.partnership_id).order_by()
        found.update(rows.values_list("source", flat=True).distinct())
    return sorted(found - {own_list(row.name)})


def list_for(row: Import, known: Known | None, lists: Sequence[str]) -> str:
    """The list that a file seems to be: as it was said, else that of the last file like it; "" its own."""
    if row.is_mapped or known is None:
        return row.list_name
    last = known.mapping.list_name or own_list(known.mapping.file_name)
    return last if last in lists else ""


def _keys(headings: Iterable[str]) -> set[str]:
    return {heading_key(name) for name in headings if name != REASON_HEADING} - {""}
