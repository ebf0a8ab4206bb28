"""The tables of the tests' database, made quicker than by every migration from the first one.

On SQLite they are migrated once for each set of migrations and kept in the build folder; every later
run, and every other worker, copies them and migrates what they lack. What the program does after each
migration (triggers, permissions) is done every time. Elsewhere they are migrated, without what Django
does again and again for it.
"""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from copy import deepcopy
from hashlib import sha256
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.migrations.state import ProjectState
from django.db.models import Field

KEPT = 5


@contextmanager
def quickly() -> Iterator[None]:
    """While Django makes the test database: begin with the kept tables, keep those that are new."""
    is_kept = connections["default"].vendor == "sqlite"
    with migrated_quickly(), _from_kept_tables() if is_kept else nullcontext():
        yield


@contextmanager
def migrated_quickly() -> Iterator[None]:
    """While anything is migrated: without what Django does again and again for each migration."""
    copy, reload = Field.clone, ProjectState.reload_model
    Field.clone, ProjectState.reload_model = _clone, _reload_alone
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        Field.clone, ProjectState.reload_model = copy, reload


def copy_to(folder: Path) -> None:
    """Give an installation of its own in a folder the kept tables, where there are any; what they lack
    its own migrating adds.
    """
    kept = _kept_file()
    if kept.exists():
        shutil.copy(kept, folder / "register.sqlite3")


@contextmanager
def _from_kept_tables() -> Iterator[None]:
    creation, kept = connections["default"].creation, _kept_file()
    make, opened = creation._create_test_db, []

    def made(*args, **kwargs):
        name = make(*args, **kwargs)
        if kept.exists():
            # What lies in memory lasts as long as somebody is connected to it.
            opened.append(sqlite3.connect(name, uri=True))
            with closing(sqlite3.connect(kept)) as tables:
                tables.backup(opened[0])
        return name

    creation._create_test_db = made
    yield
    del creation._create_test_db
    if opened:
        opened[0].close()
    else:
        _keep(kept)


def _keep(kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    begun = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(begun)) as tables:
        connections["default"].ensure_connection()
        connections["default"].connection.backup(tables)
    begun.replace(kept)
    by_age = sorted(kept.parent.iterdir(), key=lambda file: file.stat().st_mtime)
    for old in by_age[:-KEPT]:
        old.unlink(missing_ok=True)


def _kept_file() -> Path:
    """Where the tables of exactly these migrations are kept."""
    digest = sha256(django.__version__.encode())
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label}/{file.name}\0".encode() + file.read_bytes())
    return settings.BUILD_DIR / "test-tables" / f"{digest.hexdigest()[:20]}.sqlite3"


def _reload_alone(self: ProjectState, app: str, model: str, delay: bool = False) -> None:
    """A model that changes is rendered anew without all that is related to it, however far away: the
    tables come out the same, and where a migration's own program asks for models all are rendered.
    """
    if "apps" in self.__dict__:
        self.is_delayed = True
        self._reload({(app, model)})


def _clone(self: Field) -> Field:
    """A field for another rendering of its model: copied, where Django takes it apart and makes it anew."""
    made = deepcopy(self)
    if made.auto_created:
        made.creation_counter = Field.auto_creation_counter
        Field.auto_creation_counter -= 1
    else:
        made.creation_counter = Field.creation_counter
        Field.creation_counter += 1
    return made
