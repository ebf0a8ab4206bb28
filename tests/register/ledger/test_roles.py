"""What the application's own PostgreSQL role may not do, whatever the program is made to say."""

import pytest
from django.db import ProgrammingError, connection, transaction

from register.ledger import triggers
from register.ledger.models import Entry
from register.ledger.verify import verify
from tests.register.ledger.sample import body, clause, edit, freeze

pytestmark = pytest.mark.django_db

ROLE = "register_role_under_test"


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def as_the_application():
    """Work as a role that was granted what the application needs, and owns nothing."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles")
    try:
        with transaction.atomic():
            run(f"CREATE ROLE {ROLE}")
    except ProgrammingError:
        pytest.skip("The owner of the tables may not make roles here")
    freeze(clause().version)
    triggers.grant_app_role(connection, ROLE)
    connection.check_constraints()
    run(f"SET ROLE {ROLE}")
    yield
    run("RESET ROLE")


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


def test_the_application_can_do_its_work(as_the_application):
    row = body("Made by the application")
    edit(row, kind="council")
    assert verify().entries == Entry.objects.count() == 4
    assert triggers.missing(connection) == []
