"""What a body says of the document itself: title, documents above, commencement, places to sign, files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from register.documents.comparing.bodies import Bodies
from register.documents.comparing.changes import FieldChange
from register.documents.comparing.fields import columns, said, slug, texts, words_of
from register.documents.comparing.rows import paired

ABOUT = "About the document"
COMING = "Coming into force"
_ABOVE = "Documents above"
_LABELS = {
    "title": "Title",
    "kind": "Kind",
    "tier_word": "Tier",
    "reference": "Reference",
    "label": "Version, as its keeper writes it",
    "marking": "Protective marking",
    "outside_framework": "Why it stands outside the framework",
}
_PARENT = {
    "role": "Main or further",
    "tier_word": "Tier",
    "title": "Title",
    "version": "Version",
    "state": "Status",
}
_FILE = {"name": "Name", "size": "Size in bytes", "media_type": "Kind of file"}
# What differs between any two versions, or is said by another part.
PASSED_OVER = {"format", "version", "tier"}
KNOWN = PASSED_OVER | {"partnership", "parents", "commencement", "parties", "sections", "clauses",
                       "slots", "files", "governing_file", *_LABELS}  # fmt: skip


def about(old: dict, new: dict) -> Iterator[FieldChange]:
    """Title, kind, marking, partnership and why it stands outside the framework."""
    for name, label in _LABELS.items():
        yield from texts(name, ABOUT, old.get(name), new.get(name), label=label)
    labels = {"name": "Partnership", "area": "Area of the partnership"}
    before, after = old.get("partnership") or {}, new.get("partnership") or {}
    yield from columns("partnership", ABOUT, labels, before, after)


def commencement(old: dict, new: dict) -> Iterator[FieldChange]:
    """The day and the condition; the wording of a condition only where the condition stays."""
    before, after = old.get("commencement") or {}, new.get("commencement") or {}
    yield from texts(
        "commencement.on", COMING, before.get("on"), after.get("on"), label="Not before"
    )
    said_by = "words" if before.get("words") != after.get("words") else "condition"
    yield from texts(
        "commencement.condition", COMING, before.get(said_by), after.get(said_by), label="Condition"
    )


def parents(old: dict, new: dict) -> Iterator[FieldChange]:
    """The documents above, by their references."""
    yield from _listed(
        "parents", _ABOVE, old.get("parents"), new.get("parents"), _PARENT,
        name=lambda row: said_parent(row), keys=[lambda row: row.get("reference")],
    )  # fmt: skip


def said_parent(row: dict) -> str:
    """A document above in words."""
    return " ".join(part for part in (row.get("tier_word"), row.get("reference")) if part)


def slots(old: dict, new: dict, bodies: Bodies) -> Iterator[FieldChange]:
    """The places to sign: which post signs for whom, and whether it is needed."""
    rows = [*(old.get("slots") or []), *(new.get("slots") or [])]
    names = dict.fromkeys(name for row in rows for name in row if name != "organisation")
    labels = {name: _SLOT.get(name, _said(name)) for name in names}
    yield from _listed(
        "slots", "Places to sign", old.get("slots"), new.get("slots"), labels,
        name=lambda row: row.get("organisation", ""),
        keys=[lambda row: (row.get("organisation"), row.get("post")),
              lambda row: row.get("organisation")],
        touched=lambda row: frozenset([bodies.known_as(row.get("organisation", ""))]),
    )  # fmt: skip


_SLOT = {"post": "Who signs", "required": "Needed for coming into force", "step": "Step"}


def files(old: dict, new: dict) -> Iterator[FieldChange]:
    """The files that the text rests on, by what is in them."""
    yield from _listed(
        "files", "Files", old.get("files"), new.get("files"), {**_FILE, "sha256": "SHA-256"},
        name=lambda row: row.get("name", ""),
        keys=[lambda row: row.get("sha256"), lambda row: row.get("name")],
    )  # fmt: skip


def governing_file(old: dict, new: dict) -> Iterator[FieldChange]:
    """The file whose bytes are the text, where they are; its name is only what it is called."""
    before, after = old.get("governing_file") or {}, new.get("governing_file") or {}
    if before.get("sha256") == after.get("sha256"):
        yield from columns("governing_file", "Text", _FILE, before, after)
        return
    yield FieldChange(
        "governing_file", "Text", "The file that is the text",
        before=_file(before), after=_file(after),
        what="changed" if before and after else "added" if after else "removed", kind="row",
    )  # fmt: skip


def others(old: dict, new: dict) -> Iterator[FieldChange]:
    """What no part above knows of, told as it stands."""
    for name in sorted((old.keys() | new.keys()) - KNOWN):
        yield from texts(slug(name), _said(name), old.get(name), new.get(name))


def _listed(
    path: str, section: str, old: Any, new: Any, labels: dict[str, str], *, name, keys, touched=None
) -> Iterator[FieldChange]:
    before, after = old or [], new or []
    for i, k in paired(before, after, *keys):
        row = after[k] if k is not None else before[i or 0]
        more = {"row": name(row), "touched": touched(row) if touched else None}
        if i is None or k is None:
            words = said(
                name(row), *(_answer(label, row.get(each)) for each, label in labels.items())
            )
            yield FieldChange(
                f"{path}.{'removed' if k is None else 'added'}", section, **more,
                before=words if k is None else "", after="" if k is None else words,
                what="removed" if k is None else "added", kind="row",
            )  # fmt: skip
        else:
            yield from columns(path, section, labels, before[i], after[k], **more)


def _answer(label: str, value: Any) -> str:
    words = words_of(value)
    return f"{label}: {words}" if words else ""


def _said(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _file(row: dict) -> str:
    return said(row.get("name", ""), _answer("SHA-256", row.get("sha256")))
