"""Makes the tables of an installation from the models as they are, not by every migration from the first.

    python -m tests.register.everything.quick_tables

The same tables in seconds, and then what `manage.py prepare` does besides. Only what migrations do
besides making tables is done by them (the index of words).
"""

from __future__ import annotations

import os
from importlib import import_module

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections

BESIDES = ["register.search.migrations.0002_full_text"]


class NoMigrations(dict):
    """For settings: no app has any migrations."""

    def __contains__(self, app: object) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


def main() -> None:
    """Make the tables by the owner's connection, note every migration as done, and prepare."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")
    settings.MIGRATION_MODULES = NoMigrations()
    django.setup()
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    owner = "owner" if "owner" in settings.DATABASES else DEFAULT_DB_ALIAS
    quiet = {"database": owner, "verbosity": 0, "interactive": False}
    call_command("migrate", run_syncdb=True, **quiet)
    settings.MIGRATION_MODULES = {}
    call_command("migrate", fake=True, **quiet)
    for migration in BESIDES:
        with connections[owner].schema_editor() as editor:
            import_module(migration).forwards(None, editor)
    call_command("prepare", verbosity=0)


if __name__ == "__main__":
    main()
