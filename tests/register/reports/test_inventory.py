"""The inventory: counts of different flows that lead to lists of as many."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.register.reports import sharing
from tests.register.reports.sharing import ask, flow

pytestmark = pytest.mark.django_db


def test_each_count_leads_to_a_list_of_as_many_flows(framework, county):
    two = (("Name", "name_identifiers"), ("Diagnosis", "health"))
    sharing.agreement(
        framework,
        flow("Plans", county.council, [county.police, county.trust], items=two, volume="1_10"),
        flow("Both ways", county.council, county.police, direction="two_way", use_kind="planning"),
    )
    office = county.users["office"]
    page = ask(office, "/reports/inventory/")
    counts = {
        (one["part"].code, entry.words): entry.flows
        for one in page.context["parts"]
        for entry, _ in one["entries"]
    }
    assert counts["volume", "1 to 10"] == counts["volume", "Not said"] == 1
    assert counts["purpose", "Safeguarding"] == 2
    assert counts["partner", county.council.legal_name] == 2
    assert counts["partner", county.trust.legal_name] == 1
    for one in page.context["parts"]:
        for entry, address in one["entries"]:
            listed = ask(office, address)
            assert listed.context["page"].count == entry.flows, address
            assert listed.context["is_understood"]
    answer = ask(office, "/reports/inventory/export/csv/")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert ["Partner", county.council.legal_name, "2", "2", "1"] in rows


def test_nothing_restricted_is_counted_and_many_flows_cost_no_more(framework, county):
    sharing.agreement(framework, flow("Secret", county.council, county.trust), restricted=True)
    officer = county.users["police_officer"]
    page = ask(officer, "/reports/inventory/")
    assert not any(one["entries"] for one in page.context["parts"])
    sharing.many(framework, 20, county.council, county.police)
    office = county.users["office"]
    ask(office, "/reports/inventory/")
    with CaptureQueriesContext(connection) as few:
        ask(office, "/reports/inventory/")
    sharing.many(framework, 400, county.police, county.trust, title="More")
    with CaptureQueriesContext(connection) as more:
        ask(office, "/reports/inventory/")
    assert len(more) == len(few)
