"""On PostgreSQL tests work as the application's role, which owns nothing, as production does."""

from contextlib import contextmanager

from django.conf import settings
from django.db import connections
from django.db.backends.signals import connection_created

from register.ledger.triggers import grant_app_role


def own_the_test_database() -> None:
    """Let the default connection sign in as the owner, who makes the test database.

    One connection is enough: it takes the application's role and lays it down again, so that a
    test may tamper, as the owner could, in its own transaction.
    """
    if owner := settings.DATABASES.pop("owner", None):
        for name in ("USER", "PASSWORD", "HOST", "PORT"):
            connections["default"].settings_dict[name] = owner[name]


def work_as_the_application() -> None:
    """From now on every connection takes the application's role, where there is one."""
    if _role():
        grant_app_role(connections["default"], _role())
        connection_created.connect(_take_the_role)
        _take_the_role(connections["default"])


def work_as_the_owner() -> None:
    """Connections keep the owner's role again, who may remove the test database."""
    if _role():
        connection_created.disconnect(_take_the_role)
        _run(connections["default"], "RESET ROLE")


@contextmanager
def as_owner(connection):
    """Lay the application's role down for a while; an error's roll-back takes it up again."""
    if not _role() or _run(connection, "SELECT current_user") != _role():
        yield
        return
    _run(connection, "RESET ROLE")
    yield
    _take_the_role(connection)


def _take_the_role(connection, **kwargs) -> None:
    _run(connection, f'SET ROLE "{_role()}"')


def _role() -> str:
    return settings.APP_DATABASE_ROLE if connections["default"].vendor == "postgresql" else ""


def _run(connection, sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0] if cursor.description else ""
