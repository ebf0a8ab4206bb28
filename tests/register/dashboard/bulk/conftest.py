"""What tests of acts on many entries share: a browser for each person, and entries of one body."""

import pytest
from django.test import Client

from register.dashboard.bulk.models import BulkTask
from register.documents.models import Document
from register.documents.services.keeping_up import keep_up
from register.ledger.acts import act, bulk_create

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
URL = "/register/together/"


@pytest.fixture
def browse():
    """A browser in which somebody is signed in."""

    def enter(user) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return enter


@pytest.fixture
def entries():
    """Many entries without versions, with their history, as an import would leave them."""
    return write_entries


def write_entries(partnership, number: int, *, start: int = 1, letter: str = "X", **facts):
    """So many entries of a partnership, in few statements."""
    facts = {"tier": 3, "partnership": partnership} | facts
    with act(by="system:test", verb="test.filled"):
        rows = bulk_create(
            Document(reference=f"{partnership.prefix}-{letter}-{place:04d}", **facts)
            for place in range(start, start + number)
        )
        keep_up([row.pk for row in rows])
    return rows


@pytest.fixture
def choose():
    """Post the list's form: give it references, or a page of the list whose “every” is ticked."""

    def post(client, act: str, refs=(), *, page=None, back="/register/"):
        data = {"act": act, "ref": list(refs), "back": back}
        if page is not None:
            data["every"] = page.context["every"]
        answer = client.post(URL, data)
        assert answer.status_code == 302, answer.content.decode()
        return BulkTask.objects.get(pk=int(answer.url.rstrip("/").rpartition("/")[2]))

    return post
