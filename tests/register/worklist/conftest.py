"""What tests of work, announcements, mails and calendars share: a cast, and a browser for anybody."""

import pytest
from django.test import Client

from register.core.dates import now
from register.search import services
from register.search.models import Row, RowReader, Text
from tests import worlds
from tests.people import Cast, cast

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@worlds.shared
def people() -> Cast:
    """One partnership, two bodies, somebody of every role."""
    return cast()


@pytest.fixture
def browser():
    """A browser in which somebody is signed in, or nobody."""

    def open_for(user=None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend=BACKEND)
        return client

    return open_for


@pytest.fixture
def fill():
    """Write an entry straight into the read table, as the services would keep it."""

    def write(partnership, pk: int, *, bodies=(), **facts) -> Row:
        given = {
            "document_id": pk, "partnership_id": partnership.pk,
            "reference": f"{partnership.prefix}-A-{pk}", "title": f"Entry {pk}", "tier": 3,
            "tier_word": "Agreement", "state": "in_force", "status": "in_force",
            "open_to_partners": True, "changed_at": now(),
        } | facts  # fmt: skip
        row = Row(**given)
        named = {pk: {membership.organisation_id for membership in bodies}}
        readers = [RowReader(row_id=pk, membership_id=m.pk) for m in bodies]
        services.put([row], named, [Text(version_id=pk, document_id=pk)], readers)
        return row

    return write
