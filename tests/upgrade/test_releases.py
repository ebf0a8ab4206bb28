"""A register that began with the first release is upgraded through every one, and its ledger agrees."""

from contextlib import contextmanager
from copy import deepcopy

import dj_database_url
import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from register.ledger import triggers
from register.ledger import verify as verifying
from tests.tables import migrated_quickly
from tests.upgrade.filling import Filling
from tests.upgrade.released import RELEASES
from tools import with_postgres

ALIAS = "upgraded"
# What a later release alters holds a row by then, or its constraints want more than one row has.
WITHOUT_ROWS = {"documents.historicalversionbody"}
pytestmark = pytest.mark.own_servers


@pytest.fixture(params=["sqlite", "postgresql"])
def using(request, tmp_path, django_db_blocker):
    """An empty database of its own, under a name of its own."""
    with _address(request.param, tmp_path) as url, django_db_blocker.unblock():
        made = deepcopy(connections["default"].settings_dict)
        made.update({"OPTIONS": {}, **dj_database_url.parse(url)})
        made["ATOMIC_REQUESTS"] = False
        connections.settings[ALIAS] = made
        yield ALIAS
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.settings[ALIAS]


@contextmanager
def _address(engine, folder):
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'old.sqlite3'}"
        return
    with with_postgres.server() as addresses:
        yield addresses["MIGRATE_DATABASE_URL"]


def test_what_every_release_wrote_is_there_and_agrees(using, monkeypatch):
    # Rows made one by one are no whole agreements: what rooms above ask of those is not asked.
    monkeypatch.setattr(verifying, "further", [])
    written, state = {}, None
    for release, leaves in RELEASES.items():
        state = migrate(using, list(leaves.items()), state)
        filling = Filling(state.apps, using)
        filling.fill({*leaves, *(app for app, _ in written)})
        written |= {
            (model._meta.app_label, model._meta.model_name): model._meta.db_table
            for model in (type(row) for row in filling.made.values())
        }
        assert len(written) > 10, (release, filling.refused)

    head = verify_head_of(using)
    migrate(using, None, state)
    triggers.install(connections[using])

    assert triggers.missing(connections[using]) == []
    report = verifying.verify(using=using)
    assert report.head == head
    assert report.rows >= 40
    tables = set(connections[using].introspection.table_names())
    assert set(written.values()) <= tables
    assert not altered_without_rows(using)


def test_every_migration_belongs_to_a_release_or_is_newer_than_all():
    graph = MigrationLoader(None).graph
    for leaves in RELEASES.values():
        for node in leaves.items():
            assert node in graph.nodes, node


def migrate(using, targets, state):
    """Migrate to these nodes, or to the newest of all; models as they are then, which go into the next."""
    executor = MigrationExecutor(connections[using])
    with migrated_quickly():
        made = executor.migrate(targets or executor.loader.graph.leaf_nodes(), state=state)
        made.clear_delayed_apps_cache()
        return made


def verify_head_of(using) -> str:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT sha256 FROM ledger_head")
        return cursor.fetchone()[0]


def altered_without_rows(using) -> set[str]:
    """The tables that a release after the first alters, and that held no row when it did."""
    loader = MigrationLoader(None)
    first = {(app, name) for leaves in RELEASES.values() for app, name in leaves.items()}
    known = {node for leaf in first for node in loader.graph.forwards_plan(leaf)}
    empty = set()
    for node, migration in loader.graph.nodes.items():
        if node in known or node[0] not in {app for app, _ in first}:
            continue
        made = {op.name_lower for op in migration.operations if hasattr(op, "bases")}
        for operation in migration.operations:
            model = getattr(operation, "model_name", "").lower()
            if model and model not in made and not _has_row(using, node[0], model):
                empty.add(f"{node[0]}.{model}")
    return empty - WITHOUT_ROWS


def _has_row(using, app: str, model: str) -> bool:
    table = f"{app}_{model}"
    if table not in connections[using].introspection.table_names():
        return True
    with connections[using].cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return bool(cursor.fetchone()[0])
