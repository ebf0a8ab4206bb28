"""What every test needs."""

import gc
from contextlib import ExitStack

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

from register.ledger import triggers
from register.lists.labels import forget
from register.lists.services import load_lists
from tests import tables
from tests.roles import (
    as_owner,
    own_the_test_database,
    work_as_the_application,
    work_as_the_owner,
)
from tests.scheduling import ByFile
from tests.worlds import arrange


@pytest.fixture(scope="session")
def _making_of_the_tables():
    with ExitStack() as making:
        making.enter_context(tables.quickly())
        yield making


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, _making_of_the_tables
):
    """The owner makes the test database."""
    own_the_test_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, _making_of_the_tables):
    """The test database with the reference lists in it; the application's role works in it."""
    with django_db_blocker.unblock():
        _making_of_the_tables.close()
        work_as_the_application()
        load_lists()
    yield
    with django_db_blocker.unblock():
        work_as_the_owner()


@pytest.fixture
def owner(db):
    """The test works as the owner of the tables, whom only the triggers hold back."""
    with as_owner(connection):
        yield


@pytest.fixture(scope="module")
def _transaction_of_the_module(django_db_setup, django_db_blocker, tmp_path_factory):
    """What the module's tests share is written in here (tests/worlds.py), and taken back after them."""
    with django_db_blocker.unblock():
        outermost = transaction.atomic()
        # As Django marks the transaction around a test: what has to be outermost may lie inside it.
        outermost._from_testcase = True
        outermost.__enter__()
    yield tmp_path_factory.mktemp("shared") / "files"
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outermost.__exit__(None, None, None)


@pytest.fixture
def _copies_for_one_test():
    """What one test has copied already, so that it meets each shared object once."""
    return {}


@pytest.fixture(autouse=True, scope="session")
def _the_flush_may_empty_the_ledger():
    """Drop the triggers just before a test's tables are emptied, and make them again after."""
    empty_tables = TransactionTestCase._fixture_teardown

    def drop_and_empty(self):
        with as_owner(connection):
            triggers.drop(connection)
            empty_tables(self)
            triggers.install(connection)
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


def pytest_collection_finish():
    """What is loaded by now stays to the end: the collector need not look through it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Whole files to each worker, in the order of collection."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_collection_modifyitems(items):
    """Mark what one pass is enough for, whichever database the pass is on: what asks no database, prints
    against their standards, and tests of pages; the office walks over every page on both.
    """
    for item in items:
        asks = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        if not asks and item.get_closest_marker("django_db") is None:
            item.add_marker("no_database")
        if item.path.name == "test_standards.py":
            item.add_marker("no_database")
        if _is_of_pages(item):
            item.add_marker("walks_pages")
    arrange(items)


def _is_of_pages(item) -> bool:
    if item.path.parent.name == "access":
        return "answers_as_the_table_says[office]" not in item.nodeid
    return item.path.stem.endswith(("_pages", "_page", "_views"))
