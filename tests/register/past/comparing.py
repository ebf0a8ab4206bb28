"""What the past shows of a day beside what the ledger says, replayed; where they differ, in sentences."""

from __future__ import annotations

from datetime import date

from register.documents.models import Document
from register.past.entries_then import rows_then
from register.past.moments import Moment
from register.past.seeing import visible_spans
from register.past.then import then
from tests.register.past.replaying import entries_by, members_by, told_by

LISTED = ("title", "state", "status", "version", "signed", "slots", "parties", "review_on")
PAGE = ("title", "state", "status", "version", "clauses", "who")


def differences(user, day: date, said_of: date | None = None) -> list[str]:
    """Everything in which the list and the pages of a day differ from the ledger, read by itself.

    `said_of` has the ledger say what it says of another day: then something must differ.
    """
    said_of = said_of or day
    held = told_by(Moment(said_of).instant)
    said = entries_by(held, said_of)
    shown = _listed(user, Moment(day))
    found = [f"{ref} is listed only by one of both" for ref in sorted(set(said) ^ set(shown))]
    for reference in sorted(set(said) & set(shown)):
        found += _differing(f"{reference} in the list", shown[reference], said[reference], LISTED)
    for document in Document.objects.select_related("partnership").order_by("pk"):
        found += _page(user, document, Moment(day), said.get(document.reference), held, said_of)
    return found


def _listed(user, moment: Moment) -> dict[str, dict]:
    at = moment.instant
    spans = visible_spans(user).filter(begins__lte=at, ends__gt=at).order_by("reference")
    rows = rows_then(user, [span.document_id for span in spans], moment)
    return {
        each.row.reference: {
            "title": each.row.title, "state": each.row.state, "status": each.status,
            "version": each.row.version_number, "signed": each.row.signed,
            "slots": each.row.slots, "parties": each.row.parties, "review_on": each.review,
        }
        for each in rows
    }  # fmt: skip


def _page(user, document, moment: Moment, known, held, day: date) -> list[str]:
    found = then(user, document, moment)
    if found is None or known is None:
        return [] if found is known else [f"{document.reference} has a page only by one of both"]
    shown = {
        "title": found.version.title, "state": found.version.state, "status": found.status,
        "version": found.version.number,
        "clauses": [(each["heading"], each["text"]) for each in found.body["clauses"]],
        "who": sorted(
            (place["organisation"], place["person"], place["wording"], place["on"])
            for place in found.signed
            if place["state"] == "signed" and not place["voided_on"]
        ),
    }  # fmt: skip
    where = f"the page of {document.reference}"
    differing = _differing(where, shown, known, PAGE)
    if set(found.members) != members_by(held, document.partnership_id, day):
        differing.append(f"{where}: members")
    return differing


def _differing(where: str, shown: dict, known: dict, names: tuple[str, ...]) -> list[str]:
    return [
        f"{where}: {name} is {shown[name]!r}, the ledger says {known[name]!r}"
        for name in names
        if shown[name] != known[name]
    ]
