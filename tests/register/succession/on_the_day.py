"""A county of a few bodies, and the day on which some of them are succeeded."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, timedelta

from register.core.dates import LONDON, add_months, pretend, today
from register.directory.models import Organisation
from register.directory.services.people import change_contact
from register.documents.lifecycle import State
from register.documents.models import Document
from register.succession import services
from register.succession.models import Succession
from tests import county as counties
from tests import make, make_flows
from tests import make_documents as documents

TEST = "system:test"
ORDER = "The Wyrefordshire (Structural Changes) Order 2026"


class World:
    """The county, its entries, and a council of the same posts that takes another's place."""

    def __init__(self, bodies: int) -> None:
        self.county = counties.found(add_months(today(), -13))
        place = self.county.partnership
        for number in range(bodies - 5):
            make.member(place, f"Parish Council {number}")
        self.new = make.member(place, "Greater Wyre Council").organisation
        for kind in ("chief_executive", "executive_lead", "senior_officer", "operational_manager"):
            post = make.post(self.new, kind)
            person = make.appoint(post, f"New {kind.replace('_', ' ')}").person
            change_contact(by=TEST, person=person, row_version=0, email=f"{kind}@new.example")
        make.community(place, self.county.council, self.new, name="Children at risk")
        pair = {"providers": self.county.council, "recipients": self.county.police}
        both = (self.county.council, self.county.police)
        self.in_force = make_flows.agreement_with(
            place, *both, flows=[pair], lead=self.county.council, title="In force"
        )
        self.draft = make_flows.agreement_with(
            place, *both, flows=[pair], state=State.DRAFT, title="In draft"
        )
        self.out = documents.agreement(place, *both, state=State.SIGNING, title="Out to sign")
        self.others = documents.agreement(
            place, self.county.police, self.county.trust, state=State.IN_FORCE, title="Of others"
        )

    @property
    def office(self):
        """The register officer of the partnership."""
        return self.county.users["office"]

    def planned(self, on: date, **facts) -> Succession:
        """A confirmed succession of the council into the new one, unless said otherwise."""
        facts = {"kind": "merge", "bodies_from": [self.county.council], "bodies_to": [self.new],
                 "instrument": ORDER, **facts}  # fmt: skip
        made = services.prepare_succession(by=self.office, on=on, **facts)
        return services.confirm_succession(by=self.office, succession=made, row_version=1)


def next_april() -> date:
    """1 April next."""
    day = today()
    return date(day.year + (day >= date(day.year, 4, 1)), 4, 1)


@contextmanager
def day(on: date):
    """Take it for nine in the morning of a day."""
    with pretend(datetime(on.year, on.month, on.day, 9, tzinfo=LONDON)):
        yield


def before(on: date) -> date:
    """The day before."""
    return on - timedelta(days=1)


def again(row):
    """A row as it stands now."""
    return type(row).objects.get(pk=row.pk)


__all__ = [
    "ORDER",
    "TEST",
    "Document",
    "Organisation",
    "World",
    "again",
    "before",
    "day",
    "next_april",
]
