"""What every test needs."""

import pytest
from django.db import connections
from django.test import TransactionTestCase

from register.ledger import triggers
from register.ledger.redaction import owner_alias
from register.lists.labels import forget
from register.lists.services import load_lists


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database with the reference lists in it."""
    with django_db_blocker.unblock():
        load_lists()


@pytest.fixture(autouse=True, scope="session")
def _the_flush_may_empty_the_ledger():
    """Drop the triggers just before a test's tables are emptied, and make them again after."""
    empty_tables = TransactionTestCase._fixture_teardown

    def drop_and_empty(self):
        triggers.drop(connections[owner_alias()])
        empty_tables(self)
        triggers.install(connections[owner_alias()])
        forget()
        load_lists()

    TransactionTestCase._fixture_teardown = drop_and_empty
    yield
    TransactionTestCase._fixture_teardown = empty_tables


@pytest.fixture(autouse=True)
def _files_of_one_test(settings, tmp_path):
    """Files that a test stores lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def _labels_are_read_again():
    """No test sees the wording that another left in the process."""
    forget()
