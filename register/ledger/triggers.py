"""Database triggers: rows that are only ever added, and versions that stay as they were issued."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction

from register.ledger.tracked import history_of, tracked_models

PREFIX = "guard_"


class Guard(NamedTuple):
    """One trigger: its name, its table, and the statements that make it."""

    name: str
    table: str
    statements: tuple[str, ...]


def install(connection) -> None:
    """Make every trigger that is missing. Tables that do not exist yet are left for later."""
    tables = set(connection.introspection.table_names())
    standing = {name for name, _ in _standing(connection)}
    with connection.cursor() as cursor:
        for guard in _guards(connection):
            if guard.table in tables and guard.name not in standing:
                for statement in guard.statements:
                    cursor.execute(statement)


def drop(connection, only: Iterable[type[models.Model]] | None = None) -> None:
    """Drop every trigger of ours, or those of the given models."""
    tables = None if only is None else {model._meta.db_table for model in only}
    _settle(connection)
    with connection.cursor() as cursor:
        for name, table in _standing(connection):
            if tables is None or table in tables:
                on = f" ON {_q(table)}" if _is_postgres(connection) else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {_q(name)}{on}")


def missing(connection) -> list[str]:
    """The names of the triggers that should stand and do not."""
    standing = {name for name, _ in _standing(connection)}
    return [guard.name for guard in _guards(connection) if guard.name not in standing]


@contextmanager
def suspended(connection, only: Iterable[type[models.Model]] | None = None) -> Iterator[None]:
    """Work without the triggers, inside a transaction: for redaction and for tests of tampering.

    An error leaves them to the roll-back of the transaction, which brings them back.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "Triggers are suspended inside a transaction only."
        )
    only = None if only is None else list(only)
    drop(connection, only)
    yield
    _settle(connection)
    install(connection)


def append_only_models() -> list[type[models.Model]]:
    """The models whose rows are only ever added: all history, and those that say so."""
    said = [model for model in apps.get_models() if getattr(model, "append_only", False)]
    return said + [history_of(model) for model in tracked_models()]


def grant_app_role(connection, role: str) -> None:
    """Give the application's PostgreSQL role what it needs: add-only on the append-only tables."""
    if not _is_postgres(connection):
        return
    who = _q(role)
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {who}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {who}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {who}")
        if "django_migrations" in present:
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {who}")
        for model in append_only_models():
            kept = "UPDATE, TRUNCATE" if _is_erasable(model) else "UPDATE, DELETE, TRUNCATE"
            if (table := model._meta.db_table) in present:
                cursor.execute(f"REVOKE {kept} ON {_q(table)} FROM {who}")


def before_migration(using: str, **kwargs) -> None:
    """Drop the triggers: a migration may remake a table that others read."""
    drop(connections[using])


def after_migration(using: str, **kwargs) -> None:
    """Make the triggers again, and limit the application's role where there is one."""
    install(connections[using])
    if role := getattr(settings, "APP_DATABASE_ROLE", ""):
        grant_app_role(connections[using], role)


def _guards(connection) -> list[Guard]:
    make = _postgres if _is_postgres(connection) else _sqlite
    guards = []
    for model in append_only_models():
        when = {"UPDATE": "", "DELETE": _young(model, connection)}
        guards += make(model, "append", "{table} is append-only", when)
    for model in apps.get_models():
        if hasattr(model, "frozen_by") and not model._meta.abstract:
            guards += make(model, "content", "{table}: the version is frozen", _content(model))
        if hasattr(model, "frozen_columns"):
            guards += make(model, "version", "{table}: the version is frozen", _version(model))
    return guards


def _is_erasable(model) -> bool:
    return hasattr(model, "erasable_after_days")


def _young(model, connection) -> str:
    """When a row may not be deleted: always, or while it is young beside the newest row."""
    # Beside the newest row, not beside the clock: the register may be run at a pretended time.
    days = getattr(model, "erasable_after_days", None)
    if days is None:
        return ""
    newest = f"(SELECT MAX({_q('at')}) FROM {_q(model._meta.db_table)})"
    if _is_postgres(connection):
        return f"OLD.{_q('at')} > {newest} - interval '{days} days'"
    return f"OLD.{_q('at')} > datetime({newest}, '-{days} days')"


def _content(model) -> dict[str, str]:
    field = model._meta.get_field(model.frozen_by)
    target = field.remote_field.model._meta
    frozen = (
        f"EXISTS (SELECT 1 FROM {_q(target.db_table)} v WHERE v.{_q(target.pk.column)} = "
        f"{{row}}.{_q(field.column)} AND v.{_q('frozen_at')} IS NOT NULL)"
    )
    old, new = frozen.format(row="OLD"), frozen.format(row="NEW")
    return {"INSERT": new, "UPDATE": f"{old} OR {new}", "DELETE": old}


def _version(model) -> dict[str, str]:
    names = dict.fromkeys(["frozen_at", *model.frozen_columns])
    columns = [_q(model._meta.get_field(name).column) for name in names]
    changed = " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in columns)
    frozen = f"OLD.{_q('frozen_at')} IS NOT NULL"
    return {"UPDATE": f"{frozen} AND ({changed})", "DELETE": frozen}


def _sqlite(model, kind: str, says: str, refuse_when: dict[str, str]) -> list[Guard]:
    table = model._meta.db_table
    guards = []
    for event, condition in refuse_when.items():
        name = _name(kind, event.lower(), table)
        when = f"WHEN {condition.format(differs='IS NOT')} " if condition else ""
        sql = (
            f"CREATE TRIGGER {_q(name)} BEFORE {event} ON {_q(table)} FOR EACH ROW {when}"
            f"BEGIN SELECT RAISE(ABORT, '{says.format(table=table)}'); END"
        )
        guards.append(Guard(name, table, (sql,)))
    return guards


def _postgres(model, kind: str, says: str, refuse_when: dict[str, str]) -> list[Guard]:
    table = model._meta.db_table
    function, rows, all_rows = (_name(kind, what, table) for what in ("says", "rows", "all"))
    made = _postgres_function(function, says.format(table=table), refuse_when)
    calls = f"EXECUTE FUNCTION {_q(function)}()"
    on = f"ON {_q(table)}"
    events = " OR ".join(refuse_when)
    each = f"CREATE TRIGGER {_q(rows)} BEFORE {events} {on} FOR EACH ROW {calls}"
    whole = f"CREATE TRIGGER {_q(all_rows)} BEFORE TRUNCATE {on} FOR EACH STATEMENT {calls}"
    return [Guard(rows, table, (made, each)), Guard(all_rows, table, (made, whole))]


def _postgres_function(name: str, says: str, refuse_when: dict[str, str]) -> str:
    refuse = f"RAISE EXCEPTION '{says}' USING ERRCODE = 'restrict_violation';"
    checks = "".join(
        f"IF TG_OP = '{event}' THEN IF {condition.format(differs='IS DISTINCT FROM') or 'true'} "
        f"THEN {refuse} END IF; END IF; "
        for event, condition in refuse_when.items()
    )
    body = (
        f"BEGIN IF TG_OP = 'TRUNCATE' THEN {refuse} END IF; {checks}"
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END"
    )
    return (
        f"CREATE OR REPLACE FUNCTION {_q(name)}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $guard$ {body} $guard$"
    )


def _standing(connection) -> list[tuple[str, str]]:
    sql = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    if _is_postgres(connection):
        sql = (
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgname LIKE %s "
            "AND pg_table_is_visible(tgrelid)"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, [PREFIX + "%"])
        return cursor.fetchall()


def _settle(connection) -> None:
    """Check deferred constraints now: PostgreSQL alters no table with checks still to come."""
    if connection.in_atomic_block and _is_postgres(connection):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _name(kind: str, what: str, table: str) -> str:
    name = f"{PREFIX}{kind}_{what}_{table}"
    if len(name) <= 63:
        return name
    return name[:54] + "_" + hashlib.sha256(name.encode()).hexdigest()[:8]


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _is_postgres(connection) -> bool:
    return connection.vendor == "postgresql"
