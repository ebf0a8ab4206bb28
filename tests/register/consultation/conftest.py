"""A draft of the council with the police and the trust, opened to named people and a guest."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta

import pikepdf
import pytest

from register.accounts.models import User
from register.consultation.models import Consultee
from register.consultation.services import asking
from register.consultation.services.asking import Guest
from register.core.dates import today
from register.directory.models import Contact
from register.documents.models import Clause, Document, Version
from register.ledger.acts import act
from tests import county as counties
from tests import make_documents as make
from tests import worlds

TEST = "system:test"
GUEST = Guest("Ann Hale", "ann.hale@wells.example", "Wells Trust")


@dataclass
class Consulted:
    """The draft in consultation, and who plays: the police's manager is asked, and a guest."""

    county: counties.County
    document: Document
    version: Version
    clause: Clause
    asked: Consultee
    guest: Consultee

    def user(self, who: str) -> User:
        """A login as the next request reads it."""
        return User.objects.get(pk=self.county.users[who].pk)

    def fresh(self) -> Version:
        """The version as it stands."""
        return Version.objects.select_related("document").get(pk=self.version.pk)


@worlds.shared
def drafted():
    county = counties.found(today() - timedelta(days=400))
    for who in ("police_manager", "police_officer", "council_officer"):
        person = county.users[who].person
        with act(by=TEST, verb="person.contact_changed", subject=person):
            Contact.objects.create(person=person, email=f"{who}@wy.example", phone="01632 960001")
    document = make.agreement(
        county.partnership, county.council, county.police, county.trust, lead=county.council
    )
    clause = Clause.objects.filter(version=document.newest).first()
    return Consulted(county, document, document.newest, clause, None, None)


@worlds.shared
def world(drafted):
    asking.open_to(
        by=drafted.county.users["council_officer"],
        version=drafted.version,
        people=[drafted.county.users["police_manager"].person.pk],
        guests=[GUEST],
        due_on=today() + timedelta(days=14),
    )
    drafted.version = Version.objects.get(pk=drafted.version.pk)
    drafted.asked = Consultee.objects.get(person__isnull=False)
    drafted.guest = Consultee.objects.get(person__isnull=True)
    return drafted


@pytest.fixture
def one_page() -> bytes:
    """A PDF of one empty page."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()
