"""The database itself refuses what nobody may do."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from register.documents.models import Clause, Transition, Version
from register.ledger import triggers
from register.ledger.access import note_access
from register.ledger.acts import act
from register.ledger.models import AccessEvent, Change, Columns, Entry
from tests.register.ledger.sample import (
    ADA,
    body,
    clause,
    edit,
    freeze,
    refused_by_database,
    tamper,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]


def raw(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_change", "ledger_columns"])
def test_the_ledger_is_only_added_to(table):
    body()
    with refused_by_database(IntegrityError):
        raw(f"DELETE FROM {table}")
    column = {"ledger_entry": "reason", "ledger_change": "salt", "ledger_columns": "names"}[table]
    with refused_by_database(IntegrityError):
        raw(f"UPDATE {table} SET {column} = 'x'")
    assert Entry.objects.exists()
    assert Change.objects.exists()
    assert Columns.objects.exists()


def test_history_is_only_added_to():
    row = body()
    with refused_by_database(IntegrityError):
        row.history.all().delete()
    with refused_by_database(IntegrityError):
        row.history.all().update(legal_name="Other")


def test_access_events_are_only_added_to():
    note_access(kind="login_ok", path="/")
    with refused_by_database(IntegrityError):
        AccessEvent.objects.all().delete()


def test_every_append_only_table_has_its_triggers():
    assert {Entry, Change, Columns, Transition, Clause.history.model} <= set(
        triggers.append_only_models()
    )
    for model in triggers.append_only_models():
        with refused_by_database_or_empty(model):
            QuerySet(model)._raw_delete("default")


class refused_by_database_or_empty:
    """A table without rows has nothing that a row trigger could refuse."""

    def __init__(self, model):
        self.empty = not model._base_manager.exists()
        self.savepoint = transaction.atomic()

    def __enter__(self):
        self.savepoint.__enter__()

    def __exit__(self, kind, error, trace):
        self.savepoint.__exit__(kind, error, trace)
        assert self.empty or isinstance(error, IntegrityError)
        return isinstance(error, IntegrityError)


def test_the_content_of_a_frozen_version_stays():
    row = clause()
    other = clause()
    freeze(row.version)
    row.refresh_from_db()
    with refused_by_database(IntegrityError):
        edit(row, heading="Other")
    with refused_by_database(IntegrityError), act(by=ADA, verb="clause.added"):
        Clause(version=row.version, heading="New").save()
    with refused_by_database(IntegrityError), act(by=ADA, verb="clause.removed"):
        Clause.objects.get(pk=row.pk).delete()
    with refused_by_database(IntegrityError):
        edit(other, version=row.version)
    with refused_by_database(IntegrityError):
        raw("UPDATE documents_clause SET version_id = %s", other.version_id)
    assert Clause.objects.get(version=row.version).heading == "Purpose"


def test_the_content_of_a_draft_may_change():
    row = clause()
    freeze(clause().version)
    edit(row, heading="Other")
    with act(by=ADA, verb="clause.removed", subject=row.version):
        row.delete()
    assert not Clause.objects.filter(heading="Other").exists()


def test_a_frozen_version_keeps_what_is_signed_and_moves_on():
    row = clause()
    version = row.version
    freeze(version)
    for change in [{"title": "Other"}, {"frozen_at": None, "body_sha256": ""}, {"number": 2}]:
        with refused_by_database(IntegrityError):
            edit(Version.objects.get(pk=version.pk), **change)
    with refused_by_database(IntegrityError):
        raw("DELETE FROM documents_clause")
    edit(Version.objects.get(pk=version.pk), state="signing")
    assert Version.objects.get().state == "signing"


def test_a_frozen_version_is_not_deleted_and_a_draft_is():
    kept, gone = clause().version, clause().version
    freeze(kept)
    with refused_by_database(IntegrityError):
        raw("DELETE FROM documents_version WHERE id = %s", kept.pk)
    with act(by=ADA, verb="version.removed"):
        gone.clause_rows.get().delete()
        gone.delete()
    assert list(Version.objects.all()) == [kept]


def test_tables_are_not_truncated():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    body()
    connection.check_constraints()
    for table in ["ledger_change", "directory_historicalorganisation", "documents_clause"]:
        with refused_by_database(IntegrityError):
            raw(f"TRUNCATE {table} CASCADE")


def test_a_missing_trigger_is_named_and_made_again():
    assert triggers.missing(connection) == []
    triggers.drop(connection, [Entry])
    gone = triggers.missing(connection)
    assert gone
    assert all("ledger_entry" in name for name in gone)
    triggers.install(connection)
    triggers.install(connection)
    assert triggers.missing(connection) == []


def test_names_fit_every_database():
    names = [guard.name for guard in triggers._guards(connection)]
    assert max(map(len, names)) <= 63
    assert len(names) == len(set(names))
    wide = triggers._name("append", "delete", "t" * 70)
    assert len(wide) == 63
    assert wide != triggers._name("append", "delete", "t" * 71)


def test_suspended_triggers_stand_again_after_success_and_after_an_error():
    body()
    assert tamper("UPDATE ledger_entry SET reason = 'x'") == 1
    assert triggers.missing(connection) == []
    with pytest.raises(ZeroDivisionError), transaction.atomic(), triggers.suspended(connection):
        raise ZeroDivisionError
    assert triggers.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_triggers_are_suspended_inside_a_transaction_only():
    refused = pytest.raises(transaction.TransactionManagementError, match="inside a transaction")
    with refused, triggers.suspended(connection):
        pass
