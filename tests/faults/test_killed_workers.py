"""A worker killed in mid-PDF: another makes the print, whole; nothing of half of it is ever served."""

import os
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse

from register.core.dates import add_months, now, today
from register.ledger.verify import verify
from register.printing import services as printing
from register.printing.jobs import make_prints
from register.printing.models import PrintRequest, PrintState
from tests import county as counties
from tests import make_documents as make
from tests.faults.killing import die, in_a_process

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(on_disk):
    county = counties.found(add_months(today(), -13))
    agreement = make.agreement(county.partnership, county.council, county.police)
    return printing.ask(user=county.users["office"], versions=[agreement.newest])


def dies_while_its_child_lays_out() -> None:
    """A worker that is killed as soon as the process that makes the PDF is there."""
    own = Path(f"/proc/{os.getpid()}/task")

    def watch() -> None:
        while not any(task.joinpath("children").read_text() for task in own.iterdir()):
            time.sleep(0.01)
        die()

    threading.Thread(target=watch, daemon=True).start()
    make_prints()


def dies_before_it_notes_the_print() -> None:
    """A worker that is killed when the file is kept and the row does not say so yet."""

    def watch(execute, sql, params, many, context):
        if sql.startswith('UPDATE "printing_printrequest"') and PrintState.DONE in (params or ()):
            die()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        make_prints()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks Linux for its children")
def test_another_worker_makes_the_print(asked):
    client = Client()
    client.force_login(asked.asked_by, "allauth.account.auth_backends.AuthenticationBackend")
    for tries, worker in enumerate((dies_while_its_child_lays_out, dies_before_it_notes_the_print)):
        in_a_process(worker)

        asked.refresh_from_db()
        assert (asked.state, asked.tries) == (PrintState.WORKING, tries + 1)
        assert make_prints() == 0, "it is in the hands of a worker that may live"
        assert client.get(asked.get_absolute_url()).status_code == 200
        assert client.get(reverse("printing:download", args=[asked.pk])).status_code == 404
        PrintRequest.objects.update(claimed_at=now() - printing.CLAIMED_FOR - timedelta(seconds=1))

    assert make_prints() == 1
    asked.refresh_from_db()
    assert asked.state == PrintState.DONE
    with default_storage.open(asked.path) as file:
        content = file.read()
    assert len(content) == asked.size
    assert content.rstrip().endswith(b"%%EOF")
    assert len(default_storage.listdir("prints")[1]) == 1
    verify()
