"""Undoing a whole import: all of it or none, while nothing was built on it, and the same file again."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import FurtherProtocol
from register.directory.models import Organisation
from register.directory.services.organisations import confirm_organisation
from register.documents.lifecycle import State
from register.documents.models import Document, Party
from register.documents.services.drafting import revise
from register.documents.services.facts import confirm
from register.endings.models import Ending
from register.exchange import coming, groups, taking_back, undoing
from register.exchange.jobs import undo_imports
from register.exchange.models import Import, ImportedRow, ImportState
from register.exchange.services import bring_in, receive, take_up
from register.exchange.undoing import ask_to_undo, built_on
from register.ledger.acts import act, bulk_create
from register.ledger.models import Entry
from register.ledger.verify import verify
from register.notices.models import Notice
from register.signing.models import Slot
from register.tasks.models import Task
from tests import make_documents as documents
from tests import people, worlds

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HEAD = "Reference,Title,Purpose,Partners,Start date,Review date,Status,Signed by,Colour\n"
TWO = (
    "ISA-1,Hearth checks,Warm homes for all,Kent Police; Medway Council,01/02/2024,31/03/2030,"
    "Active,J Reeve,Blue\n"
    "ISA-2,School moves,Continuity of care,Essex County Council,Feb-2023,Review annually,Draft,,\n"
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


def undone(cast, row):
    ask_to_undo(by=cast.office, row=row)
    undo_imports()
    row.refresh_from_db()
    return row


def entry(reference):
    rows = Document.objects.filter(external_references__value=reference, archived_on__isnull=True)
    return rows.get()


def test_what_came_in_is_ended_and_the_same_file_comes_in_anew(cast, load):
    row = load(HEAD + TWO)
    made = list(Document.objects.order_by("pk"))
    assert undone(cast, row).state == ImportState.UNDONE
    for document in made:
        document.refresh_from_db()
        assert document.newest.state == State.ENDED
        assert document.archived_on
    assert not ImportedRow.objects.exists()
    verify()
    assert load(HEAD + TWO).counts_words == "2 new, 0 changed, 0 unchanged, 0 rejected"
    assert Document.objects.filter(archived_on__isnull=True).count() == 2


def test_bodies_that_came_in_with_it_end_and_others_stay(cast, load):
    load("Reference,Title,Partners\nX-1,Other,Kent Police\n", "other.csv")
    undone(cast, load(HEAD + TWO))
    named = Organisation.objects.filter(is_confirmed=False)
    ended = set(named.filter(ends_on__isnull=False).values_list("legal_name", flat=True))
    assert ended == {"Medway Council", "Essex County Council"}
    # The ended ones are not taken for the bodies that the same file names next time.
    load(HEAD + TWO)
    party = Party.objects.get(version__document=entry("ISA-2"))
    assert party.organisation.ends_on is None


def test_changed_entries_get_back_what_stood_there(cast, load):
    first = load(HEAD + TWO)
    second = load(
        HEAD + TWO.replace("Warm homes for all", "Warm homes").replace("Blue", "Green")
        .replace("31/03/2030", "31/03/2031").replace("Kent Police;", "Kent Police; Surrey Police;")
    )  # fmt: skip
    assert second.changed == 1
    document = entry("ISA-1")
    assert document.newest.party_rows.count() == 3
    assert undone(cast, second).state == ImportState.UNDONE
    document.refresh_from_db()
    assert document.newest.agreementtext_rows.get().purpose == "<p>Warm homes for all</p>"
    assert '"Colour": "Blue"' in document.extras
    assert document.review_on.isoformat() == "2030-03-31"
    assert document.newest.party_rows.count() == 2
    verify()
    assert load(HEAD + TWO).counts_words == "0 new, 0 changed, 2 unchanged, 0 rejected"
    # The undoing of the second is no change that keeps the first from being undone.
    assert undone(cast, first).state == ImportState.UNDONE


def test_a_further_version_gives_way_to_a_copy_of_the_one_before(cast, load):
    load("Reference,Title,Partners\nISA-1-v1,Hearth checks,Kent Police\n")
    row = load(
        "Reference,Title,Partners\nISA-1-v1,Hearth checks,Kent Police\n"
        "ISA-1-v2,Heat checks,Kent Police\n"
    )
    document = Document.objects.get()
    assert document.governing.title == "Heat checks"
    undone(cast, row)
    assert (document.governing.title, document.governing.label) == ("Hearth checks", "1")
    assert document.versions.count() == 3
    again = load("Reference,Title,Partners\nISA-1-v1,Hearth checks,Kent Police\n")
    assert again.unchanged == 1


def test_the_officer_sees_one_entry_of_history(cast, load, monkeypatch):
    monkeypatch.setattr(groups, "CHUNK_ROWS", 1)
    monkeypatch.setattr(taking_back, "AT_ONCE", 1)
    row = load(HEAD + TWO)
    assert row.groups_done == 2
    undone(cast, row)
    said = Entry.objects.filter(verb="import.undone")
    assert [each.actor_name for each in said] == [cast.office.person.name]
    assert Document.objects.filter(archived_on__isnull=False).count() == 2


def test_it_goes_on_after_the_worker_died(cast, load, monkeypatch):
    monkeypatch.setattr(groups, "CHUNK_ROWS", 1)
    row = load(HEAD + TWO)
    ask_to_undo(by=cast.office, row=row)
    row.refresh_from_db()
    assert undoing._undo_part(cast.office, row)
    told = coming.progress_of(row)
    assert told
    assert (told.done, told.of, told.percent) == (1, 2, 50)
    assert Document.objects.filter(archived_on__isnull=False).count() <= 1
    Import.objects.update(claimed_at=None)
    assert undo_imports() == 1
    assert Document.objects.filter(archived_on__isnull=False).count() == 2
    assert Entry.objects.filter(verb="import.undone").count() == 1


def test_an_import_on_which_something_was_built_is_not_undone(cast, load, client):
    row = load(HEAD + TWO)
    confirm(by=cast.office, document=entry("ISA-1"))
    assert [str(each.subject) for each in built_on(row)] == [entry("ISA-1").reference]
    with pytest.raises(
        ValidationError, match=f"{entry('ISA-1')} changed since. Nothing was undone"
    ):
        ask_to_undo(by=cast.office, row=row)
    client.force_login(cast.office, backend=BACKEND)
    page = client.get(reverse("exchange:undo", args=[row.pk])).content.decode()
    assert "Imported entry confirmed" in page
    assert "Keep the import" not in page
    assert client.post(reverse("exchange:undo", args=[row.pk])).status_code == 422
    assert not Document.objects.filter(archived_on__isnull=False).exists()


def test_what_is_revised_while_the_worker_waits_stops_it_with_a_sentence(cast, load):
    row = load(HEAD + TWO)
    ask_to_undo(by=cast.office, row=row)
    document = entry("ISA-1")
    revise(by=cast.office, document=document)
    undo_imports()
    row.refresh_from_db()
    assert row.state == ImportState.FAILED
    assert row.failure == f"The undoing stopped: {document} was revised here and stays."
    assert not Document.objects.filter(archived_on__isnull=False).exists()
    with pytest.raises(ValidationError, match="changed since"):
        ask_to_undo(by=cast.office, row=row)


def test_what_is_confirmed_while_the_worker_waits_stops_it_too(cast, load):
    row = load(HEAD + TWO)
    ask_to_undo(by=cast.office, row=row)
    document = entry("ISA-1")
    confirm(by=cast.office, document=document)
    undo_imports()
    row.refresh_from_db()
    assert row.failure == (
        f"The undoing stopped: {document} changed since (imported entry confirmed)."
    )
    assert not Document.objects.filter(archived_on__isnull=False).exists()


def test_nobody_is_asked_or_told_anything_about_what_is_taken_back(cast, load):
    row = load(HEAD + TWO)
    messages = Notice.objects.count()
    undone(cast, row)
    assert not Ending.objects.exists()
    assert not Task.objects.exists()
    assert Notice.objects.count() == messages
    assert not Slot.objects.open().exists()


def test_undoing_takes_as_many_statements_for_ten_entries_as_for_thirty(cast, load):
    def statements(count):
        lines = (f"{count}-{n},Entry {n},Words,Body {n} of {count} Council\n" for n in range(count))
        row = load("Reference,Title,Purpose,Partners\n" + "".join(lines), f"{count}.csv")
        with CaptureQueriesContext(connection) as seen:
            undone(cast, row)
        return len(seen)

    statements(2)
    assert statements(30) - statements(10) <= 2


def test_what_stands_in_the_way_is_found_in_as_many_statements_for_three_as_for_thirty(cast, load):
    """Protocols under which something was put; then each of them is changed too."""
    agreement = documents.agreement(cast.partnership, cast.council.organisation).agreement

    def found(row, count):
        with CaptureQueriesContext(connection) as seen:
            assert len(built_on(row)) == count
        return len(seen)

    def statements(count):
        lines = [f"{count}-{n},Entry {count} {n},Words,Protocol\n" for n in range(count)]
        text = "Reference,Title,Purpose,Type of agreement\n" + "".join(lines)
        row = load(text, f"{count}.csv")
        made = row.chunks.get().effects["documents"]
        with act(by=cast.office, verb="document.placed", subject=agreement.document):
            bulk_create([FurtherProtocol(agreement=agreement, protocol_id=pk) for pk in made])
        under = found(row, count)
        load(text.replace("Words", "Better words"), f"{count}.csv")
        return under, found(row, count)

    assert statements(3) == statements(30)


def test_a_body_that_somebody_confirmed_stays(cast, load):
    row = load(HEAD + TWO)
    body = Organisation.objects.get(legal_name="Medway Council")
    confirm_organisation(by=cast.admin, organisation=body, row_version=body.row_version)
    undone(cast, row)
    body.refresh_from_db()
    assert body.ends_on is None


def test_from_the_page_in_one_step_and_never_twice(cast, load, client):
    row = load(HEAD + TWO)
    client.force_login(cast.office, backend=BACKEND)
    shown = client.get(row.get_absolute_url()).content.decode()
    assert reverse("exchange:undo", args=[row.pk]) in shown
    page = client.post(reverse("exchange:undo", args=[row.pk]))
    assert client.get(page.url)["Refresh"] == "3"
    assert undo_imports() == 1
    assert "Undone" in client.get(page.url).content.decode()
    assert client.get(reverse("exchange:undo", args=[row.pk])).status_code == 403
    assert undo_imports() == 0


def test_an_import_that_changed_nothing_has_nothing_to_undo(cast, load, client):
    load(HEAD + TWO)
    row = load(HEAD + TWO)
    client.force_login(cast.office, backend=BACKEND)
    page = client.get(reverse("exchange:undo", args=[row.pk]))
    assert page.status_code == 403
    assert "nothing to undo" in page.content.decode()
