"""Writes everything the office has into one ZIP: for people, for machines, and the files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models

from register.core.sheets_out import csv_lines
from register.everything import stored_files, tables
from register.everything.archive import EXPORT, Writer
from register.everything.refusals import Refused
from register.everything.release import facts
from register.everything.selection import exported_fields, exported_models, left_out_list
from register.everything.sheets import SHEETS
from register.ledger.moment import one_moment

Progress = Callable[[str], None]
READ_ME = """Everything that the register holds.

sheets/        for people: spreadsheets (CSV) of entries, versions, parties, signatures and so on
tables/        for programs: every table, one row a line (JSON), in the order in which they are needed
files/         every stored file under its SHA-256; manifest.json says where each belongs
manifest.json  counts, the newest digest of the ledger, the SHA-256 of every part, what was left out

The same register comes into an empty installation by: manage.py import_everything --from FILE
"""


@dataclass(frozen=True)
class Made:
    """What was written: how many rows and files, the newest digest of the ledger, the manifest's own."""

    rows: int
    files: int
    head: str
    sha256: str

    def __str__(self) -> str:
        return (
            f"{self.rows:,} rows and {self.files:,} files. Head: {self.head or 'none yet'}. "
            f"SHA-256 of the manifest: {self.sha256}"
        )


def export_everything(path: Path, *, tell: Progress | None = None) -> Made:
    """Write everything into a ZIP at `path`, as it stands at this moment, while others go on writing.

    Nothing is left behind where it fails. Secrets are left out and listed as left out. Raises Refused
    with a sentence.
    """
    say = tell or (lambda line: None)
    using = DEFAULT_DB_ALIAS
    with Writer(path) as archive:
        archive.text("README.txt", [READ_ME])
        with one_moment(using):
            manifest = facts(EXPORT, using)
            manifest["left_out"] = left_out_list()
            manifest["tables"] = _tables(archive, using, say)
            _sheets(archive, say)
            named = stored_files.named_by_tables(using)
        say("files")
        manifest["files"] = files_of(archive, named, say)
        sha256 = archive.finish(manifest)
    rows = sum(table["rows"] for table in manifest["tables"])
    return Made(rows, len(manifest["files"]), manifest["head"]["sha256"], sha256)


def files_of(archive: Writer, named: set[str], say: Progress) -> list[dict[str, Any]]:
    """Add all files; raises Refused where one was taken away since the tables were read."""
    files = stored_files.add_files(archive, say)
    if gone := named - {file["sha256"] for file in files}:
        raise Refused(
            f"{len(gone)} stored files were taken away, or do not match their names, while this was "
            "written. Check them with manage.py verify_evidence, then start again."
        )
    return files


def _tables(archive: Writer, using: str, say: Progress) -> list[dict[str, Any]]:
    given = exported_models()
    numbers = tables.last_keys(given, using)
    found = []
    for place, model in enumerate(given, start=1):
        say(model._meta.label)
        found.append(_table(archive, model, place, using, numbers))
    return found


def _table(
    archive: Writer, model: type[models.Model], place: int, using: str, numbers: dict[str, int]
) -> dict[str, Any]:
    name = f"tables/{place:03}-{model._meta.label}.jsonl"
    rows = 0
    with archive.member(name) as member:
        for line in tables.lines(model, using):
            member.write(line)
            rows += 1
    return {
        "model": model._meta.label,
        "member": name,
        "rows": rows,
        "sha256": member.sha256,
        "columns": [field.attname for field in exported_fields(model)],
        "last_key": numbers.get(model._meta.label, 0),
    }


def _sheets(archive: Writer, say: Progress) -> None:
    for sheet in SHEETS:
        say(f"sheet of {sheet.name}")
        archive.text(f"sheets/{sheet.name}.csv", csv_lines(sheet.headings, sheet.rows()))
