"""Lists as files: the filtered list, all of it, harmless, and noted."""

import csv
import io

import pytest
from openpyxl import load_workbook

from register.core.sheets_out import BYTE_ORDER_MARK
from register.ledger.models import AccessEvent
from tests import make_documents


def table(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode().removeprefix(BYTE_ORDER_MARK)
    return list(csv.reader(io.StringIO(text)))


def test_the_filtered_list_is_exported_whole(people, ask, fill):
    fill(people.partnership, 60, start=1, title="In", tier=1)
    fill(people.partnership, 5, start=100, title="Out")

    response = ask(people.office, "/register/export/csv/?tier=1&size=25&sort=-reference&at=last")

    rows = table(response)
    assert response["Content-Disposition"].endswith('.csv"')
    assert len(rows) == 61
    assert {row[1] for row in rows[1:]} == {"In"}


def test_an_export_holds_what_its_reader_may_see_and_no_more(people, ask):
    both = [people.council.organisation, people.police.organisation]
    make_documents.agreement(people.partnership, *both, lead=people.council.organisation)

    assert len(table(ask(people.off_a, "/register/export/csv/"))) == 2
    assert len(table(ask(people.off_b, "/register/export/csv/"))) == 1
    assert len(table(ask(people.outsider, "/register/export/csv/"))) == 1


@pytest.mark.parametrize(
    "title", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\uff1d1"]
)
def test_no_title_runs_as_a_formula(people, ask, fill, title):
    fill(people.partnership, 1, title=title)

    cell = table(ask(people.office, "/register/export/csv/"))[1][1]
    file = io.BytesIO(b"".join(ask(people.office, "/register/export/xlsx/").streaming_content))
    stored = load_workbook(file).active["B2"]

    assert cell.startswith("'")
    assert stored.data_type == "s"


def test_bodies_are_named_and_empty_dates_stay_empty(people, ask, fill):
    fill(people.partnership, 1, bodies=[people.council, people.police])

    header, row = table(ask(people.office, "/register/export/csv/"))
    named = dict(zip(header, row, strict=True))

    assert named["Bodies"] == "Wyrefordshire County Council; Wyrefordshire Police"
    assert named["Next review"] == ""
    assert named["Status"] == "In force"


def test_an_export_is_noted(people, ask):
    ask(people.off_a, "/register/export/csv/?status=draft")

    event = AccessEvent.objects.get(kind="register.exported.csv")
    assert event.user_label == people.off_a.email
    assert "Draft" in event.detail


def test_other_forms_are_not_found(people, ask):
    assert ask(people.office, "/register/export/exe/").status_code == 404
