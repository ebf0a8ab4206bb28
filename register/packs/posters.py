"""The poster of a charter: its principles on one page, A4 or A3, for a wall."""

from __future__ import annotations

from register.core.verdicts import YES, Verdict, no
from register.documents.models import Version
from register.packs.reading_body import items_of, plain, said
from register.packs.sheets import office_line


def has_poster(version: Version) -> Verdict:
    """Whether a version has principles to hang up: charters have."""
    if version.document.tier == 1:
        return YES
    return no("Only a charter has a poster: it holds the principles.")


def poster_sheet(version: Version, body: dict, frame: dict) -> dict:
    """What a poster says besides its head: the vision and every principle."""
    rows = [
        [
            item.get("heading") or f"Principle {item.get('number', '')}",
            plain(item.get("text") or ""),
        ]
        for item in items_of(body, "principles")
    ]
    vision = {"heading": "", "text": said(body, "vision", "default_premise")}
    return {
        "kind": "Poster",
        "blocks": [vision, {"heading": "Our principles", "rows": rows}],
        "foot": f"More: {office_line(version)}",
    }
