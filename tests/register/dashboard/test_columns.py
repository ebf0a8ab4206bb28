"""Columns of the list: chosen and ordered in the address, without scripts, and the same in a file."""

import csv
import io

import pytest
from django.utils.html import escape
from openpyxl import load_workbook

from register.core.sheets_out import BYTE_ORDER_MARK
from register.dashboard.columns import COLUMNS, USUAL
from tests import make_documents

URL = "/register/"


def words(response) -> list[str]:
    return [heading.words for heading in response.context["headings"]]


def test_the_usual_columns_show_where_none_are_asked_for_or_none_is_known(people, ask, fill):
    fill(people.partnership, 1)
    usual = [COLUMNS[code].words for code in USUAL]
    for query in ("", "?columns=", "?columns=password.__class__", "?columns=%00"):
        assert words(ask(people.office, f"{URL}{query}")) == usual


def test_every_column_can_be_shown_and_keeps_its_order(people, ask, fill):
    fill(people.partnership, 2, bodies=[people.council])
    codes = list(reversed(COLUMNS))
    page = ask(people.office, f"{URL}?columns={'.'.join(codes)}.title")

    assert words(page) == [COLUMNS[code].words for code in codes]
    assert "Wyrefordshire County Council" in page.content.decode()


def test_choosing_columns_keeps_the_filter_and_goes_to_the_first_page(people, ask, fill):
    fill(people.partnership, 60)
    asked = "tier=3&status=in_force&status=draft&sort=-title&after=abc&columns=title.owner"
    picker = ask(people.office, f"/register/columns/?{asked}").content.decode()
    assert 'name="status" value="in_force"' in picker
    assert 'name="status" value="draft"' in picker
    assert 'name="after"' not in picker

    chosen = ask(
        people.office,
        f"/register/columns/?set=1&{asked}&show=reference&show=review&show=title"
        "&place-reference=3&place-review=1&place-title=2",
    )

    assert chosen.status_code == 302
    assert chosen.url == (
        "/register/?tier=3&status=in_force&status=draft&sort=-title&columns=review.title.reference"
    )
    page = ask(people.office, chosen.url)
    assert words(page) == ["Next review", "Title", "Reference"]
    assert len(page.context["chips"]) == 3


def test_a_number_that_is_none_goes_last_and_equal_numbers_stay_in_order(people, ask):
    chosen = ask(
        people.office,
        "/register/columns/?set=1&show=owner&show=title&show=tier&show=x&place-owner=nine&place-title=1&place-tier=1",
    )
    assert chosen.url.endswith("?columns=title.tier.owner")


def test_no_column_ticked_says_what_to_do(people, ask):
    answer = ask(people.office, "/register/columns/?set=1&tier=3")
    assert answer.status_code == 422
    assert "Tick at least one column." in answer.content.decode()
    assert 'name="tier" value="3"' in answer.content.decode()


def test_a_row_can_be_opened_whatever_columns_show(people, ask, fill):
    fill(people.partnership, 1, start=7)
    page = ask(people.office, f"{URL}?columns=owner.tier").content.decode()
    assert f'href="/register/{people.partnership.prefix}-A-7/"' in page


@pytest.mark.parametrize("columns", ["title.bodies.tags", ".".join(COLUMNS)])
def test_a_file_of_the_shown_columns_has_just_those_in_order_for_every_row(
    people, ask, fill, columns
):
    fill(people.partnership, 60, start=1, tier=1, bodies=[people.police])
    fill(people.partnership, 5, start=100)
    query = f"tier=1&columns={columns}&size=25&at=last&which=shown"
    header = [COLUMNS[code].words for code in columns.split(".")]

    answer = ask(people.office, f"/register/export/csv/?{query}")
    text = b"".join(answer.streaming_content).decode().removeprefix(BYTE_ORDER_MARK)
    rows = list(csv.reader(io.StringIO(text)))
    book = ask(people.office, f"/register/export/xlsx/?{query}")
    stored = load_workbook(io.BytesIO(b"".join(book.streaming_content)))

    assert rows[0] == header
    assert len(rows) == 61
    assert "register-charter-" in answer["Content-Disposition"]
    assert [cell.value for cell in stored.worksheets[0][1]] == header
    assert stored.worksheets[0].max_row == 61
    assert stored.worksheets[1]["B1"].value == "Charter"


def test_the_edit_link_comes_back_to_the_filter_the_page_and_the_row(people, ask, fill):
    fill(people.partnership, 30)
    first = ask(people.office, f"{URL}?tier=3")
    page = ask(people.office, f"{URL}?tier=3&after={first.context['page'].after}")
    row = page.context["shown"][0]

    assert row.change.startswith(
        f"/register/{row.row.reference}/facts/?next=%2Fregister%2F%3Ftier%3D3%26after%3D"
    )
    assert row.change.endswith(f"%23row-{row.row.reference}")
    assert f'<tr id="row-{row.row.reference}">' in page.content.decode()
    assert not ask(people.off_b, URL).context["may_change"]


def test_saving_a_row_comes_back_to_the_filter_the_page_and_the_row(people, client):
    body = people.council.organisation
    made = make_documents.agreement(people.partnership, body, lead=body)
    client.force_login(people.office)
    address = f"{URL}?tier=3&status=draft&sort=-title&columns=title.reference"
    (row,) = client.get(address).context["shown"]

    asked = client.get(row.change)
    form = asked.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    hidden = escape(f"{address}#row-{made.reference}")
    assert f'<input type="hidden" name="next" value="{hidden}">' in asked.content.decode()
    saved = client.post(row.change, sent | {"tags": "early help"})

    assert (saved.status_code, saved.url) == (302, f"{address}#row-{made.reference}")
    assert list(made.tags.values_list("word", flat=True)) == ["early help"]
