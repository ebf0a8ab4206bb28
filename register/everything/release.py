"""What an archive says of the program that wrote it, and whether this one can take it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from register.core.dates import now
from register.everything.refusals import Refused
from register.ledger.models import Head

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def facts(kind: str, using: str) -> dict[str, Any]:
    """Kind, time, release, database, migrations and newest digest, as they are at this moment."""
    head = Head.objects.using(using).filter(pk=1).first() or Head()
    return told(kind, connections[using].vendor, applied(using), (head.number, head.sha256))


def told(kind: str, engine: str, migrations: list[str], head: tuple[int, str]) -> dict[str, Any]:
    """The same of what was read otherwise."""
    return {
        "kind": kind,
        "made_at": now().isoformat(),
        "revision": settings.REVISION,
        "engine": engine,
        "migrations": migrations,
        "head": {"number": head[0], "sha256": head[1]},
    }


def applied(using: str) -> list[str]:
    """The migrations that the tables have been through, such as documents.0001_initial."""
    recorder = MigrationRecorder(connections[using])
    return sorted(f"{app}.{name}" for app, name in recorder.applied_migrations())


def require_same(manifest: dict[str, Any]) -> None:
    """Go on only where the tables of the archive are those of this release; raises Refused otherwise."""
    theirs, ours = set(manifest["migrations"]), _known()
    replaced = {name for names in ours.values() for name in names}
    made_by = f"It was made by the release {manifest.get('revision', 'unknown')}"
    if newer := sorted(theirs - ours.keys() - replaced):
        raise Refused(
            f"{made_by}, which is newer than this one: {newer[0]} is unknown here. Install that "
            "release, or a later one, first."
        )
    lacking = ours.keys() - theirs
    if older := sorted(name for name in lacking if not ours[name] or ours[name] - theirs):
        raise Refused(
            f"{made_by}, which is older than this one: it lacks {older[0]}. Take it in with that "
            "release, then update."
        )


def require_engine(manifest: dict[str, Any], using: str) -> None:
    """Go on only where the archive comes from the same kind of database; raises Refused otherwise."""
    theirs, ours = str(manifest.get("engine")), connections[using].vendor
    if theirs != ours:
        there, here = ENGINES.get(theirs, theirs), ENGINES.get(ours, ours)
        raise Refused(
            f"This is a backup of {there}, and this installation runs on {here}. Restore it on "
            f"{there}, take an export of everything there, and import that here."
        )


def _known() -> dict[str, set[str]]:
    """The migrations of this release, each with those that it stands for besides."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return {
        f"{app}.{name}": {f"{old_app}.{old}" for old_app, old in migration.replaces}
        for (app, name), migration in loader.disk_migrations.items()
    }
