"""A version in eight lines, for somebody with half a minute: read from the words that are signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from register.core.dates import words
from register.core.text import strip
from register.documents.models import Version

LONGEST = 240
NAMED = 4
# Where each tier says what it is for and what it is about: the code of a section and of a field.
PURPOSE = (("purpose", "purpose"), ("objective", "shared_objective"), ("vision", "vision"))
ABOUT = (("information", "information"), ("purposes", "purposes"), ("principles", "principles"))
LAW = (("information", "legal_power"), ("governance", "legislation"))
KEPT = (("keeping", "retention"),)
SENSITIVE = ("Article 9 conditions", "Schedule 1 conditions", "Schedule 8 conditions")

Line = tuple[str, str]


def summary_of(version: Version, body: dict) -> list[Line]:
    """Up to seven lines, each a heading and a sentence; what the version does not say is left out.

    `body` is the canonical body. Who else signed is the eighth, and changes from day to day.
    """
    flows = _flows(body)
    lines = [
        ("What it is for", _said(body, PURPOSE)),
        ("What information", _named(_categories(flows)) or _said(body, ABOUT)),
        ("Who gives it to whom", _ways(flows) or _parties(body)),
        ("The law it rests on", _named(_each(flow.get("basis") for flow in flows)) or _said(body, LAW)),
        ("Sensitive information", _sensitive(flows)),
        ("How long it is kept", _named(_kept(flows)) or _said(body, KEPT)),
        ("Ends or is reviewed", _days(version)),
    ]  # fmt: skip
    return [(heading, said) for heading, said in lines if said]


def _flows(body: dict) -> list[dict]:
    return next((field["value"] for field in _fields(body) if field["kind"] == "flows"), [])


def _fields(body: dict) -> Iterator[dict]:
    for section in body.get("sections", []):
        yield from section["fields"]


def _said(body: dict, places: tuple[tuple[str, str], ...]) -> str:
    for section in body.get("sections", []):
        for field in section["fields"]:
            if (section["code"], field["code"]) in places and (text := _text(field)):
                return _short(text)
    return ""


def _text(field: dict) -> str:
    if field["kind"] == "items":
        return "; ".join(item["heading"] or strip(item["text"]) for item in field["value"])
    return strip(field["value"]) if isinstance(field["value"], str) else ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST].rsplit(' ', 1)[0].rstrip(',;:.')} …"


def _categories(flows: list[dict]) -> Iterator[str]:
    for flow in flows:
        table = flow.get("items") or {}
        columns = table.get("columns") or []
        place = columns.index("Category") if "Category" in columns else None
        found = [row[place] for row in table.get("rows") or []] if place is not None else []
        yield from found or [flow.get("title", "")]


def _ways(flows: list[dict]) -> str:
    pairs = (
        f"{_named(flow.get('from') or [])} to {_named(flow.get('to') or [])}"
        for flow in flows
        if flow.get("from") and flow.get("to")
    )
    return _named(pairs, "; ")


def _parties(body: dict) -> str:
    names = [party["name"] for party in body.get("parties", []) if party.get("name")]
    return f"Between {_named(names)}" if names else ""


def _sensitive(flows: list[dict]) -> str:
    if not flows:
        return ""
    kinds = list(_each(_kinds(flow) for flow in flows))
    if kinds:
        return f"Yes: {_named(kinds)}"
    laws = {row[0] for flow in flows for row in (flow.get("law") or {}).get("rows") or []}
    return "Yes" if laws & set(SENSITIVE) else "No"


def _kinds(flow: dict) -> list[str]:
    table = flow.get("items") or {}
    columns = table.get("columns") or []
    if "Special category" not in columns:
        return []
    place = columns.index("Special category")
    return [kind for row in table["rows"] for kind in row[place].split("; ") if kind]


def _kept(flows: list[dict]) -> Iterator[str]:
    return (flow.get("retention") or "" for flow in flows)


def _days(version: Version) -> str:
    ends, review = version.ends_on, version.document.review_on
    said = [f"Ends on {words(ends)}"] if ends else []
    if review:
        said.append(f"{'is' if said else 'Is'} looked at again on {words(review)}")
    return " and ".join(said)


def _each(lists: Iterable[list[str] | None]) -> Iterator[str]:
    for found in lists:
        yield from found or []


def _named(values: Iterable[str], between: str = ", ") -> str:
    found = list(dict.fromkeys(value for value in values if value))
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return between.join(found[:NAMED]) + more
