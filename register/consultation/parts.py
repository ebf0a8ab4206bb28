"""The parts of a draft that somebody may comment on: the whole, each field, each flow, each clause."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from register.consultation.replacing import spaced
from register.core.text import strip, to_plain
from register.documents.body import body_of
from register.documents.models import Version

WHOLE = "whole"
LABEL_LIMIT = 400


@dataclass(frozen=True)
class Part:
    """One part: its code, what it is called, its words as plain text, and what a page draws it from.

    `kind` is whole, clause, flow, html, text, items or table; `draws` is the clause or the field of
    the canonical body. `number` and `heading` are those of a clause.
    """

    code: str
    label: str
    kind: str
    words: str = ""
    draws: dict = field(default_factory=dict)
    place: int = 0

    @property
    def html(self) -> str:
        """Its text with its formatting; empty for a part that is not one text."""
        if self.kind == "clause":
            return self.draws["text"]
        return self.draws["value"] if self.kind == "html" else ""

    def has(self, quoted: str) -> bool:
        """Whether words stand in it, however they were copied."""
        quoted = spaced(quoted)
        return quoted in spaced(strip(self.html)) or quoted in spaced(self.words)

    @property
    def takes_suggestions(self) -> bool:
        """Whether a suggestion for it can be taken over by the register."""
        return self.kind in {"clause", "html"}

    @property
    def sha256(self) -> str:
        """The hash of its words, by which it is seen whether they changed."""
        return hashlib.sha256(self.words.encode()).hexdigest()


@dataclass(frozen=True)
class Section:
    """A heading of a draft with the parts that stand under it."""

    code: str
    heading: str
    parts: list[Part]


def sections_in(body: dict) -> list[Section]:
    """The sections of a canonical body with their parts, in the order in which they are read."""
    made: list[Section] = []
    place = 1
    for section in body["sections"]:
        parts = []
        for each in section["fields"]:
            found = (
                _flows(each, place) if each["kind"] == "flows" else [_field(section, each, place)]
            )
            place += len(found)
            parts += found
        made.append(Section(f"section-{section['code']}", section["heading"], parts))
    if body["clauses"]:
        clauses = [_clause(each, at) for at, each in enumerate(body["clauses"], start=place)]
        made.append(Section("text", "Clauses", clauses))
    return made


def parts_in(body: dict) -> dict[str, Part]:
    """Every part of a canonical body by its code, the whole first."""
    whole = Part(WHOLE, "The whole draft", WHOLE)
    parts = [whole, *(part for section in sections_in(body) for part in section.parts)]
    return {part.code: part for part in parts}


def parts_of(version: Version) -> dict[str, Part]:
    """Every part of a version by its code: as it stands, or as it was issued."""
    return parts_in(shown_body(version))


def shown_body(version: Version) -> dict:
    """The canonical body of a version: the stored bytes where it is frozen, else as it stands."""
    if version.frozen_at is None:
        return body_of(version)
    return json.loads(bytes(version.body.content))


def _clause(clause: dict, place: int) -> Part:
    name = " ".join(filter(None, [clause["number"], clause["heading"]]))
    words = to_plain(clause["text"])
    label = f"Clause {name}" if name else f"Clause “{' '.join(strip(words).split()[:8])} …”"
    return Part(f"clause-{clause['lineage']}", label[:LABEL_LIMIT], "clause", words, clause, place)


def _field(section: dict, each: dict, place: int) -> Part:
    code = f"field-{section['code']}-{each['code']}"
    same = each["label"] == section["heading"]
    label = each["label"] if same else f"{section['heading']}: {each['label']}"
    words = to_plain(each["value"]) if each["kind"] == "html" else _words(each["value"])
    return Part(code, label[:LABEL_LIMIT], each["kind"], words, each, place)


def _flows(each: dict, place: int) -> list[Part]:
    return [
        Part(
            f"flow-{flow['lineage']}",
            f"Flow {flow['number']}: {flow['title']}"[:LABEL_LIMIT],
            "flow",
            _words(flow),
            each | {"value": [flow], "label": flow["title"]},
            at,
        )
        for at, flow in enumerate(each["value"], start=place)
    ]


def _words(value: object) -> str:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return "\n".join(filter(None, map(_words, value)))
    return strip(str(value)) if value is not None else ""
