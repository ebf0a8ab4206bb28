"""Telling a sheet of flows from a register of agreements, and which of its columns holds what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from register.exchange.cells import read_date
from register.exchange.flow_vocabulary import (
    DAYS_OR_BODIES,
    FLOW_FIELDS,
    MANY_FLOWS,
    MARKS,
    ONLY_FLOWS,
    PUBLISHED,
)
from register.exchange.headings import (
    Columns,
    NotRecognised,
    chosen_columns,
    distinct,
    family_of,
    field_of,
    flow_field_of,
    heading_key,
    short,
)
from register.exchange.tables import Table
from register.exchange.vocabulary import EXTRA, FIELDS

LOOK = 60  # rows from which columns are judged
REPEATED = 1.5  # rows to a reference from which a sheet lists more than agreements


def holds_flows(table: Table, overrides: Mapping[str, str] | None = None) -> bool:
    """Whether a table is a sheet of flows: what was said of its columns decides, else its headings."""
    said = set((overrides or {}).values())
    if said & ONLY_FLOWS:
        return True
    if said & (set(FIELDS) - set(FLOW_FIELDS)):
        return False
    fields = _fields(table)
    if "reference" not in fields.values() or not _enough(set(fields.values())):
        return False
    keys = [heading_key(name) for name in table.headings]
    if any(published <= set(keys) for published in PUBLISHED):
        return True
    marks = {fields[at] for at, key in enumerate(keys) if at in fields and _is_mark(key)}
    if any(_is_title(name) for name in table.headings):
        return bool(marks & {"flow", "title"}) or len(marks) > 1
    return len(marks) > 1 or _repeats(table, fields)


def flow_columns(table: Table, overrides: Mapping[str, str] | None = None) -> Columns:
    """Say which column of a sheet of flows holds what. Raises NotRecognised where that is not enough."""
    columns = guess_flows(table, overrides)
    held = set(columns.fields.values())
    if "reference" not in held or not _enough(held):
        raise NotRecognised(_too_little(columns.headings))
    return columns


def guess_flows(table: Table, overrides: Mapping[str, str] | None = None) -> Columns:
    """What `flow_columns` says, whether or not it is enough for a sheet of flows."""
    names = distinct([" ".join(str(heading).split()) for heading in table.headings])
    chosen = chosen_columns(names, overrides or {})
    fields = {at: field for at, field in chosen.items() if field != EXTRA}
    notes = []
    for at, field in _fields(table).items():
        if at in chosen:
            continue
        taken = [names[other] for other, known in fields.items() if known == field]
        if taken and field not in MANY_FLOWS:
            notes.append(f"“{names[at]}” is kept beside the entry: “{taken[0]}” is the {field}.")
        else:
            fields[at] = field
    fields = dict(sorted(fields.items()))
    return Columns(tuple(names), fields, family_of(table.headings), tuple(notes))


def _fields(table: Table) -> dict[int, str]:
    found = {}
    for at, name in enumerate(table.headings):
        field = flow_field_of(name)
        if heading_key(name) in DAYS_OR_BODIES and _holds_days(table, at):
            continue
        if field:
            found[at] = field
    return found


def _holds_days(table: Table, at: int) -> bool:
    cells = [cells[at] for _, (_n, cells) in zip(range(LOOK), table.rows(), strict=False)]
    written = [cell for cell in cells if cell != ""]
    days = sum(read_date(cell).value is not None for cell in written)
    return days * 2 > len(written)


def _enough(fields: set[str]) -> bool:
    return bool(fields & {"title", "data", "category"}) and bool(fields & {"provider", "recipient"})


def _is_mark(key: str) -> bool:
    return key in MARKS


def _is_title(heading: str) -> bool:
    return field_of(heading) == "title" and flow_field_of(heading) not in ("title", "data")


def _repeats(table: Table, fields: Mapping[int, str]) -> bool:
    at = next(at for at, field in fields.items() if field == "reference")
    references = {str(cells[at]).strip() for _number, cells in table.rows()}
    return table.height >= REPEATED * len(references)


def _too_little(names: Sequence[str]) -> str:
    seen = ", ".join(f"“{short(name)}”" for name in names[:30] if name)
    first = next((short(name) for name in names if re.search(r"ref|number|id\b", name, re.I)), "A")
    return (
        "A sheet of flows needs the reference of the agreement, a provider or a recipient, and what"
        f" is shared. Columns seen: {seen}. Say what they are, for example:"
        f' --map "{first}=reference" --map "B=recipient" --map "C=data".'
    )
