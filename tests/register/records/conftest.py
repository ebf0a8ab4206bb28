"""Two partnerships, two administrators of the first, an agreement in force and one that ended long ago."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from register.accounts.models import User
from register.core.dates import now, pretend, today
from tests import county as counties
from tests import make_documents as make
from tests import worlds

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEST = "system:test"
NUMBER = "943 476 5919"


@worlds.shared
def county():
    """A county since eight years, with two administrators and an auditor."""
    long_ago = today() - timedelta(days=3000)
    found = counties.found(long_ago)
    for who in ("ada", "bo"):
        counties.add_login(found, who, "administrator", long_ago)
    return found


@worlds.shared
def other(county):
    """Another partnership of the installation, with an administrator of its own."""
    long_ago = today() - timedelta(days=3000)
    found = counties.found(long_ago, prefix="NM", name="Northmere partnership")
    counties.add_login(found, "northern", "administrator", long_ago)
    return found


@worlds.shared
def ended(county, other):
    """An agreement that ended seven years ago."""
    with pretend(now() - timedelta(days=365 * 7 + 30)):
        return make.agreement(
            county.partnership, county.council, county.police, lead=county.council, state="ended",
            title="Lists of holidays",
        )  # fmt: skip


@pytest.fixture
def user(county, other):
    """A login as the next request reads it."""

    def found(who: str) -> User:
        place = other if who in other.users and who not in county.users else county
        return User.objects.get(pk=place.users[who].pk)

    return found


@pytest.fixture
def ask(user):
    """What somebody gets from an address; with values, what they get for sending them."""

    def asked(who: str, address: str, sent: dict | None = None, **more):
        client = Client()
        client.force_login(user(who), backend=BACKEND)
        if sent is None:
            return client.get(address, **more)
        return client.post(address, sent, **more)

    return asked
