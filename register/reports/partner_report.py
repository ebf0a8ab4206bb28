"""All that one body gives and receives by flows in force: on what basis, how long kept, reviewed when.

Requests are no part of it: it tells of agreed sharing only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.db.models import QuerySet

from agreements.flows.models import FlowSide, Line, Side
from register.core.dates import today, words
from register.directory.models import AssuranceLevel
from register.lists.labels import label
from register.reports.flow_list import CHUNK, ORDER, Told, told
from register.reports.seen import governing_lines

GIVES, RECEIVES = "gives", "receives"
MOST_PRINTED = 400  # flows in a PDF; a spreadsheet holds all of them
HEADER = (
    "Gives or receives",
    "Partner",
    "Assurance of the partner",
    "Flow",
    "Agreement",
    "Title of the agreement",
    "Categories",
    "Purpose",
    "Used for",
    "Basis of the provider",
    "Basis of the recipient",
    "Gateways",
    "Kept",
    "Since",
    "Next review",
    "State",
)


@dataclass
class Sharing:
    """One flow with one partner: who it is and how safe, on what basis, with which gateways, kept how long."""

    told: Told
    partner: str
    assurance: str
    bases: dict[str, list[str]] = field(default_factory=dict)
    gateways: list[str] = field(default_factory=list)

    @property
    def kept(self) -> str:
        """How long it is kept, and from when."""
        flow = self.told.flow
        since = f"from {flow.retention_trigger}" if flow.retention_trigger else ""
        return " ".join(filter(None, [flow.retention_period, since])) or flow.retention_reference

    @property
    def state(self) -> str:
        """What is not settled about it, or that it is in force."""
        return "; ".join(self.told.notes) or "In force"

    def basis(self, side: str) -> str:
        """The basis of the provider or the recipient, in words."""
        return "; ".join(self.bases.get(side, []))

    @property
    def basis_given(self) -> str:
        """The basis of the provider."""
        return self.basis(Side.PROVIDER)

    @property
    def basis_taken(self) -> str:
        """The basis of the recipient."""
        return self.basis(Side.RECIPIENT)


def lines_of(user, body_id: int, side: str) -> QuerySet[Line]:
    """What a body gives, or receives, by flows in force that the reader may see."""
    column = "provider_id" if side == GIVES else "recipient_id"
    return governing_lines(user).filter(**{column: body_id})


def sharings(lines: list[Line], side: str) -> list[Sharing]:
    """The lines of one page with the law and the partners' assurance; the same few statements for any number."""
    laws = _laws({line.flow_id for line in lines})
    partners = {_partner(line, side) for line in lines}
    levels = _levels(partners)
    found = []
    for one in told(lines):
        bases, gateways = laws[one.line.flow_id]
        partner = (one.takers if side == GIVES else one.givers)[0]
        level = levels.get(_partner(one.line, side), "")
        found.append(Sharing(one, partner, level, bases, gateways))
    return found


def cells(user, body_id: int) -> Iterator[list]:
    """The whole report as cells under `HEADER`, in bounded memory."""
    for side in (GIVES, RECEIVES):
        stream = lines_of(user, body_id, side).order_by(*ORDER).iterator(chunk_size=CHUNK)
        while chunk := list(islice(stream, CHUNK)):
            for one in sharings(chunk, side):
                yield _cells(one, side)


def printable(user, body, *, printed_by: str) -> dict:
    """The report as the layout of prints takes it: title, facts, and a table for each side."""
    tables, left_out = [], 0
    for side, heading in ((GIVES, "What it gives"), (RECEIVES, "What it receives")):
        lines = lines_of(user, body.pk, side)
        shown = list(lines.order_by(*ORDER)[: MOST_PRINTED + 1])
        left_out += len(shown) > MOST_PRINTED
        rows = [_printed(one) for one in sharings(shown[:MOST_PRINTED], side)]
        partner = "To" if side == GIVES else "From"
        tables.append(
            {
                "heading": f"{heading} ({len(rows)})",
                "columns": ["Flow", partner, "Data and purpose", "Basis and gateways",
                            "Kept", "Review and state"],
                "widths": [15, 15, 17, 20, 10, 13],
                "rows": rows,
            }
        )  # fmt: skip
    notes = [
        "Flows of agreements in force that the reader may see. Requests are not part of this report."
    ]
    if left_out:
        notes.append(f"Only the first {MOST_PRINTED} of each side: the spreadsheet holds all.")
    return {
        "title": f"What {body.legal_name} gives and receives",
        "kind": "Partner report",
        "day": words(today()),
        "printed_by": printed_by,
        "notes": notes,
        "tables": tables,
    }


def _cells(one: Sharing, side: str) -> list[str | date | None]:
    told_ = one.told
    return [
        "gives" if side == GIVES else "receives",
        one.partner,
        one.assurance,
        told_.flow.title,
        told_.reference,
        told_.title,
        "; ".join(told_.categories),
        told_.purpose,
        told_.use,
        one.basis_given,
        one.basis_taken,
        "; ".join(one.gateways),
        one.kept,
        told_.since,
        told_.review,
        one.state,
    ]


def _printed(one: Sharing) -> list[list[str]]:
    """A row of the print: each cell is its lines."""
    told_ = one.told
    bases = [("Provider", one.basis_given), ("Recipient", one.basis_taken)]
    return [
        [told_.flow.title, f"{told_.reference} {told_.title}"],
        [one.partner, f"Assurance: {one.assurance.lower() or 'not known'}"],
        ["; ".join(told_.categories) or "Categories not said", told_.purpose, told_.use],
        [
            *(f"{who}: {said or 'not said'}" for who, said in bases),
            *([f"Gateways: {'; '.join(one.gateways)}"] if one.gateways else []),
        ],
        [one.kept or "Not said"],
        [f"Review {words(told_.review)}" if told_.review else "No review date", one.state],
    ]


def _partner(line: Line, side: str) -> int:
    return line.recipient_id if side == GIVES else line.provider_id


def _laws(flow_ids: Iterable[int]) -> dict[int, tuple[dict[str, list[str]], list[str]]]:
    """For each flow the bases of its two ends and its gateways, in words. One statement."""
    found: dict[int, tuple[dict[str, list[str]], list[str]]] = defaultdict(lambda: ({}, []))
    for law in FlowSide.objects.filter(flow_id__in=list(flow_ids)).order_by("pk"):
        bases, gateways = found[law.flow_id]
        bases[law.side] = [
            label(list_code, code)
            for list_code, codes in (
                ("lawful_basis", (law.lawful_basis,)),
                ("part3_basis", (law.part3_basis,)),
                ("article9_condition", law.article9),
                ("schedule8_condition", law.schedule8),
            )
            for code in codes
            if code
        ]
        named = [label("legal_gateway", code) for code in law.gateways]
        gateways += [words_ for words_ in named if words_ not in gateways]
    return found


def _levels(partners: set[int]) -> dict[int, str]:
    """The assurance of partners in words; one statement."""
    rows = AssuranceLevel.objects.filter(organisation_id__in=partners)
    return {
        pk: label("assurance_level", "expired" if until < today() else code)
        for pk, code, until in rows.values_list("organisation_id", "code", "until")
    }
