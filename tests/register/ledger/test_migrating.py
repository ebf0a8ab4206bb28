"""Tables are altered while people read them: nobody waits long, and what gives way is tried again."""

import threading
import time
from contextlib import closing

import psycopg2
import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection

from register.documents.models import Note
from register.ledger import migrating, triggers

LOCK_SECONDS = 0.3
ON_POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets readers read while tables are altered"
)


@pytest.mark.django_db
def test_a_register_that_is_up_to_date_is_left_alone(owner, monkeypatch):
    dropped = []
    monkeypatch.setattr(triggers, "drop", lambda *args: dropped.append(args))

    assert migrating.migrate(connection.alias, tell=print) is False

    assert not dropped
    assert triggers.missing(connection) == []


@pytest.mark.django_db
def test_what_a_killed_migration_left_unguarded_is_guarded_by_the_next(owner):
    triggers.drop(connection)
    assert triggers.missing(connection)

    assert migrating.migrate(connection.alias, tell=print) is False

    assert triggers.missing(connection) == []


@pytest.mark.django_db
def test_prepare_says_that_it_is_ready(owner, capsys):
    call_command("prepare")

    assert "The database is ready." in capsys.readouterr().out


@ON_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_readers_go_on_while_a_table_waits_to_be_altered(owner):
    told: list[str] = []
    with closing(another()) as long, closing(another()) as other:
        long.cursor().execute("SELECT count(*) FROM documents_note")
        threading.Timer(2.0, long.rollback).start()
        waits = Waits(other)
        waits.start()
        done = migrating.patiently(
            connection, add_column, tell=told.append, lock_seconds=LOCK_SECONDS,
            pauses=(0.5,) * 40,
        )  # fmt: skip
        waits.end()
    try:
        assert done
        assert told
        assert "this goes on in 0.5 seconds" in told[0]
        assert waits.number > 3
        assert waits.longest < 2.0
        assert Note.objects.count() == 0
    finally:
        run("ALTER TABLE documents_note DROP COLUMN later")
    assert setting("lock_timeout") == "0"


@ON_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_never_free_is_given_up_with_a_sentence_and_nothing_half_done(owner):
    with closing(another()) as long:
        long.cursor().execute("SELECT count(*) FROM documents_note")
        with pytest.raises(migrating.StillBusy, match="nothing is half-done"):
            migrating.patiently(
                connection, add_column, tell=print, lock_seconds=0.1, pauses=(0.1, 0.1)
            )
        long.rollback()
    with pytest.raises(ProgrammingError):
        run("SELECT later FROM documents_note")
    assert triggers.missing(connection) == []


def add_column() -> bool:
    run("ALTER TABLE documents_note ADD COLUMN later integer")
    return True


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return cursor.fetchone()[0]


def another():
    """A connection of somebody else's."""
    given = connection.get_connection_params()
    names = {"dbname", "user", "password", "host", "port"}
    return psycopg2.connect(**{key: word for key, word in given.items() if key in names})


class Waits(threading.Thread):
    """Somebody who reads without a pause, and how long the longest answer took."""

    def __init__(self, line) -> None:
        super().__init__(daemon=True)
        self.line, self.longest, self.number, self.ended = line, 0.0, 0, threading.Event()

    def run(self) -> None:
        self.line.autocommit = True
        while not self.ended.is_set():
            began = time.monotonic()
            self.line.cursor().execute("SELECT count(*) FROM documents_note")
            self.longest = max(self.longest, time.monotonic() - began)
            self.number += 1
            time.sleep(0.05)

    def end(self) -> None:
        self.ended.set()
        self.join()
