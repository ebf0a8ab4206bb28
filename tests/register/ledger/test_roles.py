"""What the application's own PostgreSQL role may not do, whatever the program is made to say."""

import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction

from register.ledger import triggers
from register.ledger.models import Entry
from register.ledger.verify import verify
from tests.register.ledger.sample import body, clause, edit, freeze

pytestmark = pytest.mark.django_db


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def as_the_application():
    """A frozen version, and the application's own role at work."""
    if connection.vendor != "postgresql" or not settings.APP_DATABASE_ROLE:
        pytest.skip("There is one role here: the owner of the tables")
    freeze(clause().version)
    connection.check_constraints()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_entry SET reason = 'x'",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry CASCADE",
        "UPDATE ledger_change SET salt = ''",
        "DELETE FROM documents_historicalclause",
        "UPDATE documents_versionbody SET sha256 = 'x'",
        "DELETE FROM signing_signature",
        "UPDATE signing_signature SET id = 7",
        "TRUNCATE documents_version CASCADE",
        "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER guard_append_rows_ledger_entry ON ledger_entry",
        "DROP TABLE ledger_entry CASCADE",
        "SET session_replication_role = replica",
        "DELETE FROM django_migrations",
    ],
)
def test_the_application_cannot_unmake_what_is_recorded(as_the_application, sql):
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with refused, transaction.atomic():
        run(sql)


def test_the_owner_is_held_back_by_the_triggers(as_the_application, owner):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        run("UPDATE ledger_entry SET reason = 'x'")


def test_the_application_can_do_its_work(as_the_application):
    row = body("Made by the application")
    edit(row, kind="council")
    assert verify().entries == Entry.objects.count() == 4
    assert triggers.missing(connection) == []
