"""Migrates the tables while people read: never waits long for a lock, gives way, and tries again.

On PostgreSQL whoever alters a table waits until everybody who reads it has ended, and everybody who
comes after waits behind it: one long report and one migration together stop the register. So a migration
waits for a lock a few seconds only. Its transaction is then taken back, those who waited go on, and it
is tried again after a pause. What was migrated before stays.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.core.management import call_command
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from register.ledger import triggers

LOCK_SECONDS = 3.0
# Pauses between the tries, in seconds: some ten minutes in all, for a backup or a proof of the ledger.
PAUSES = (1, 2, 5, 10, *[15] * 38)
LOCK_NOT_AVAILABLE, DEADLOCK = "55P03", "40P01"
# One program at a time migrates a database: a number that nothing else locks.
_ONE_AT_A_TIME = 7_203_991

Tell = Callable[[str], None]


class StillBusy(Exception):
    """The tables were held by others through all tries; the message says what to do."""


def migrate(using: str, *, tell: Tell, verbosity: int = 0) -> bool:
    """Bring the tables of a database up to this release; whether there was anything to do.

    Raises StillBusy when others held the tables all the time. Run it again then: nothing is half-done.
    """
    connection = connections[using]

    def work() -> bool:
        if not is_behind(connection):
            # Without a migration no trigger is dropped: readers and writers go on undisturbed.
            triggers.after_migration(using)
            return False
        call_command("migrate", interactive=False, verbosity=verbosity, database=using)
        return True

    try:
        return patiently(connection, work, tell=tell)
    except BaseException:
        with suppress(Exception):
            _put_in_order(connection, LOCK_SECONDS)
        raise


def is_behind(connection) -> bool:
    """Whether a migration of this release is not in the database yet."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def patiently(
    connection, work: Callable[[], bool], *, tell: Tell, lock_seconds: float = LOCK_SECONDS,
    pauses: tuple[float, ...] = PAUSES,
) -> bool:  # fmt: skip
    """Do work on the tables that gives up after waiting for a lock, and try it again after each pause.

    What it answers. Other databases than PostgreSQL hold up no reader: there it is done once.
    """
    if connection.vendor != "postgresql":
        return work()
    for pause in (*pauses, None):
        try:
            with _waiting_for(connection, lock_seconds):
                return work()
        except OperationalError as error:
            if _code(error) not in (LOCK_NOT_AVAILABLE, DEADLOCK):
                raise
        if pause is None:
            break
        tell(f"Others use the tables: this goes on in {pause:g} seconds.")
        with suppress(OperationalError):
            _put_in_order(connection, lock_seconds)
        time.sleep(pause)
    raise StillBusy(
        "Others used the tables all the time: wait until a backup or a proof of the ledger has ended, "
        "or stop the worker, and run it again. What was migrated stays, and nothing is half-done."
    )


@contextmanager
def _waiting_for(connection, seconds: float) -> Iterator[None]:
    """Wait for no lock longer than this, and let nobody else migrate at the same time."""
    _run(connection, f"SET lock_timeout = '{int(seconds * 1000)}ms'")
    try:
        _run(connection, f"SELECT pg_advisory_lock({_ONE_AT_A_TIME})")
        try:
            yield
        finally:
            _run(connection, f"SELECT pg_advisory_unlock({_ONE_AT_A_TIME})")
    finally:
        _run(connection, "RESET lock_timeout")


def _put_in_order(connection, lock_seconds: float) -> None:
    """Guard the evidence again after a try that was broken off, unless somebody else migrates now."""
    if connection.vendor != "postgresql":
        triggers.install(connection)
        return
    with _waiting_for(connection, lock_seconds):
        _drop_broken_indexes(connection)
        triggers.install(connection)


def _drop_broken_indexes(connection) -> None:
    """An index that was being built beside everybody's work, and was not finished, is built anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indrelid "
            "WHERE NOT indisvalid AND relnamespace = 'public'::regnamespace"
        )
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        with suppress(OperationalError):
            _run(connection, f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


def _run(connection, sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _code(error: BaseException) -> str:
    return getattr(error.__cause__, "pgcode", "") or ""
