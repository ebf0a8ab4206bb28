"""The database goes away, is full or takes nothing in, in the middle of an act, and comes back."""

import sqlite3
from contextlib import closing, contextmanager

import psycopg2
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from register.core.dates import add_months, today
from register.documents.models import Note
from register.jobs import worker
from register.jobs.registry import Job
from register.ledger.verify import verify
from register.notices import jobs as mail_jobs
from register.notices.models import Notice
from register.notices.services import write
from tests import county as counties
from tests import make_documents as make

pytestmark = pytest.mark.django_db(transaction=True)
ENTRY = 'INSERT INTO "ledger_entry"'
# More than the pages of a file that was put in order have room for.
WORDS = "Words that took a while. " * 700


@contextmanager
def away(on_disk, at: str):
    """SQLite: somebody holds the file. PostgreSQL: the server ends the connection at a statement."""
    if on_disk:
        with closing(sqlite3.connect(on_disk, isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            yield
            holder.execute("ROLLBACK")
        return

    with before_statement(at, _end_this_connection):
        yield


@contextmanager
def full(on_disk, at: str):
    """SQLite: its file may not grow. PostgreSQL: the server answers as when it cannot grow a file."""
    if on_disk:
        run("VACUUM")
        run(f"PRAGMA max_page_count = {run('PRAGMA page_count')}")
        yield
        run("PRAGMA max_page_count = 1000000000")
        return
    refuse = "DO $$ BEGIN RAISE 'No space left on device' USING ERRCODE = 'disk_full'; END $$"
    with before_statement(at, lambda: run(refuse)):
        yield


@contextmanager
def read_only(on_disk, at: str):
    """As a server that has become another's copy, or a file that nobody may write."""
    with before_statement(
        at, lambda: run("PRAGMA query_only = 1" if on_disk else "SET TRANSACTION READ ONLY")
    ):
        yield
    if on_disk:
        run("PRAGMA query_only = 0")


@contextmanager
def before_statement(at: str, act):
    """Something happens just before the statements that begin so."""

    def meddle(execute, sql, params, many, context):
        if sql.startswith(at):
            act()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meddle):
        yield


def run(sql: str):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0] if sql.startswith("PRAGMA page") else None


def _end_this_connection() -> None:
    pid = connection.connection.info.backend_pid
    given = {k: v for k, v in connection.get_connection_params().items() if k != "cursor_factory"}
    given = {k: v for k, v in given.items() if k in {"dbname", "user", "password", "host", "port"}}
    with closing(psycopg2.connect(**given)) as other:
        other.autocommit = True
        other.cursor().execute("SELECT pg_terminate_backend(%s)", [pid])


@pytest.fixture
def agreement(on_disk):
    county = counties.found(add_months(today(), -13))
    made = make.agreement(county.partnership, county.council, county.police)
    made.office = county.users["office"]
    return made


@pytest.mark.parametrize("fault", [away, full, read_only])
def test_during_a_request_and_back(agreement, on_disk, fault):
    client = Client(raise_request_exception=False)
    client.force_login(agreement.office, "allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("documents:write_note", args=[agreement.reference])
    sent = {"kind": "note", "text": WORDS, "on": "", "follow_up_on": ""}
    assert client.get(page).status_code == 200
    before = verify().head

    with fault(on_disk, ENTRY):
        answer = client.post(page, sent)

    shown = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "away for a moment" in shown
    assert "look before you send it again" in shown
    assert answer["X-Request-ID"] in shown
    assert WORDS.strip() in shown
    assert not Note.objects.exists()
    assert verify().head == before

    assert client.post(page, sent).status_code == 302
    assert Note.objects.get().text == WORDS.strip()
    verify()


def test_during_a_round_of_the_worker_and_back(agreement, on_disk, mailoutbox):
    for place in range(3):
        write(to=f"p{place}@example.org", subject="Sign", text="Words", key=f"key:{place}")
    waiting = Notice.objects.filter(sent_at__isnull=True).count()
    job = Job("send_messages", 5, mail_jobs.send)
    try:
        with away(on_disk, 'UPDATE "notices_notice"'):
            failed = worker.run(job) is False
    finally:
        connection.close()
    assert failed
    assert not mailoutbox

    assert worker.run(job)
    assert len(mailoutbox) == waiting
    assert len({message.to[0] for message in mailoutbox}) >= 3
    assert worker.run(job)
    assert len(mailoutbox) == waiting
