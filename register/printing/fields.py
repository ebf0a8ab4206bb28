"""The fields of a version's sections, ready for the page: text, ordered items, tables."""

import json

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString

from register.core.text import clean
from register.printing.limits import within
from register.printing.refusals import PrintFailed


def section(told: dict, anchor: str) -> dict:
    """A section with the fields that say something; one of tables only is a schedule."""
    heading = told.get("heading") or "Section"
    fields = [_field(one, heading) for one in told.get("fields") or []]
    fields = [one for one in fields if one["value"]]
    return {
        "anchor": anchor,
        "heading": heading,
        "fields": fields,
        "is_schedule": bool(fields) and all(one["kind"] == "table" for one in fields),
    }


def markup(value, where: str) -> SafeString:
    """Clause text, cleaned again however it came into the body."""
    try:
        return SafeString(clean(within(str(value or ""), where)).strip())
    except ValidationError as error:
        raise PrintFailed(f"{where} cannot be printed. {error.messages[0]}") from error


def _field(field: dict, heading: str) -> dict:
    kind, value = field.get("kind") or "text", field.get("value")
    label = field.get("label") or ""
    where = f"“{label or heading}”"
    if kind == "html":
        value = markup(value, where)
    elif kind == "items":
        value = [_item(one, where) for one in value or []]
    elif kind == "table":
        value = _table(value, where)
    else:
        value = within(str(value if value is not None else ""), where).strip()
    # A field that only repeats its section's heading would say the same thing twice.
    shown_label = "" if label.strip().lower() == heading.strip().lower() else label
    return {"kind": kind, "label": shown_label, "value": value, "is_short": _is_short(kind, value)}


def _is_short(kind: str, value) -> bool:
    return kind == "text" and len(value) <= 160 and "\n" not in value


def _item(item: dict, where: str) -> dict:
    number = str(item.get("number") or "")
    where = f"{where} {number}".strip()
    return {
        "number": number,
        "heading": within(item.get("heading") or "", where),
        "text": markup(item.get("text"), where),
        "note": markup(item.get("note"), where),
    }


def _table(value: dict | None, where: str) -> dict | None:
    columns = [str(one) for one in (value or {}).get("columns") or []]
    rows = [[_cell(cell, where) for cell in row] for row in (value or {}).get("rows") or []]
    return {"columns": columns, "rows": rows} if rows else None


def _cell(cell, where: str) -> str:
    if isinstance(cell, list | dict):
        cell = json.dumps(cell, ensure_ascii=False)
    return within(str(cell if cell is not None else ""), where)
