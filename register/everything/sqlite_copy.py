"""Copies a SQLite database as it stands at one moment, and a copy into an empty database, by its backup API."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connections

from register.everything import emptiness, release
from register.everything.archive import BACKUP, PIECE, Reader, Writer
from register.everything.holding import FORGOTTEN, mark
from register.everything.refusals import Refused
from register.everything.stored_files import named_by_tables

Progress = Callable[[str], None]
MEMBER = "register.sqlite3"


def copy_out(archive: Writer, using: str, say: Progress) -> tuple[dict[str, Any], set[str]]:
    """Write the database as it stands at one moment; gives the manifest so far and the files named."""
    with TemporaryDirectory(prefix=".backup-", dir=archive.path.parent) as folder:
        copy = Path(folder) / MEMBER
        say("the database")
        with closing(sqlite3.connect(copy)) as target:
            connections[using].ensure_connection()
            connections[using].connection.backup(target)
            for table in FORGOTTEN & set(_tables(target)):
                target.execute(f"DELETE FROM {_quoted(table)}")
            target.commit()
            # One file by itself, whatever lies beside the one that it is a copy of.
            target.execute("PRAGMA journal_mode=DELETE")
            manifest = _read(target)
        # What is stored after this moment may be among the files too, and does no harm.
        named = named_by_tables(using)
        with archive.member(MEMBER) as member, copy.open("rb") as file:
            while piece := file.read(PIECE):
                member.write(piece)
    return manifest, named


def copy_in(archive: Reader, using: str, say: Progress) -> None:
    """Put the database of a backup into an empty one: all of it, or nothing."""
    place = Path(connections[using].settings_dict["NAME"])
    place.parent.mkdir(parents=True, exist_ok=True)
    with _taken_out(archive, place.parent) as copy, closing(sqlite3.connect(copy)) as source:
        say("checking the database")
        _check(source, archive)
        mark(source, name=archive.path.name, head=archive.manifest["head"]["sha256"])
        source.commit()
        say("the database")
        connections[using].ensure_connection()
        emptiness.require_empty(using)
        try:
            # All pages by one transaction of the database there.
            source.backup(connections[using].connection)
        except sqlite3.Error as error:
            raise Refused(
                f"The database did not take it ({error}): stop the web server and the worker. "
                "Nothing was restored."
            ) from error
    connections[using].close()


@contextmanager
def _taken_out(archive: Reader, folder: Path) -> Iterator[Path]:
    with TemporaryDirectory(prefix=".restore-", dir=folder) as temporary:
        copy = Path(temporary) / MEMBER
        with copy.open("wb") as file:
            for piece in archive.pieces(MEMBER):
                file.write(piece)
        yield copy


def _check(source: sqlite3.Connection, archive: Reader) -> None:
    said = {table["member"]: table["rows"] for table in archive.manifest["tables"]}
    try:
        (found,) = source.execute("PRAGMA quick_check").fetchone()
        here = {table["member"]: table["rows"] for table in _counts(source)}
    except sqlite3.DatabaseError as error:
        raise Refused("The database in the backup is damaged. Take another copy of it.") from error
    if found != "ok":
        raise Refused(f"The database in the backup is damaged: {found}.")
    if here != said or _head(source)[1] != archive.manifest["head"]["sha256"]:
        raise Refused("The database in the backup does not hold what its manifest says.")


def _read(copy: sqlite3.Connection) -> dict[str, Any]:
    applied = copy.execute("SELECT app, name FROM django_migrations").fetchall()
    migrations = sorted(f"{app}.{name}" for app, name in applied)
    manifest = release.told(BACKUP, "sqlite", migrations, _head(copy))
    return {**manifest, "tables": _counts(copy)}


def _counts(copy: sqlite3.Connection) -> list[dict[str, Any]]:
    return [
        {
            "member": table,
            "rows": copy.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()[0],
        }
        for table in sorted(_tables(copy))
    ]


def _head(copy: sqlite3.Connection) -> tuple[int, str]:
    row = copy.execute("SELECT number, sha256 FROM ledger_head WHERE id = 1").fetchone()
    return (row[0], row[1]) if row else (0, "")


def _tables(copy: sqlite3.Connection) -> list[str]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return [name for (name,) in copy.execute(sql)]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
