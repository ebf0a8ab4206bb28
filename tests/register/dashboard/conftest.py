"""What tests of these pages share: a cast, and rows of the read table made in bulk."""

import pytest
from django.test import Client

from register.core.dates import now
from register.search import services
from register.search.models import Row, RowReader, Text
from tests import worlds
from tests.people import Cast, cast


@worlds.shared
def people() -> Cast:
    """One partnership, two bodies, somebody of every role."""
    return cast()


@pytest.fixture
def ask():
    """Ask for a page as somebody."""

    def get(user, path: str, **facts):
        client = Client()
        if user is not None:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client.get(path, **facts)

    return get


@pytest.fixture
def fill():
    """Write many entries straight into the read table, as the services would keep them."""

    def write(partnership, number: int, *, start: int = 100_000, bodies=(), **facts) -> list[Row]:
        rows, texts, named, readers = [], [], {}, []
        for pk in range(start, start + number):
            given = {
                "document_id": pk,
                "partnership_id": partnership.pk,
                "reference": f"{partnership.prefix}-A-{pk}",
                "title": f"Entry {pk}",
                "tier": 3,
                "tier_word": "Agreement",
                "state": "in_force",
                "status": "in_force",
                "open_to_partners": True,
                "changed_at": now(),
            } | facts
            rows.append(Row(**given))
            texts.append(Text(version_id=pk, document_id=pk, title=given["title"], words="police"))
            named[pk] = {membership.organisation_id for membership in bodies}
            readers += [RowReader(row_id=pk, membership_id=m.pk) for m in bodies]
        services.put(rows, named, texts, readers)
        return rows

    return write


@pytest.fixture
def references():
    """The references that a page shows, in order."""

    def read(response) -> list[str]:
        return [row.reference for row in response.context["rows"]]

    return read
