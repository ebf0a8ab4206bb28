"""What would stop or break a register that is upgraded while it runs is named; what is safe is not."""

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.core.management import CommandError, call_command
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState

from register.ledger import landed_migrations, unsafe_migrations
from register.ledger.unsafe_migrations import judged

INDEX = models.Index(fields=["name"], name="thing_name")
SAFE = {
    "a column that may be empty": migrations.AddField("Thing", "a", models.DateField(null=True)),
    "a column with a value of the database's": migrations.AddField(
        "Thing", "a", models.IntegerField(db_default=0)
    ),
    "a new table": migrations.CreateModel("Other", [("id", models.AutoField(primary_key=True))]),
    "a longer text": migrations.AlterField("Thing", "name", models.CharField(max_length=90)),
    "other words": migrations.AlterModelOptions("Thing", {"verbose_name": "thing"}),
    "an index that is no more": migrations.RemoveIndex("Thing", "thing_name"),
}
UNSAFE = {
    "a column that the old release does not fill": (
        migrations.AddField("Thing", "a", models.IntegerField(default=0)), "db_default"),
    "a column that the database reckons": (
        migrations.AddField("Thing", "a", models.GeneratedField(
            expression=models.F("name"), output_field=models.TextField(), db_persist=True)),
        "written anew"),
    "a column renamed": (migrations.RenameField("Thing", "name", "title"), "old name"),
    "a table renamed": (migrations.RenameModel("Thing", "Matter"), "old name"),
    "a column dropped": (migrations.RemoveField("Thing", "name"), "still runs reads it"),
    "a table dropped": (migrations.DeleteModel("Thing"), "still runs reads it"),
    "an index under a lock": (migrations.AddIndex("Thing", INDEX), "AddIndexConcurrently"),
    "a shorter text": (
        migrations.AlterField("Thing", "name", models.CharField(max_length=9)), "written anew"),
    "another type": (migrations.AlterField("Thing", "name", models.IntegerField()), "written anew"),
    "may be empty no more": (
        migrations.AlterField("Thing", "note", models.CharField(max_length=50)), "every row"),
    "a condition on all rows": (
        migrations.AddConstraint("Thing", models.CheckConstraint(
            condition=~models.Q(name=""), name="thing_named")), "ValidateConstraint"),
    "once only": (
        migrations.AddConstraint("Thing", models.UniqueConstraint(
            fields=["name"], name="thing_once")), "AddIndexConcurrently"),
    "all rows at once": (migrations.RunPython(lambda apps, editor: None), "in batches"),
    "by hand": (migrations.RunSQL("SELECT 1"), "nobody but its author"),
    "by hand, inside": (
        migrations.SeparateDatabaseAndState([migrations.RunSQL("SELECT 1")]), "its author"),
}  # fmt: skip


def state() -> ProjectState:
    found = ProjectState()
    fields = [
        ("id", models.AutoField(primary_key=True)),
        ("name", models.CharField(max_length=50)),
        ("note", models.CharField(max_length=50, null=True)),
    ]
    found.add_model(ModelState("documents", "Thing", fields, {"indexes": [INDEX]}))
    return found


def why(operation, *, fresh=frozenset(), is_atomic=True) -> str:
    return " ".join(judged(operation, state(), set(fresh), "documents", is_atomic))


@pytest.mark.parametrize("name", SAFE)
def test_safe(name):
    assert why(SAFE[name]) == ""


@pytest.mark.parametrize("name", UNSAFE)
def test_unsafe(name):
    operation, word = UNSAFE[name]
    assert word in why(operation)


def test_a_table_that_the_same_migration_made_is_empty():
    assert why(migrations.AddIndex("Thing", INDEX), fresh={"thing"}) == ""


def test_an_index_beside_everybodys_work_needs_no_transaction():
    assert "atomic = False" in why(AddIndexConcurrently("Thing", INDEX))
    assert why(AddIndexConcurrently("Thing", INDEX), is_atomic=False) == ""
    assert why(migrations.RunPython(lambda a, b: None), is_atomic=False) == ""


def test_ours_are_safe_or_allowed_for_a_reason():
    call_command("lint_migrations")
    assert all(len(reason) > 40 for reason in landed_migrations.ALLOWED.values())


def test_what_is_not_allowed_and_what_is_allowed_for_nothing_is_named(monkeypatch):
    found = [unsafe_migrations.Finding("documents.0099_x", "RemoveField thing name", "it is read")]
    command = "register.ledger.management.commands.lint_migrations"
    monkeypatch.setattr(f"{command}.findings", lambda: found)
    monkeypatch.setattr(f"{command}.ALLOWED", {"documents.0001_initial": "none"})

    with pytest.raises(CommandError) as raised:
        call_command("lint_migrations")

    assert "documents.0099_x: RemoveField thing name: it is read." in str(raised.value)
    assert "documents.0001_initial: nothing in it is unsafe" in str(raised.value)
