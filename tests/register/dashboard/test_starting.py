"""The web server does not start over a database whose evidence is unguarded."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from register.dashboard.starting import refuse_unguarded
from register.ledger import triggers
from register.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def stay_open(monkeypatch):
    """The test's own transaction must not be closed under it."""
    monkeypatch.setattr(connection, "close", lambda: None)


def test_it_starts_where_every_trigger_stands(stay_open):
    refuse_unguarded()


def test_it_refuses_where_one_is_missing(stay_open, owner):
    triggers.drop(connection, [Entry])
    with pytest.raises(ImproperlyConfigured, match=r"guard the evidence are missing.*prepare"):
        refuse_unguarded()
