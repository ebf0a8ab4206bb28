"""What every test needs."""

import pytest
from django.db import connections
from django.test import TransactionTestCase

from register.ledger import triggers
from register.ledger.redaction import owner_alias


@pytest.fixture(autouse=True, scope="session")
def _the_flush_may_empty_the_ledger():
    """Drop the triggers just before a test's tables are emptied, and make them again after."""
    empty_tables = TransactionTestCase._fixture_teardown

    def drop_and_empty(self):
        triggers.drop(connections[owner_alias()])
        empty_tables(self)
        triggers.install(connections[owner_alias()])

    TransactionTestCase._fixture_teardown = drop_and_empty
    yield
    TransactionTestCase._fixture_teardown = empty_tables
