"""A register whose life is told day by day: for tests of how it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from register.core import dates
from register.directory.services import memberships
from register.documents.lifecycle import State
from register.documents.models import Clause, Document
from register.documents.services import content, drafting, facts, moving
from register.signing.services import propose_slots, record_signature
from tests import county as counties
from tests import make_documents as make

BY = "system:test"


@dataclass
class Life:
    """The county, and its entries by short names."""

    county: counties.County
    documents: dict[str, Document] = field(default_factory=dict)


def on(year: int, month: int, day: int, hour: int = 10):
    """The time that is pretended: an hour of a day, ten in the morning."""
    return dates.pretend(datetime.combine(date(year, month, day), time(hour), UTC))


def told() -> Life:
    """Two years: a charter, two agreements, a revision, a paper signature recorded late, a body that left."""
    with on(2023, 1, 9):
        life = Life(counties.found(date(2022, 1, 1)))
    place, county = life.county.partnership, life.county
    with on(2023, 2, 1):
        life.documents["charter"] = make.charter(place, county.council, county.police, county.trust)
    with on(2023, 3, 1):
        make.walk(life.documents["charter"].newest, State.IN_FORCE)
    with on(2023, 4, 3):
        shared = make.agreement(
            place, county.council, county.police, lead=county.council, title="Missing people"
        )
        life.documents["shared"] = shared
    with on(2023, 4, 20):
        _reword(shared, "Why the two share.")
    _sign(life)
    with on(2023, 7, 5):
        shared = _again(shared)
        facts.change_facts(
            by=BY, document=shared, row_version=shared.row_version,
            visibility="partnership", review_on=date(2024, 6, 30),
        )  # fmt: skip
    with on(2023, 9, 4):
        closed = make.agreement(
            place, county.council, county.trust, lead=county.trust, title="Ward visits",
        )  # fmt: skip
        life.documents["closed"] = facts.change_facts(
            by=BY, document=closed, row_version=closed.row_version, visibility="named"
        )
    with on(2024, 1, 15):
        drafting.revise(by=BY, document=_again(shared), changes="Shorter.")
        _reword(shared, "In fewer words.")
    with on(2024, 2, 12):
        make.walk(_again(shared).in_preparation, State.IN_FORCE)
    with on(2024, 5, 7):
        left = county.police.memberships.get()
        memberships.end_membership(
            by=BY, membership=left, ends_on=date(2024, 5, 31),
            reason="It joined another partnership.",
        )  # fmt: skip
    with on(2024, 9, 2):
        moving.end(by=BY, document=_again(life.documents["shared"]), reason="No longer needed.")
    return life


def _sign(life: Life) -> None:
    """The council signs when asked; the police signed a month before anybody told the register."""
    shared, county = life.documents["shared"], life.county
    with on(2023, 5, 2):
        propose_slots(by=BY, version=shared.newest)
        moving.send_for_signature(by=BY, version=shared.newest, despite="Made for a test.")
    for day, body, signed in (
        ((2023, 5, 10), county.council, date(2023, 5, 10)),
        ((2023, 6, 12), county.police, date(2023, 5, 11)),
    ):
        with on(*day):
            for slot in shared.newest.slots.filter(organisation=body):
                person = slot.post.holders(signed)[0].person
                record_signature(by=BY, slot=slot, person=person, signed_on=signed)


def _reword(document: Document, text: str) -> None:
    clause = Clause.objects.filter(version__document=document).order_by("-version", "position")[0]
    content.change_item(by=BY, row=clause, row_version=clause.row_version, text=f"<p>{text}</p>")


def _again(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)


def redrafted(life: Life) -> Document:
    """An agreement in preparation whose first clause was reworded once."""
    county = life.county
    with on(2024, 3, 1):
        draft = make.agreement(
            county.partnership, county.council, county.trust, lead=county.council, title="Winter"
        )
        _reword(draft, "The first words.")
    with on(2024, 4, 1):
        _reword(draft, "The second words.")
    return draft
