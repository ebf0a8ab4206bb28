"""A partnership with cycles set and an agreement in force between the council and the police."""

from __future__ import annotations

from dataclasses import dataclass

from register.core.dates import add_months, today
from register.directory.models import Contact
from register.documents.lifecycle import State
from register.documents.models import Document
from register.ledger.acts import act
from register.reviews import services
from register.reviews.models import Missed
from tests import county as counties
from tests import make_documents as make
from tests import worlds

TEST = "system:test"


@dataclass
class Reviewed:
    """The county and its agreement, which the council leads and somebody of the office owns."""

    county: counties.County
    document: Document

    def fresh(self) -> Document:
        """The agreement as it stands."""
        return Document.objects.select_related("partnership", "lead", "owner").get(
            pk=self.document.pk
        )

    def user(self, who: str):
        """A login as the next request reads it."""
        user = self.county.users[who]
        return type(user).objects.get(pk=user.pk)


@worlds.shared
def world():
    county = counties.found(add_months(today(), -13))
    owner = county.users["office"].person
    with act(by=TEST, verb="person.contact_changed", subject=owner):
        Contact.objects.create(person=owner, email="officer@wy.example", phone="01632 960001")
    for tier in (1, 2, 3):
        services.set_cycle(
            by=TEST, partnership=county.partnership, tier=tier, months=12, missed=Missed.OFF_PUBLIC
        )
    document = make.agreement(
        county.partnership, county.council, county.police, lead=county.council, owner=owner,
        state=State.IN_FORCE,
    )  # fmt: skip
    return Reviewed(county, Document.objects.get(pk=document.pk))
