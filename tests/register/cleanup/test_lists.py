"""The clean-up lists: what stands on each, by import, who sees them, and what they cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from register.cleanup import services
from register.cleanup.lacking import LACKS, lacking
from register.cleanup.models import Standing
from register.documents.services import facts
from register.ledger.models import Entry
from register.search.models import Row
from register.search.visible import visible_rows
from tests.register.dashboard.bulk.conftest import write_entries

pytestmark = pytest.mark.django_db
WANTED = {
    "owner": {"ISA-1", "ISA-2", "ISA-3", "ISA-4", "ISA-9"},
    "body": {"ISA-3"},
    "entry": {"ISA-1", "ISA-2", "ISA-3", "ISA-4", "ISA-9"},
    "review": {"ISA-1", "ISA-3", "ISA-4"},
    "file": {"ISA-1", "ISA-2", "ISA-3", "ISA-4", "ISA-9"},
    "duplicate": {"ISA-1", "ISA-2"},
    "date": {"ISA-3"},
    "protocol": {"ISA-1", "ISA-2", "ISA-3", "ISA-4", "ISA-9"},
    "parties": {"ISA-4"},
}


def listed(client, query: str) -> set[str]:
    return {row.reference for row in client.get(f"/register/?{query}").context["rows"]}


def statements(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_each_list_holds_what_lacks_that_and_the_page_says_how_many(came, browse):
    assert services.look_again() == 1
    client = browse(came.cast.office)
    for code, references in WANTED.items():
        assert listed(client, f"lacks={code}") == came.ours(*references), code
    page = client.get("/clean-up/")
    board = page.context["boards"][0]
    assert board.entries == "5"
    assert {line.lack.code: int(line.count) for line in board.lines} == {
        code: len(references) for code, references in WANTED.items()
    }
    assert "first.csv" in page.content.decode()


def test_an_import_has_lists_of_its_own(came, browse):
    services.look_again()
    client = browse(came.cast.office)
    assert listed(client, f"lacks=owner&came={came.second.pk}") == came.ours("ISA-9")
    page = client.get(f"/clean-up/?came={came.second.pk}")
    counts = {line.lack.code: line.count for line in page.context["boards"][0].lines}
    assert (counts["owner"], counts["review"], counts["duplicate"]) == ("1", "0", "0")
    assert f"came={came.second.pk}" in page.content.decode()
    there = client.get(came.second.get_absolute_url()).content.decode()
    assert f"/clean-up/?came={came.second.pk}" in there
    assert client.get("/clean-up/?came=99999").status_code == 404
    assert client.get("/clean-up/?came=x").status_code == 404


def test_a_list_keeps_its_narrowing_on_the_way_to_the_preview(came, browse):
    client = browse(came.cast.office)
    page = client.get(f"/register/?lacks=owner&came={came.first.pk}&size=25").content.decode()
    assert "No owner" in page
    assert "From first.csv" in page
    assert f'<input type="hidden" name="came" value="{came.first.pk}">' in page
    assert '<option value="confirm">Confirm</option>' in page
    assert '<option value="owner" selected>Change owner</option>' in page
    assert '<option value="confirm">' not in client.get("/register/?view=all").content.decode()


def test_what_a_reader_may_not_know_of_is_left_out_with_a_word(came, browse):
    client = browse(came.cast.off_b)
    page = client.get(f"/register/?came={came.first.pk}").content.decode()
    assert "was not understood and is left out" in page
    assert "first.csv" not in page
    assert client.get("/clean-up/").status_code == 403
    page = browse(came.cast.sig_b).get("/register/?lacks=owner").content.decode()
    assert "was not understood and is left out" in page


def test_restricted_entries_count_for_nobody_else(came, browse):
    services.look_again()
    police = came.cast.off_b
    before = set(lacking(police, visible_rows(police), "duplicate").values_list("pk", flat=True))
    assert before == {came.entry("ISA-1").pk, came.entry("ISA-2").pk}
    hidden = came.entry("ISA-1")
    facts.change_facts(
        by="system:test", document=hidden, row_version=hidden.row_version, visibility="named",
        is_restricted=True,
    )  # fmt: skip
    client = browse(police)
    assert hidden.reference not in listed(client, "lacks=review")
    # Nor does its neighbour say that there is something like it.
    assert listed(client, "lacks=duplicate") == set()


def test_the_lists_cost_the_same_few_statements_at_any_number(came, browse):
    services.look_again()
    client = browse(came.cast.office)
    addresses = ["/clean-up/", "/clean-up/duplicates/", f"/clean-up/?came={came.first.pk}"]
    addresses += [f"/register/?lacks={code}" for code in LACKS]
    few = {address: statements(client, address) for address in addresses}
    write_entries(
        came.cast.partnership, 60, provenance="imported", source="third.csv", is_confirmed=False
    )
    services.look_again()
    many = {address: statements(client, address) for address in addresses}
    assert many == few
    assert few["/clean-up/"] <= 16


def test_home_says_what_is_left_and_is_silent_when_nothing_is(came, browse):
    client = browse(came.cast.office)
    assert "/clean-up/" not in home(client)
    services.look_again()
    left = sum(len(references) for references in WANTED.values())
    assert f"{left} things to see to" in home(client)
    assert "things to see to" not in home(browse(came.cast.off_a))
    Row.objects.update(is_archived=True)
    services.look_again()
    assert Standing.objects.get().left == 0
    assert "things to see to" not in home(client)


def home(client) -> str:
    page = client.get("/").content.decode()
    return page[page.index('id="main"') :]


def test_counting_again_changes_nothing_and_writes_nothing_in_the_ledger(came):
    services.look_again()
    before, entries = Standing.objects.values("counts", "left").get(), Entry.objects.count()
    services.look_again()
    assert Standing.objects.values("counts", "left").get() == before
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("address", ["/clean-up/", "/clean-up/duplicates/", "/clean-up/go-live/"])
def test_only_the_office_has_these_pages(came, browse, address):
    answers = {name: browse(user).get(address) for name, user in came.cast.everybody.items()}
    allowed = {name for name, answer in answers.items() if answer.status_code == 200}
    assert allowed == {"office"}
    assert {answer.status_code for name, answer in answers.items() if name != "office"} == {403}
    assert "Only officers of the partnership office" in answers["sig_b"].content.decode()
    assert browse(came.cast.office).post(address).status_code == 405
    assert Client().get(address).status_code == 302
