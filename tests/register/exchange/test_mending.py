"""Rejected rows: corrected in the page, left out, or sent back as a spreadsheet and taken in again."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from register.documents.models import Document
from register.exchange.jobs import bring_in_imports, plan_imports
from register.exchange.models import Import, ImportedRow, ImportState
from tests import people, worlds

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEXT = "Reference,Title,Partners,Notes\nISA-1,Hearth checks,Kent Police,\nISA-2,,,as agreed\nISA-3,,,\n"
FIELDS = {"column-0": "reference", "column-1": "title", "column-2": "parties", "column-3": "notes"}


@worlds.shared
def cast():
    return people.cast()


@pytest.fixture
def office(client, cast):
    client.force_login(cast.office, backend=BACKEND)
    return client


@pytest.fixture
def row(office, cast):
    """An import of three rows, two of which have no title."""
    return planned(office, cast, TEXT.encode(), "our.csv")


def planned(office, cast, content, name):
    data = {"partnership": cast.partnership.pk, "file": SimpleUploadedFile(name, content)}
    office.post(reverse("exchange:new"), data)
    row = Import.objects.first()
    office.post(
        reverse("exchange:columns", args=[row.pk]), {"kind": "entries", "sheet": "", **FIELDS}
    )
    row.refresh_from_db()
    return row


def mend(office, row, **cells):
    return office.post(reverse("exchange:mend", args=[row.pk]), cells)


def confirmed(office, row):
    office.post(reverse("exchange:confirm", args=[row.pk]))
    bring_in_imports()
    row.refresh_from_db()


def test_only_the_failing_cells_are_asked_for(office, row):
    page = office.get(reverse("exchange:mend", args=[row.pk])).content.decode()
    assert "The row has no title. Give it one." in page
    assert 'name="cell-3-1"' in page
    assert 'name="cell-3-0"' not in page
    assert 'name="cell-2-1"' not in page


def test_a_corrected_row_comes_in_and_the_file_stays_as_it_is(office, row):
    before = row.sha256
    mend(office, row, **{"cell-3-1": "School moves", "cell-4-1": ""})
    row.refresh_from_db()
    assert row.counts_words == "2 new, 0 changed, 0 unchanged, 1 rejected"
    assert row.sha256 == before
    confirmed(office, row)
    titles = {document.newest.title for document in Document.objects.all()}
    assert titles == {"Hearth checks", "School moves"}


def test_a_row_may_be_left_out(office, row):
    mend(office, row, **{"cell-3-1": "School moves", "leave-4": "on"})
    row.refresh_from_db()
    assert row.counts_words == "2 new, 0 changed, 0 unchanged, 0 rejected"
    assert row.rows == 2


def test_what_was_typed_comes_back_where_it_still_does_not_do(office, row):
    long = "x" * 501
    mend(office, row, **{"cell-3-1": long})
    page = office.get(reverse("exchange:mend", args=[row.pk])).content.decode()
    assert long in page
    assert "The title has more than 500 characters. Shorten it." in page


def test_typing_comes_back_when_a_colleague_confirmed_meanwhile(office, row):
    office.post(reverse("exchange:confirm", args=[row.pk]))
    page = mend(office, row, **{"cell-3-1": "School moves"})
    assert page.status_code == 422
    assert "School moves" in page.content.decode()
    assert "has moved on" in page.content.decode()


def test_a_long_file_is_planned_anew_by_the_worker(office, row, monkeypatch):
    monkeypatch.setattr("register.exchange.taking_in.AT_ONCE_ROWS", 1)
    mend(office, row, **{"cell-3-1": "School moves"})
    row.refresh_from_db()
    assert row.state == ImportState.UPLOADED
    assert plan_imports() == 1
    row.refresh_from_db()
    assert row.new == 2


def test_the_rejected_rows_come_back_as_a_file_and_are_the_same_list(office, cast, row):
    confirmed(office, row)
    answer = office.get(reverse("exchange:rejected_sheet", args=[row.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    lines = [list(line) for line in book.active.iter_rows(values_only=True)]
    assert lines[0] == ["Reference", "Title", "Partners", "Notes", "Why it was not taken"]
    assert lines[1][4] == "Title: The row has no title. Give it one."
    assert len(lines) == 3
    for number, line in enumerate(book.active.iter_rows(min_row=2), start=1):
        line[1].value = f"Mended {number}"
    file = io.BytesIO()
    book.save(file)

    data = {"partnership": cast.partnership.pk,
            "file": SimpleUploadedFile("back.xlsx", file.getvalue())}  # fmt: skip
    office.post(reverse("exchange:new"), data)
    again = Import.objects.first()
    page = office.get(reverse("exchange:columns", args=[again.pk])).content.decode()
    assert '<option value="our" selected>' in page
    sent = {"kind": "entries", "sheet": "Rejected rows", "list_name": "our", **FIELDS}
    office.post(reverse("exchange:columns", args=[again.pk]), {**sent, "column-4": "left_out"})
    confirmed(office, again)
    assert again.counts_words == "2 new, 0 changed, 0 unchanged, 0 rejected"
    assert {each.source for each in ImportedRow.objects.all()} == {"our"}


def test_rejected_rows_as_text_run_no_formula(office, cast):
    row = planned(office, cast, b"Reference,Title,Partners,Notes\n=1+1,,,\nISA-2,B,C,\n", "our.csv")
    answer = office.get(reverse("exchange:rejected", args=[row.pk]))
    assert (
        b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[1].startswith("'=1+1")
    )


def test_the_rejected_rows_of_what_came_in_are_taken_up_and_corrected(office, row):
    confirmed(office, row)
    page = office.post(reverse("exchange:again", args=[row.pk]))
    again = Import.objects.first()
    assert page.url == reverse("exchange:mend", args=[again.pk])
    assert (again.rows, again.rejected, again.list_name) == (2, 2, "our")
    mend(office, again, **{"cell-2-1": "School moves", "leave-3": "on"})
    confirmed(office, again)
    assert again.new == 1
    assert Document.objects.count() == 2
    assert "as agreed" in Document.objects.get(external_references__value="ISA-2").extras


def test_an_import_without_rejected_rows_has_none_to_correct(office, cast):
    row = planned(office, cast, b"Reference,Title,Partners,Notes\nISA-2,B,C,\n", "our.csv")
    assert office.get(reverse("exchange:mend", args=[row.pk])).status_code == 302
    assert office.get(reverse("exchange:rejected", args=[row.pk])).status_code == 404
    confirmed(office, row)
    office.post(reverse("exchange:again", args=[row.pk]))
    assert Import.objects.count() == 1
