"""Backs up the whole installation, database and files, while it is in use; and restores it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, Error, connections

from register.everything import emptiness, postgres_copy, release, sqlite_copy, stored_files
from register.everything.archive import BACKUP, Reader, Writer
from register.everything.exporting import Made, files_of
from register.everything.refusals import Refused
from register.ledger import triggers
from register.ledger.redaction import owner_alias
from register.ledger.verify import Report, verify
from register.lists.labels import forget

Progress = Callable[[str], None]
ENGINES: dict[str, ModuleType] = {"sqlite": sqlite_copy, "postgresql": postgres_copy}


@dataclass(frozen=True)
class Restored:
    """What was restored, and what the ledger says of it."""

    rows: int
    files: int
    report: Report

    def __str__(self) -> str:
        return f"{self.rows:,} rows and {self.files:,} files. {self.report}"


def backup(path: Path, *, tell: Progress | None = None) -> Made:
    """Write database and files into one archive at `path`, consistent while others go on writing.

    The database is read as it stands at one moment, the files after it: they are only ever added.
    Raises Refused with a sentence, and leaves nothing behind.
    """
    say = tell or (lambda line: None)
    using = DEFAULT_DB_ALIAS
    _require_outside(path)
    if not emptiness.is_prepared(using):
        raise Refused("There is no register here to back up.")
    with Writer(path) as archive:
        manifest, named = _copied_out(archive, using, say)
        say("files")
        manifest["files"] = files_of(archive, named, say)
        sha256 = archive.finish(manifest)
    rows = sum(table["rows"] for table in manifest["tables"])
    return Made(rows, len(manifest["files"]), manifest["head"]["sha256"], sha256)


def restore(path: Path, *, tell: Progress | None = None) -> Restored:
    """Put a backup into an empty installation: all of it, or nothing.

    Every byte is checked before anything is written; the copy is then held until an administrator
    releases it. Raises Refused with a sentence where nothing was restored, and Tampered where it was,
    and its ledger does not agree with it.
    """
    say = tell or (lambda line: None)
    using = owner_alias()
    engine = ENGINES[connections[using].vendor]
    with Reader(path, BACKUP) as archive:
        release.require_engine(archive.manifest, using)
        release.require_same(archive.manifest)
        files = stored_files.check_listed(archive)
        say("checking the backup")
        archive.check()
        _require_room(using, files)
        put = stored_files.put_files(archive, files)
        try:
            engine.copy_in(archive, using, say)
        except (OSError, sqlite3.Error) as error:
            stored_files.take_back(put)
            reason = getattr(error, "strerror", None) or str(error)
            raise Refused(f"It cannot be written: {reason}. Nothing was restored.") from error
        except BaseException:
            stored_files.take_back(put)
            raise
        rows = sum(table["rows"] for table in archive.manifest["tables"])
    forget()
    triggers.install(connections[using])
    return Restored(rows, len(files), verify(using=using, progress=say))


def _copied_out(archive: Writer, using: str, say: Progress) -> tuple[dict[str, Any], set[str]]:
    try:
        return ENGINES[connections[using].vendor].copy_out(archive, using, say)
    except (Error, sqlite3.Error) as error:
        # Such as a full disk under the copy, or a database that went away.
        reason = str(error).strip()
        raise Refused(f"The database was not copied: {reason}. Nothing was left behind.") from error


def _require_room(using: str, files: list[dict]) -> None:
    emptiness.require_empty(using)
    if hindered := stored_files.why_files_hinder(files):
        raise Refused(hindered)
    if connections[using].vendor == "postgresql" and not emptiness.is_prepared(using):
        call_command("prepare", verbosity=0)


def _require_outside(path: Path) -> None:
    with suppress(ValueError):
        path.resolve().relative_to(Path(settings.MEDIA_ROOT).resolve())
        raise Refused(f"{path} lies among the register's own files. Choose another folder.")
