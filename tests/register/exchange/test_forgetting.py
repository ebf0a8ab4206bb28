"""What is forgotten of imports: files a month after, and what was said of entries that are gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse

from register.core.dates import now, pretend
from register.documents import steps
from register.documents.models import Document
from register.exchange.files import services as files
from register.exchange.forgetting import forget_entry, forget_files
from register.exchange.jobs import undo_imports
from register.exchange.mending import bring_rejected_again
from register.exchange.models import Bundle, Import, ImportedRow, ImportState
from register.exchange.services import bring_in, receive, take_up
from register.exchange.undoing import ask_to_undo
from register.lists.services import load_lists
from tests import people, worlds

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HEAD = "Reference,Title,Purpose,Partners,Status\n"
TWO = (
    "ISA-1,Hearth checks,Warm homes for all,Kent Police; Medway Council,Active\n"
    "ISA-2,School moves,Continuity of care,Essex County Council,Draft\n"
)


@worlds.shared
def cast():
    return people.cast()


@pytest.fixture
def load(write, cast):
    """Import a text as a CSV file; gives the import."""

    def _load(text, name="our.csv"):
        row = receive(
            by=cast.office, partnership=cast.partnership, path=write(name, text), name=name
        )
        return bring_in(take_up(row))

    return _load


def test_the_file_goes_after_a_month_and_undoing_does_not_need_it(cast, load, client):
    bad = TWO + "ISA-3,,,,\n"
    row = load(HEAD + bad)
    again = load(HEAD + bad, "again.csv")
    Import.objects.filter(pk=row.pk).update(ended_at=now() - timedelta(days=31))
    assert forget_files() == 0  # the same bytes came in again since
    assert default_storage.exists(row.path)
    with pretend(now() + timedelta(days=31)):
        assert forget_files() == 1
        assert not default_storage.exists(row.path)
        assert forget_files() == 0
        client.force_login(cast.office, backend=BACKEND)
        page = client.get(again.get_absolute_url()).content.decode()
        assert "The file was deleted on" in page
        assert "Take up the rejected rows" not in page
        assert client.get(reverse("exchange:rejected", args=[again.pk])).status_code == 404
        with pytest.raises(ValidationError, match="The file was deleted"):
            bring_rejected_again(by=cast.office, row=again)
        ask_to_undo(by=cast.office, row=row)
        undo_imports()
        row.refresh_from_db()
        assert row.state == ImportState.UNDONE


def test_what_was_said_of_an_entry_that_is_disposed_of_is_forgotten(cast, load):
    load(HEAD + TWO)
    row = load(HEAD + TWO.replace("Warm homes for all", "Warm homes"))
    document = Document.objects.get(external_references__value="ISA-1")
    forget_entry(document.pk)
    forget_entry(document.pk)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith("exchange_"):
                cursor.execute(f'SELECT * FROM "{table}"')
                held = str(cursor.fetchall())
                assert "Warm homes" not in held, table
                assert "Hearth checks" not in held, table
    assert ImportedRow.objects.filter(document_id=document.pk).get().digest
    assert row.reported_rows.get(number=3).title == "School moves"
    assert forget_entry in steps.ON_DISPOSED


def test_a_zip_of_signed_files_goes_after_a_month(cast, load, write, pack):
    path = write("signed.zip", pack({"Letter.txt": b"Mrs Bell"}))
    row = files.take_in(by=cast.office, partnership=cast.partnership, path=path, name="signed.zip")
    with pretend(now() + timedelta(days=31)):
        assert forget_files() == 0  # it waits for somebody to confirm it
        Bundle.objects.update(state="done", ended_at=now() - timedelta(days=31))
        row.refresh_from_db()
        assert not row.is_open
        assert forget_files() == 1
        assert not default_storage.exists(row.path)
        with pytest.raises(ValidationError, match="The files were deleted"):
            files.confirm(by=cast.office, bundle=row)


def test_what_was_said_of_its_flows_is_forgotten_too(cast, load):
    load_lists()
    load("Reference,Title,Partners\nDSA-8,Clubs,Northmere Council; Wyre Police\n")
    head = "Flow ID,Agreement ref,Provider,Recipient,Data,Legal power,Frequency,Colour\n"
    load(head + "F1,DSA-8,Wyre Police,Northmere Council,Names,Children Act 2004,Weekly,Blue\n")
    row = load(head + "F1,DSA-8,Eastmere Council,Northmere Council,Names,An Act,Daily,Green\n")
    assert row.changed == 1
    forget_entry(Document.objects.get().pk)
    for table in ("importedflow", "appliedchunk", "reportedrow"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM exchange_{table}")
            held = str(cursor.fetchall())
        assert not [word for word in ("Blue", "Green", "Weekly", "weekly") if word in held], table
