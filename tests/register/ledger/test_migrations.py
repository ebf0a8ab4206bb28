"""Tables full of frozen versions and history can still be altered by a migration."""

import pytest
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, connection, migrations, models
from django.db.migrations.state import ProjectState

from register.documents.models import Clause, Version
from register.ledger import triggers
from register.ledger.verify import verify
from tests.register.ledger.sample import clause, edit, freeze, refused_by_database

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("owner")]


def altering(model: str, field: str) -> list:
    """The operations that make SQLite build a table anew: alter, constrain, add, null to not."""
    check = models.CheckConstraint(
        condition=~models.Q(**{field: "never"}), name=f"{model.lower()}_never"
    )
    return [
        migrations.AlterField(model, field, models.CharField(max_length=400, null=True)),
        migrations.AlterField(model, field, models.CharField(max_length=400, default="")),
        migrations.AddConstraint(model, check),
        migrations.AddField(model, "later", models.IntegerField(default=5)),
    ]


def migrate(operations: list) -> list:
    """Run the operations as the migrate command does; gives what takes them back."""
    emit_pre_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    assert triggers.missing(connection)
    state, undo = ProjectState.from_apps(apps), []
    for operation in operations:
        after = state.clone()
        operation.state_forwards("documents", after)
        with connection.schema_editor() as editor:
            operation.database_forwards("documents", editor, state, after)
        undo.insert(0, (operation, after, state))
        state = after
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    return undo


def take_back(undo: list) -> None:
    triggers.drop(connection)
    for operation, after, before in undo:
        with connection.schema_editor() as editor:
            operation.database_backwards("documents", editor, after, before)
    triggers.install(connection)


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("Version", "title"),
        ("Clause", "heading"),
        ("HistoricalVersion", "title"),
        ("HistoricalClause", "heading"),
    ],
)
def test_a_populated_table_is_altered_and_guarded_again(model, field):
    row = clause()
    edit(row, heading="Aim")
    freeze(row.version)
    before = verify()
    undo = migrate(altering(model, field))
    try:
        assert triggers.missing(connection) == []
        assert verify().head == before.head
        with refused_by_database(IntegrityError):
            edit(Clause.objects.get(), heading="Other")
        with refused_by_database(IntegrityError):
            edit(Version.objects.get(), title="Other")
        with refused_by_database(IntegrityError):
            Clause.history.all().delete()
    finally:
        take_back(undo)
    assert verify().head == before.head
