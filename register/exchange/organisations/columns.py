"""Telling a list of bodies, and which of its columns holds what; also where it has no headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from register.exchange.headings import (
    Columns,
    NotRecognised,
    chosen_columns,
    distinct,
    field_of,
    heading_key,
    heading_parts,
    short,
)
from register.exchange.organisations.vocabulary import (
    BODY_FIELDS,
    BODY_HEADINGS,
    COMMON_HEADINGS,
    MANY_BODY,
    WEAK,
)
from register.exchange.tables import Table
from register.exchange.texts import plain
from register.exchange.vocabulary import EXTRA, LEFT_OUT, TELLING

LOOK = 200  # rows from which columns without telling headings are judged
_ODS = re.compile(r"[0-9A-Z]{3}|[A-Z]\d{5}|[A-Z0-9]{5}")
_HEALTH = re.compile(r"\b(?:nhs|ccg|icb|hospitals?|health)\b", re.IGNORECASE)
_COMPACT_DAY = re.compile(r"(?:19|20)\d\d[01]\d[0-3]\d")


def holds_bodies(table: Table, overrides: Mapping[str, str]) -> bool:
    """Whether a table is a list of bodies: what was said of its columns decides, else its headings."""
    said = set(overrides.values()) - {EXTRA, LEFT_OUT}
    if said:
        return bool(said & set(BODY_FIELDS))
    keys = [heading_key(name) for name in table.headings if name]
    strong = {BODY_HEADINGS[key] for key in keys if key in BODY_HEADINGS and key not in WEAK}
    from_agreements = {field for field in map(_agreement_field, table.headings) if field}
    if from_agreements & (TELLING - {"parties", "kind", "lead"}):
        return False
    fields = set(guess_bodies(table, {}).fields.values())
    if not table.header_row:
        return {"body_name", "ods"} <= fields
    return bool(strong) and "body_name" in fields


def body_columns(table: Table, overrides: Mapping[str, str]) -> Columns:
    """Say which column of a list of bodies holds what. Raises NotRecognised where none is a name."""
    columns = guess_bodies(table, overrides)
    if not columns.has("body_name"):
        seen = ", ".join(f"“{short(name)}”" for name in columns.headings[:30] if name)
        raise NotRecognised(
            "A list of bodies needs a column with their names."
            f' Columns seen: {seen}. Say which it is, for example: --map "B=body_name".'
        )
    return columns


def guess_bodies(table: Table, overrides: Mapping[str, str]) -> Columns:
    """What `body_columns` says, whether or not it is enough; columns without a use are left out."""
    names = distinct([" ".join(str(heading).split()) for heading in table.headings])
    chosen = chosen_columns(names, overrides)
    fields = {at: field for at, field in chosen.items() if field != EXTRA}
    if not table.header_row and not chosen:
        fields = _headless(table)
    for at in range(len(names)):
        if at not in chosen and at not in fields and (field := body_field_of(table.headings[at])):
            fields[at] = field
    if not chosen:
        _settle(fields, names, table)
    whole = {at: fields.get(at, LEFT_OUT) for at in range(len(names)) if names[at]}
    return Columns(tuple(names), whole)


def body_field_of(heading: object) -> str:
    """The field of a list of bodies that a heading names; or ""."""
    for part in heading_parts(str(heading).strip()):
        key = heading_key(part)
        if found := BODY_HEADINGS.get(key) or COMMON_HEADINGS.get(key):
            return found
    return ""


def _agreement_field(heading: str) -> str:
    key = heading_key(heading)
    return "" if key in BODY_HEADINGS or key in COMMON_HEADINGS else field_of(heading)


def _settle(fields: dict[int, str], names: Sequence[str], table: Table) -> None:
    """One column for each field that is one; weaker headings give way to stronger ones."""
    for field in set(fields.values()) - MANY_BODY - {LEFT_OUT}:
        held = [at for at, name in fields.items() if name == field]
        held.sort(key=lambda at: (_is_common(names[at]), not table.filled[at], at))
        for at in held[1:]:
            fields[at] = "body_other" if field == "body_name" else LEFT_OUT
    if "body_kind" in fields.values():
        _prefer_words(fields, names)
    for at in [at for at, field in fields.items() if field == "code"]:
        fields[at] = _code_of(at, fields, names, table)


def _prefer_words(fields: dict[int, str], names: Sequence[str]) -> None:
    """A column of kinds in words is better than one of their codes beside it."""
    at = next(at for at, field in fields.items() if field == "body_kind")
    better = f"{heading_key(names[at])} name"
    for other, name in enumerate(names):
        if heading_key(name) == better:
            fields[at], fields[other] = LEFT_OUT, "body_kind"


def _code_of(at: int, fields: Mapping[int, str], names: Sequence[str], table: Table) -> str:
    """A column headed “code” only is taken where it is plain whose codes they are."""
    if heading_key(names[at]) != "code":
        return "code"
    name = next((other for other, field in fields.items() if field == "body_name"), None)
    rows = _sample(table)
    if name is None or not rows:
        return LEFT_OUT
    codes = sum(bool(_ODS.fullmatch(row[at])) for row in rows)
    health = sum(bool(_HEALTH.search(row[name])) for row in rows)
    return "ods" if codes > 0.9 * len(rows) and health > 0.6 * len(rows) else LEFT_OUT


def _is_common(heading: str) -> bool:
    return heading_key(heading) in COMMON_HEADINGS


def _headless(table: Table) -> dict[int, str]:
    """A file of the NHS directory without headings: code, name, and the days that it gives."""
    rows = _sample(table)
    if not rows or len(rows[0]) < 3:
        return {}
    codes = sum(bool(_ODS.fullmatch(row[0])) for row in rows)
    names = sum(len(row[1]) > 5 for row in rows)
    health = sum(bool(_HEALTH.search(row[1])) for row in rows)
    if min(codes, names) < 0.9 * len(rows) or health < 0.6 * len(rows):
        return {}
    days = [
        at
        for at in range(2, len(rows[0]))
        if any(row[at] for row in rows)
        and all(_COMPACT_DAY.fullmatch(row[at]) for row in rows if row[at])
    ]
    return {0: "ods", 1: "body_name", **dict(zip(days, ("opened", "closed"), strict=False))}


def _sample(table: Table) -> list[list[str]]:
    return [
        [plain(cell) for cell in cells]
        for _, (_number, cells) in zip(range(LOOK), table.rows_as_sent(), strict=False)
    ]
