"""Looks through migrations for what would stop, or break, a register that goes on while it is upgraded."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.fields import NOT_PROVIDED

OURS = ("register", "charters", "agreements")
CONCURRENT = ("AddIndexConcurrently", "RemoveIndexConcurrently")
NEW_NAME = (
    "the release that still runs asks by the old name: add the new one, copy, drop a release later"
)
GONE = "the release that still runs reads it: stop using it first, drop it a release later"
NO_VALUE = "the release that still runs writes no value for it: give it db_default, or null=True"
LONG_LOCK = "whoever writes waits while it is built: AddIndexConcurrently, in a migration with atomic = False"
ALL_ROWS = (
    "every row is checked while everybody waits: AddConstraintNotValid, then ValidateConstraint"
)
REWRITE = "the table is written anew while everybody waits: add a column, copy in batches, drop a release later"
AT_ONCE = (
    "all rows change in one transaction: in batches with atomic = False, or by a job of the worker"
)
BY_HAND = "nobody but its author knows what it locks: say here why it is safe"
INSIDE = "no index is built beside everybody's work inside a transaction: atomic = False"
MODELS = "it imports models as they are now: ask apps.get_model for those of its own time"


@dataclass(frozen=True)
class Finding:
    """One operation of a migration that is not safe, and why."""

    migration: str
    operation: str
    why: str

    def __str__(self) -> str:
        return f"{self.migration}: {self.operation}: {self.why}."


def findings(loader: MigrationLoader | None = None) -> list[Finding]:
    """What is unsafe in our migrations, in the order in which they run."""
    loader = loader or MigrationLoader(None)
    state, found = ProjectState(), []
    for node in _in_order(loader):
        migration = loader.graph.nodes[node]
        is_ours = type(migration).__module__.startswith(OURS)
        # The first migrations of a room may be several: nobody has a row in its tables yet.
        made = state.models if migration.initial else {}
        fresh = {model for app, model in made if app == migration.app_label}
        if is_ours and _imports_models(migration):
            found.append(Finding(".".join(node), "import", MODELS))
        for operation in migration.operations:
            if is_ours:
                for why in judged(operation, state, fresh, migration.app_label, migration.atomic):
                    found.append(Finding(".".join(node), _named(operation), why))
            if isinstance(operation, migrations.CreateModel):
                fresh.add(operation.name_lower)
            operation.state_forwards(migration.app_label, state)
    return found


def judged(
    operation: Operation, state: ProjectState, fresh: set[str], app: str, is_atomic: bool
) -> Iterator[str]:
    """Why an operation is unsafe; nothing for one that is safe, or that meets an empty table.

    `fresh` are the models that the same migration made, by their names in lower case.
    """
    model = str(getattr(operation, "model_name", getattr(operation, "name", ""))).lower()
    if type(operation).__name__ in CONCURRENT and is_atomic:
        yield INSIDE
    elif isinstance(operation, migrations.SeparateDatabaseAndState):
        for inner in operation.database_operations:
            yield from judged(inner, state, fresh, app, is_atomic)
    elif isinstance(operation, migrations.RunPython):
        if is_atomic:
            yield AT_ONCE
    elif isinstance(operation, migrations.RunSQL):
        yield BY_HAND
    elif model not in fresh:
        yield from _of_a_table(operation, state, app, model)


def _of_a_table(operation: Operation, state: ProjectState, app: str, model: str) -> Iterator[str]:
    if isinstance(
        operation,
        migrations.RenameField | migrations.RenameModel | migrations.AlterModelTable,
    ):
        yield NEW_NAME
    elif isinstance(operation, migrations.RemoveField | migrations.DeleteModel):
        yield GONE
    elif isinstance(operation, migrations.AddField):
        yield from _added(operation.field)
    elif isinstance(operation, migrations.AlterField):
        yield from _altered(state.models[app, model].fields[operation.name], operation.field)
    elif isinstance(operation, migrations.AddIndex):
        if type(operation).__name__ not in CONCURRENT:
            yield LONG_LOCK
    elif isinstance(operation, migrations.AlterUniqueTogether | migrations.AlterIndexTogether):
        if getattr(operation, operation.option_name):
            yield LONG_LOCK
    elif type(operation) is migrations.AddConstraint:
        is_check = isinstance(operation.constraint, models.CheckConstraint)
        yield ALL_ROWS if is_check else LONG_LOCK


def _added(field: models.Field) -> Iterator[str]:
    if field.many_to_many:
        return
    if isinstance(field, models.GeneratedField):
        yield REWRITE
        return
    if not field.null and field.db_default is NOT_PROVIDED:
        yield NO_VALUE
    if _has_index(field):
        yield LONG_LOCK


def _altered(before: models.Field, after: models.Field) -> Iterator[str]:
    if before.null and not after.null:
        yield ALL_ROWS
    if (after.unique and not before.unique) or (_has_index(after) and not _has_index(before)):
        yield LONG_LOCK
    old, new = before.max_length, after.max_length
    is_shorter = new is not None and (old is None or new < old)
    if type(before) is not type(after) or (isinstance(after, models.CharField) and is_shorter):
        yield REWRITE


def _has_index(field: models.Field) -> bool:
    return field.unique or getattr(field, "db_index", False)


def _in_order(loader: MigrationLoader) -> Iterator[tuple[str, str]]:
    seen: set[tuple[str, str]] = set()
    for leaf in sorted(loader.graph.leaf_nodes()):
        for node in loader.graph.forwards_plan(leaf):
            if node not in seen:
                seen.add(node)
                yield node


def _imports_models(migration) -> bool:
    tree = ast.parse(Path(inspect.getfile(type(migration))).read_text())
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] in OURS
        and "models" in (node.module or "").split(".")
        for node in ast.walk(tree)
    )


def _named(operation: Operation) -> str:
    words = [getattr(operation, name, "") for name in ("model_name", "name", "old_name")]
    return " ".join([type(operation).__name__, *(str(word) for word in words if word)])
