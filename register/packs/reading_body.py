"""Reads a canonical body for the sheets that are made from it: plain words, no markup."""

from __future__ import annotations

from collections.abc import Iterator

from register.core.text import strip


def fields_of(body: dict) -> Iterator[tuple[str, dict]]:
    """Each field of a body with the code of its section."""
    for section in body.get("sections") or []:
        for field in section.get("fields") or []:
            yield section.get("code") or "", field


def said(body: dict, *codes: str) -> str:
    """The words of the first of some text fields that says something; "" where none does."""
    for code in codes:
        for _, field in fields_of(body):
            value = field.get("value") if field.get("code") == code else None
            if isinstance(value, str) and (words := plain(value)):
                return words
    return ""


def items_of(body: dict, code: str) -> list[dict]:
    """The rows of an ordered list of a body, such as its principles."""
    for _, field in fields_of(body):
        if field.get("code") == code and field.get("kind") == "items":
            return field.get("value") or []
    return []


def flows_of(body: dict) -> list[dict]:
    """The information flows of a body, in their order."""
    for _, field in fields_of(body):
        if field.get("kind") == "flows":
            return field.get("value") or []
    return []


def answers_of(flow: dict) -> dict[str, str]:
    """What a flow answers, by the heading of each answer: "Consent", "How it moves" …"""
    return {
        name: words for part in flow.get("parts") or [] for name, words in part.get("answers") or []
    }


def column_of(table: dict | None, *names: str) -> list[str]:
    """The cells of a column of a table, once each; of the first of the names that it has."""
    columns = (table or {}).get("columns") or []
    for name in names:
        if name in columns:
            place = columns.index(name)
            cells = (str(row[place]) for row in (table or {}).get("rows") or [])
            return list(dict.fromkeys(cell for cell in cells if cell))
    return []


def law_of(flow: dict, name: str) -> str:
    """What the law at both ends of a flow says under a heading, such as "Legal gateways"."""
    for row in (flow.get("law") or {}).get("rows") or []:
        if row and row[0] == name:
            return "; ".join(dict.fromkeys(str(cell) for cell in row[1:] if cell))
    return ""


def ends_of(flow: dict) -> str:
    """ "Wyrefordshire County Council to Wyrefordshire Police", with "and back" where both give."""
    gives, takes = (", ".join(flow.get(side) or []) for side in ("from", "to"))
    back = ", and back" if is_two_way(flow) else ""
    return f"{gives or 'Nobody named'} to {takes or 'nobody named'}{back}"


def is_two_way(flow: dict) -> bool:
    """Whether each end of a flow gives and receives."""
    return answers_of(flow).get("Direction", "").lower().startswith("two")


def plain(markup: str) -> str:
    """The words of a clean text on one line."""
    return " ".join(strip(markup).split())
