"""The six sections of which a review asks “still true?”, and where the register holds their words."""

from __future__ import annotations

from dataclasses import dataclass

from register.core.text import strip
from register.documents.body import sections_of
from register.documents.models import Version


@dataclass(frozen=True)
class Section:
    """One of the six: its code, what is asked, and a help line."""

    code: str
    heading: str
    asks: str
    # Parts of the names of the register's fields that belong here; the first section that fits has it.
    holds: tuple[str, ...] = ()


SECTIONS = (
    Section("purpose", "Purpose and benefit", "Why it is shared, and what good comes of it",
            ("purpose", "benefit", "objective", "vision", "aim", "initiative")),
    Section("parties", "Parties", "Who shares and who receives, by their right names", ("part",)),
    Section("information", "Information", "What is shared, and no more than is needed",
            ("information", "data", "flow", "item")),
    Section("law", "Law", "Power, lawful basis and conditions",
            ("law", "legal", "power", "basis", "gateway", "condition", "confidence")),
    Section("keeping", "Keeping it safe and ending", "How it moves, how long it is kept, what happens then",
            ("retention", "security", "keep", "dispos", "transfer", "breach", "risk", "ending", "termin")),
    Section("people", "People and rights", "Who to ring, what people are told, how they use their rights",
            ("people", "right", "contact", "notice", "complaint", "access", "review")),
)  # fmt: skip


# What stands for a row of a list, such as an item or a flow: the first of these that it has.
NAMED_BY = ("heading", "title", "text")


@dataclass(frozen=True)
class Excerpt:
    """What the register holds of a field: its label and its words in plain text."""

    label: str
    words: str


def words_by_section(version: Version) -> dict[str, list[Excerpt]]:
    """For each of the six sections what the version says of it today, in plain words.

    A field that fits none stands under the first. The bodies themselves stand under “Parties”.
    """
    found: dict[str, list[Excerpt]] = {section.code: [] for section in SECTIONS}
    names = [row.organisation.called for row in _parties(version)]
    if names:
        found["parties"].append(Excerpt("Parties", ", ".join(names)))
    for section in sections_of(version):
        for field in section["fields"]:
            if words := _plain(field):
                found[_place(field["code"], section["code"])].append(Excerpt(field["label"], words))
    return found


def _parties(version: Version):
    return version.party_rows.filter(part="party").select_related("organisation")


def _place(*codes: str) -> str:
    for code in codes:
        for section in SECTIONS:
            if any(word in code for word in section.holds):
                return section.code
    return SECTIONS[0].code


def _plain(field: dict) -> str:
    value = field["value"]
    if isinstance(value, str):
        return strip(value)
    if isinstance(value, dict):
        return "; ".join(", ".join(filter(None, row)) for row in value["rows"])
    return "; ".join(filter(None, (_named(row) for row in value)))


def _named(row: dict) -> str:
    return strip(next((row[name] for name in NAMED_BY if row.get(name)), ""))
