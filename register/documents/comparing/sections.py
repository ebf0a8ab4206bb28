"""The sections of a body: rich text, plain text, numbered items and tables, field by field."""

from __future__ import annotations

from collections.abc import Iterator

from register.core.text import strip
from register.documents.comparing.bodies import Bodies
from register.documents.comparing.changes import FieldChange
from register.documents.comparing.fields import reordered, texts
from register.documents.comparing.flows import flows
from register.documents.comparing.rows import paired
from register.documents.comparing.tables import tables

_PARTS = {"heading": "Heading", "text": "Text", "note": "What this means"}


def sections(old: dict, new: dict, bodies: Bodies) -> Iterator[FieldChange]:
    """The changes of every section of either version, in the order of the new one."""
    before = {row.get("code"): row for row in old.get("sections") or []}
    after = {row.get("code"): row for row in new.get("sections") or []}
    for code in dict.fromkeys([*after, *before]):
        was, now = before.get(code) or {}, after.get(code) or {}
        heading = now.get("heading") or was.get("heading") or str(code)
        if was and now:
            yield from texts(
                "headings", heading, was.get("heading"), now.get("heading"), label="Heading"
            )
        yield from _fields(str(code), heading, was, now, bodies)


def _fields(code: str, heading: str, old: dict, new: dict, bodies: Bodies) -> Iterator[FieldChange]:
    before = {row.get("code"): row for row in old.get("fields") or []}
    after = {row.get("code"): row for row in new.get("fields") or []}
    for name in dict.fromkeys([*after, *before]):
        was, now = before.get(name) or {}, after.get(name) or {}
        path = f"sections.{code}" if name == code else f"sections.{code}.{name}"
        label = now.get("label") or was.get("label") or str(name)
        if was and now:
            yield from texts("headings", heading, was.get("label"), now.get("label"), label="Label")
        yield from _field(path, heading, label, was, now, bodies)


def _field(path, heading: str, label: str, old: dict, new: dict, bodies) -> Iterator[FieldChange]:
    kinds = {row["kind"] for row in (old, new) if row.get("kind")}
    before, after = old.get("value"), new.get("value")
    if kinds == {"flows"}:
        yield from flows(heading, before or [], after or [], bodies)
    elif kinds == {"items"}:
        yield from _items(path, heading, before or [], after or [])
    elif kinds == {"table"}:
        yield from tables(path, heading, before, after)
    else:
        label = "" if label == heading else label
        yield from texts(path, heading, before, after, label=label, is_markup="html" in kinds)


def _items(path: str, heading: str, old: list[dict], new: list[dict]) -> Iterator[FieldChange]:
    pairs = paired(
        old, new,
        lambda row: (row.get("heading"), row.get("text")),
        lambda row: row.get("heading"),
        lambda row: row.get("text"),
        lambda row: None if row.get("heading") else row.get("number"),
    )  # fmt: skip
    for i, k in pairs:
        if i is None or k is None:
            row = old[i] if i is not None else new[k or 0]
            yield _whole(path, heading, row, is_new=i is None)
        else:
            yield from _item(path, heading, (old[i], i), (new[k], k))
    yield from reordered(path, heading, pairs, old, new, _called)


def _whole(path: str, heading: str, row: dict, *, is_new: bool) -> FieldChange:
    words = f"{row.get('heading', '')}<p>{row.get('text', '')}</p><p>{row.get('note', '')}</p>"
    return FieldChange(
        f"{path}.{'added' if is_new else 'removed'}", heading, row=_name(row),
        before="" if is_new else words, after=words if is_new else "",
        what="added" if is_new else "removed", kind="row", is_markup=True,
    )  # fmt: skip


def _item(path, heading, old: tuple[dict, int], new: tuple[dict, int]) -> Iterator[FieldChange]:
    (before, was), (after, now) = old, new
    for part, label in _PARTS.items():
        yield from texts(
            f"{path}.{part}", heading, before.get(part), after.get(part),
            row=_name(after), label=label, is_markup=part != "heading",
        )  # fmt: skip
    # A number that only counts follows from the order; a letter that somebody chose does not.
    if before.get("number") != str(was + 1) or after.get("number") != str(now + 1):
        yield from texts(
            f"numbers.{path}", heading, before.get("number"), after.get("number"),
            row=_name(after), label="Number",
        )  # fmt: skip


def _name(row: dict) -> str:
    """How a row is called: its number and heading, or the first words of its text."""
    return " ".join(part for part in (str(row.get("number") or ""), _called(row)) if part)


def _called(row: dict) -> str:
    return row.get("heading") or " ".join(strip(row.get("text") or "").split()[:6])
