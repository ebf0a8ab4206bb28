"""Who is bound: bodies that join, leave, or play another part."""

from __future__ import annotations

from collections.abc import Iterator

from register.documents.comparing.bodies import PARTY, SAME_PARTY, Bodies
from register.documents.comparing.changes import FieldChange
from register.documents.comparing.fields import columns, reordered, said
from register.documents.comparing.rows import paired

SECTION = "Parties"
_PARTS = {PARTY: "Party", "observer": "Observer", "drafting_partner": "Drafting partner"}
_LABELS = {
    "name": "Name",
    "short_name": "Short name",
    "part": "Part",
    "role": "Role",
    "only_this_reason": "Why it is bound by this document only",
}


def parties(old: dict, new: dict, bodies: Bodies) -> Iterator[FieldChange]:
    """The changes of the parties, by lineage, else by name."""
    before, after = old.get("parties") or [], new.get("parties") or []
    pairs = paired(before, after, *SAME_PARTY)
    for i, k in pairs:
        if i is None:
            yield _joins(after[k or 0])
        elif k is None:
            yield _leaves(before[i], old, bodies)
        else:
            yield from columns(
                "parties", SECTION, _LABELS, _worded(before[i]), _worded(after[k]),
                row=after[k].get("name", ""),
            )  # fmt: skip
    yield from reordered("parties", SECTION, pairs, before, after, lambda row: row.get("name", ""))


def _joins(row: dict) -> FieldChange:
    path = "parties.added" if row.get("part") == PARTY else "observers.added"
    return FieldChange(
        path, SECTION, row=row.get("name", ""), after=_words(row), what="added", kind="row"
    )


def _leaves(row: dict, old: dict, bodies: Bodies) -> FieldChange:
    is_party = row.get("part") == PARTY
    name = row.get("name", "")
    return FieldChange(
        "parties.removed" if is_party else "observers.removed", SECTION, row=name,
        before=_words(row), what="removed", kind="row", party=name if is_party else "",
        beside=_beside(name, old, bodies),
    )  # fmt: skip


def _beside(name: str, old: dict, bodies: Bodies) -> frozenset[str]:
    """Who else stands on the flows on which a party stands; everybody where that cannot be known."""
    found: set[str] = set()
    for flow in flows_in(old):
        ends = [*(flow.get("from") or []), *(flow.get("to") or [])]
        behind = bodies.behind(ends, is_new=False)
        if behind is None:
            found.update(bodies.bound_before)
        elif name in behind:
            found.update(behind)
    return frozenset(found - {name})


def flows_in(body: dict) -> list[dict]:
    """The flows of a body."""
    return [
        flow
        for section in body.get("sections") or []
        for field in section.get("fields") or []
        if field.get("kind") == "flows"
        for flow in field.get("value") or []
    ]


def _worded(row: dict) -> dict:
    return {**row, "part": _PARTS.get(row.get("part", ""), row.get("part", ""))}


def _words(row: dict) -> str:
    worded = _worded(row)
    role = f"Role: {row['role']}" if row.get("role") else ""
    return said(
        row.get("name", ""), f"Part: {worded['part']}", role, row.get("only_this_reason", "")
    )
