"""The reference lists that the register knows, and the reviewed files they start from."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class ReferenceList:
    """A list that people choose from: its code, its name and what it is for."""

    code: str
    name: str
    means: str


LISTS = {
    row.code: row
    for row in (
        ReferenceList(
            "organisation_kind", "Kinds of body", "What sort of body an organisation is."
        ),
        ReferenceList(
            "post_kind", "Kinds of post", "Posts whose holders sign or answer for a body."
        ),
        ReferenceList("charter_kind", "Kinds of charter", "What a tier 1 document may be."),
        ReferenceList("protocol_kind", "Kinds of protocol", "What a tier 2 document may be."),
        ReferenceList("agreement_kind", "Kinds of agreement", "What a tier 3 document may be."),
        ReferenceList(
            "controller_role", "Roles of parties", "What a party is in data protection law."
        ),
        ReferenceList("file_kind", "Kinds of file", "What an attached file is."),
        ReferenceList(
            "marking", "Protective markings", "Security classifications, printed on pages."
        ),
        ReferenceList("beneficiaries", "Who benefits", "For whom sharing is done."),
    )
}


def reviewed_rows(list_code: str) -> list[dict]:
    """The rows of a list's reviewed file, as the columns of an item, in the order of the file."""
    with (DATA / f"{list_code}.csv").open(encoding="utf-8", newline="") as lines:
        return [_facts(list_code, n, row) for n, row in enumerate(csv.DictReader(lines), 1)]


def _facts(list_code: str, number: int, row: dict[str, str]) -> dict:
    return {
        "list_code": list_code,
        "code": row["code"],
        "label": row["label"],
        "meaning": row["meaning"],
        "source": row["source"],
        "extent": row["extent"],
        "in_force_from": _day(row["in_force_from"]),
        "in_force_until": _day(row["in_force_until"]),
        "position": number * 10,
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
