"""The fields of a version's sections, ready for the page: text, ordered items, tables."""

import json

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString

from register.core.text import clean
from register.printing.limits import within
from register.printing.refusals import PrintFailed

SCHEDULES = ("table", "flows")


def section(told: dict, anchor: str) -> dict:
    """A section with the fields that say something; one of tables only is a schedule."""
    heading = told.get("heading") or "Section"
    fields = [_field(one, heading) for one in told.get("fields") or []]
    fields = [one for one in fields if one["value"]]
    return {
        "anchor": anchor,
        "heading": heading,
        "fields": fields,
        "is_schedule": bool(fields) and all(one["kind"] in SCHEDULES for one in fields),
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
        value = table(value, where)
    elif kind == "flows":
        value = schedule_of(value, where)
    else:
        value = within(str(value if value is not None else ""), where).strip()
    # A field that only repeats its section's heading would say the same thing twice.
    shown_label = "" if label.strip().lower() == heading.strip().lower() else label
    return {"kind": kind, "label": shown_label, "value": value, "is_short": _is_short(kind, value)}


def _is_short(kind: str, value) -> bool:
    return kind == "text" and len(value) <= 160 and "\n" not in value


def schedule_of(flows: list[dict] | None, where: str) -> list[dict]:
    """The flows of a schedule: names bounded, answers in groups, law and items as tables."""
    return [_flow(flow, f"{where} {flow.get('number', '')}") for flow in flows or []]


def _flow(flow: dict, where: str) -> dict:
    def words(name: str) -> str:
        return within(str(flow.get(name) or ""), where)

    return {
        **{name: words(name) for name in ("number", "title", "purpose", "frequency", "retention")},
        "from": within(", ".join(flow.get("from") or []), where),
        "to": within(", ".join(flow.get("to") or []), where),
        "basis": within("; ".join(dict.fromkeys(filter(None, flow.get("basis") or []))), where),
        "law": table(flow.get("law"), where),
        "parts": [
            {
                "heading": part.get("heading") or "",
                "answers": [
                    (name, within(said, where)) for name, said in part.get("answers") or []
                ],
            }
            for part in flow.get("parts") or []
        ],
        "items": table(flow.get("items"), where),
    }


def _item(item: dict, where: str) -> dict:
    number = str(item.get("number") or "")
    where = f"{where} {number}".strip()
    return {
        "number": number,
        "heading": within(item.get("heading") or "", where),
        "text": markup(item.get("text"), where),
        "note": markup(item.get("note"), where),
    }


def table(value: dict | None, where: str) -> dict | None:
    """A table of plain cells, or None where it has no rows."""
    columns = [str(one) for one in (value or {}).get("columns") or []]
    rows = [[_cell(cell, where) for cell in row] for row in (value or {}).get("rows") or []]
    return {"columns": columns, "rows": rows} if rows else None


def _cell(cell, where: str) -> str:
    if isinstance(cell, list | dict):
        cell = json.dumps(cell, ensure_ascii=False)
    return within(str(cell if cell is not None else ""), where)
