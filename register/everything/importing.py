"""Brings everything that an export holds into an empty installation: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import Error, ProgrammingError, connections, models, transaction

from register.directory.grants import recompute_all
from register.everything import emptiness, release, stored_files, tables
from register.everything.archive import EXPORT, Reader
from register.everything.holding import hold
from register.everything.refusals import NOT_OWNER, Refused
from register.everything.selection import (
    SEEDED,
    every_model,
    exported_fields,
    exported_models,
    in_order,
)
from register.evidence.verifying import Checked, verify_evidence
from register.ledger import triggers
from register.ledger.redaction import owner_alias
from register.ledger.rows import Tampered
from register.ledger.verify import verify
from register.lists.labels import forget

Progress = Callable[[str], None]
# What an empty installation may hold of itself and keeps: it numbers its own permissions.
_KEPT = {"auth.Permission", "auth.Group", "auth.Group_permissions", "contenttypes.ContentType"}


@dataclass
class Imported:
    """What came in, and how it was checked."""

    rows: int
    files: int
    logins: int
    ledger: str
    checked: Checked = field(default_factory=Checked)

    def __str__(self) -> str:
        return f"{self.rows:,} rows, {self.files:,} files, {self.logins:,} logins. {self.ledger}"


def import_everything(path: Path, *, tell: Progress | None = None) -> Imported:
    """Bring an export of everything into this installation, on either database.

    Every byte is checked before a row is written. Rows come in by one transaction of the tables'
    owner, in which the triggers rest; it ends only when every table says what the export said and the
    ledger agrees. The copy is then held: nothing old is mailed until an administrator releases it.
    Raises Refused with a sentence, and leaves nothing behind.
    """
    say = tell or (lambda line: None)
    using = owner_alias()
    with Reader(path, EXPORT) as archive:
        release.require_same(archive.manifest)
        files = stored_files.check_listed(archive)
        listed = _listed(archive.manifest)
        say("checking the file")
        archive.check()
        _require_room(using, files)
        put = stored_files.put_files(archive, files)
        try:
            imported = _bring_in(archive, listed, using, say)
        except BaseException:
            stored_files.take_back(put)
            raise
    forget()
    imported.files = len(files)
    recompute_all()
    say("evidence")
    imported.checked = verify_evidence(progress=tell)
    return imported


def _require_room(using: str, files: list[dict[str, Any]]) -> None:
    if not emptiness.is_prepared(using):
        raise Refused("There are no tables yet. Run `manage.py prepare` first.")
    emptiness.require_empty(using)
    if hindered := stored_files.why_files_hinder(files):
        raise Refused(hindered)


def _listed(manifest: dict[str, Any]) -> list[tuple[type[models.Model], dict[str, Any]]]:
    """Each table of the manifest with its model; they are exactly those of this release."""
    said = {table["model"]: table for table in manifest["tables"]}
    ours = exported_models()
    labels = {model._meta.label for model in ours}
    if said.keys() != labels:
        differing = sorted(said.keys() ^ labels)[0]
        raise Refused(f"The tables of the file are not those of this release: {differing}.")
    for model in ours:
        if said[model._meta.label]["columns"] != [f.attname for f in exported_fields(model)]:
            raise Refused(f"The columns of {model._meta.label} are not those of this release.")
    return [(model, said[model._meta.label]) for model in ours]


def _bring_in(archive: Reader, listed, using: str, say: Progress) -> Imported:
    connection = connections[using]
    try:
        with transaction.atomic(using=using):
            with triggers.suspended(connection):
                # Asked again where nobody else can write any more.
                emptiness.require_empty(using)
                rows = _put_all(archive, listed, using, say)
                connection.check_constraints()
            _compare(listed, using, say)
            report = _verified(archive, using, say)
            head = archive.manifest["head"]["sha256"]
            hold(using, name=archive.path.name, head=head, is_import=True)
    except ProgrammingError as error:
        raise Refused(NOT_OWNER) from error
    except Error as error:
        raise Refused(f"The database did not take it: {error} Nothing was brought in.") from error
    logins = next(table["rows"] for _, table in listed if table["model"] == "accounts.User")
    return Imported(rows, 0, logins, str(report))


def _put_all(archive: Reader, listed, using: str, say: Progress) -> int:
    emptied = [m for m in every_model() if m._meta.label in SEEDED and m._meta.label not in _KEPT]
    tables.clear(in_order(emptied), using)
    count = 0
    for model, table in listed:
        say(model._meta.label)
        rows = tables.put(model, _lines(archive, table["member"]), using)
        if rows != table["rows"]:
            raise Refused(f"{table['member']} holds {rows} rows, not {table['rows']}.")
        count += rows
    numbers = {table["model"]: table["last_key"] for _, table in listed}
    tables.go_on_after(numbers, [model for model, _ in listed], using)
    return count


def _lines(archive: Reader, member: str) -> Iterator[bytes]:
    with archive.opened(member) as opened:
        yield from opened


def _compare(listed, using: str, say: Progress) -> None:
    """Every table says, read again from the database, what the export said."""
    for model, table in listed:
        say(f"comparing {model._meta.label}")
        if tables.digest_of(model, using) != table["sha256"]:
            raise Refused(
                f"The table {model._meta.label} does not say here what it said there. "
                "Nothing was brought in."
            )


def _verified(archive: Reader, using: str, say: Progress):
    try:
        report = verify(using=using, progress=say)
    except Tampered as found:
        raise Refused(f"The ledger does not agree: {found} Nothing was brought in.") from found
    if report.head != archive.manifest["head"]["sha256"]:
        raise Refused("The chain does not end where the manifest says. Nothing was brought in.")
    return report
