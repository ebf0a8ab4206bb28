"""An agreement of council, police and trust that has ended; two of the three can be written to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from register.accounts.models import User
from register.core.dates import today
from register.directory.models import Contact
from register.documents.services import moving
from register.endings.models import Proof
from register.ledger.acts import act
from tests import county as counties
from tests import make_documents as make
from tests import worlds

TEST = "system:test"


def facts(**others) -> dict:
    """What a party says that destroyed what it held."""
    return {
        "held": "Forty case files", "fate": "destroyed", "method": "shredded",
        "done_on": today(), "said_by_name": "Ann Hale", "said_by_post": "Records manager",
        **others,
    }  # fmt: skip


def proof_of(document, body) -> Proof:
    """The proof that a body is asked for."""
    return Proof.objects.get(ending__document=document, organisation=body)


@worlds.shared
def county():
    found = counties.found(today() - timedelta(days=400))
    for short in ("council", "police"):
        person = found.posts[(short, "senior_officer")].holders(today())[0].person
        with act(by=TEST, verb="person.contact_changed", subject=person):
            Contact.objects.create(person=person, email=f"senior@{short}.example")
    counties.add_login(found, "trust_officer", "body_officer", today(), body="trust")
    return found


@worlds.shared
def ended(county):
    document = make.agreement(
        county.partnership, county.council, county.police, county.trust,
        lead=county.council, state="in_force",
    )  # fmt: skip
    moving.end(by=county.users["office"], document=document, reason="The project is over.")
    return document


@pytest.fixture
def user(county):
    """A login as the next request reads it."""
    return lambda who: User.objects.get(pk=county.users[who].pk)
