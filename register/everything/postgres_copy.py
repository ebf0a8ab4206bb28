"""Copies every table of a PostgreSQL out of one moment and in by one transaction, by its own COPY."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import Error, ProgrammingError, connections, models, transaction

from register.everything import emptiness, release, tables
from register.everything.archive import BACKUP, Member, Reader, Writer
from register.everything.holding import FORGOTTEN, hold
from register.everything.refusals import NOT_OWNER, Refused
from register.everything.selection import every_model, in_order
from register.everything.stored_files import named_by_tables
from register.ledger import triggers
from register.ledger.moment import one_moment

Progress = Callable[[str], None]


def copy_out(archive: Writer, using: str, say: Progress) -> tuple[dict[str, Any], set[str]]:
    """Write every table as it stands at one moment; gives the manifest so far and the files named."""
    given = in_order(every_model())
    with one_moment(using):
        manifest = release.facts(BACKUP, using)
        numbers = tables.last_keys(given, using)
        manifest["tables"] = [
            _copied(archive, model, using, numbers, say)
            for model in given
            if model._meta.db_table not in FORGOTTEN
        ]
        return manifest, named_by_tables(using)


def copy_in(archive: Reader, using: str, say: Progress) -> None:
    """Put every table of a backup into empty tables: all, or none."""
    connection = connections[using]
    try:
        with transaction.atomic(using=using):
            with triggers.suspended(connection):
                # Asked again where nobody else can write any more.
                emptiness.require_empty(using)
                _fill(archive, using, say)
                connection.check_constraints()
            hold(using, name=archive.path.name, head=archive.manifest["head"]["sha256"])
    except ProgrammingError as error:
        raise Refused(NOT_OWNER) from error
    except Error as error:
        raise Refused(f"The database did not take it: {error} Nothing was restored.") from error
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copied(archive: Writer, model, using: str, numbers: dict[str, int], say) -> dict[str, Any]:
    say(model._meta.label)
    table, names = model._meta.db_table, _columns(model)
    columns = ", ".join(map(_quoted, names))
    with archive.member(f"tables/{table}.copy") as member, connections[using].cursor() as cursor:
        counting = _Counting(member)
        cursor.cursor.copy_expert(f"COPY {_quoted(table)} ({columns}) TO STDOUT", counting)
    return {
        "model": model._meta.label,
        "member": f"tables/{table}.copy",
        "rows": counting.rows,
        "columns": names,
        "last_key": numbers.get(model._meta.label, 0),
    }


class _Counting:
    """What COPY writes to: each line is a row, for line breaks in values are spelt out."""

    def __init__(self, member: Member):
        self._member = member
        self.rows = 0

    def write(self, piece: bytes) -> int:
        """Write what COPY gives."""
        self.rows += bytes(piece).count(b"\n")
        return self._member.write(piece)


def _fill(archive: Reader, using: str, say: Progress) -> None:
    given = in_order(every_model())
    said = {table["model"]: table for table in archive.manifest["tables"]}
    with connections[using].cursor() as cursor:
        every = ", ".join(_quoted(model._meta.db_table) for model in given)
        cursor.execute(f"TRUNCATE {every}")
        for model in given:
            if table := said.get(model._meta.label):
                say(model._meta.label)
                _fill_one(archive, cursor, model, table)
    numbers = {label: table["last_key"] for label, table in said.items()}
    tables.go_on_after(numbers, given, using)


def _fill_one(archive: Reader, cursor, model: type[models.Model], table: dict[str, Any]) -> None:
    names = _columns(model)
    if table["columns"] != names:
        raise Refused(f"The columns of {model._meta.label} are not those of this release.")
    columns = ", ".join(map(_quoted, names))
    with archive.opened(table["member"]) as lines:
        sql = f"COPY {_quoted(model._meta.db_table)} ({columns}) FROM STDIN"
        cursor.cursor.copy_expert(sql, lines)
    cursor.execute(f"SELECT count(*) FROM {_quoted(model._meta.db_table)}")
    rows = cursor.fetchone()[0]
    if rows != table["rows"]:
        raise Refused(f"{table['member']} gave {rows} rows, not {table['rows']}.")


def _columns(model: type[models.Model]) -> list[str]:
    return sorted(str(field.column) for field in model._meta.concrete_fields)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
