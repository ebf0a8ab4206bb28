"""An agreement in force of the council with the police and the trust, and people who may be written to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from register.accounts.models import User
from register.concerns.services import concerns
from register.core.dates import now, today
from register.directory.models import Contact
from register.ledger.acts import act
from tests import county as counties
from tests import make_documents as make
from tests import worlds

TEST = "system:test"


def facts(county, **others) -> dict:
    """What is said of a breach by whoever records it."""
    return {
        "title": "A list went to the wrong mailbox",
        "kind": "confidentiality",
        "severity": "risk",
        "what_happened": "A list of school names was sent to a mailbox of another team.",
        "happened_on": today() - timedelta(days=2),
        "found_at": now() - timedelta(hours=30),
        "data_categories": ("contact",),
        "people_number": 40,
        "lead_body": county.police,
        "lead_name": "Police Officer",
        "lead_post": "Information officer",
        **others,
    }


def recorded(county, agreement, **others):
    """A breach that concerns the police, recorded by the council's officer."""
    said = {"bodies": [county.police], **facts(county), **others}
    return concerns.record(by=county.users["council_officer"], document=agreement, **said)


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
def agreement(county):
    return make.agreement(
        county.partnership, county.council, county.police, county.trust,
        lead=county.council, state="in_force",
    )  # fmt: skip


@pytest.fixture
def user(county):
    """A login as the next request reads it."""
    return lambda who: User.objects.get(pk=county.users[who].pk)
