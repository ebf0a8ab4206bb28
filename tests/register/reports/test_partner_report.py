"""The partner report: both sides, the law, the files, the PDF."""

import csv
import io
import subprocess

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.flows.models import Side
from register.printing.bounded import render
from tests import worlds
from tests.register.reports import sharing
from tests.register.reports.sharing import ask, flow

pytestmark = pytest.mark.django_db
LAW = {
    Side.PROVIDER: {"lawful_basis": "6_1_e", "gateways": ("cda_1998_s115",)},
    Side.RECIPIENT: {"lawful_basis": "6_1_c"},
}


@worlds.shared
def shared(framework):
    county = framework.county
    sharing.agreement(
        framework,
        flow("Plans", county.council, county.police, sides=LAW, retention_period="6 years",
             retention_trigger="closure"),
        flow("Replies", county.police, county.council),
        title="Both",
    )  # fmt: skip
    return county


def words_of(pdf):
    run = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return run.stdout.decode()


def test_the_page_tells_what_a_body_gives_and_receives_with_the_law(shared):
    office, body = shared.users["office"], shared.council.pk
    gives = ask(office, f"/reports/partner/{body}/")
    (row,) = gives.context["rows"]
    assert (row.told.flow.title, row.partner) == ("Plans", shared.police.legal_name)
    assert "6(1)(e)" in row.basis_given
    assert "6(1)(c)" in row.basis_taken
    assert row.gateways
    assert row.kept == "6 years from closure"
    assert gives.context["counts"] == {"gives": 1, "receives": 1}
    receives = ask(office, f"/reports/partner/{body}/?side=receives")
    assert [one.told.flow.title for one in receives.context["rows"]] == ["Replies"]


def test_choosing_leads_to_the_report_and_the_files_hold_it(shared):
    office, body = shared.users["office"], shared.council.pk
    assert ask(office, f"/reports/partner/?body={body}").url == f"/reports/partner/{body}/"
    assert ask(office, "/reports/partner/?body=x").status_code == 200
    answer = ask(office, f"/reports/partner/{body}/export/csv/")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["gives", "receives"]
    assert ask(office, f"/reports/partner/{body}/export/xlsx/").status_code == 200


def test_the_pdf_says_what_the_page_says(shared):
    client = Client()
    client.force_login(
        shared.users["office"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    answer = client.post(f"/reports/partner/{shared.council.pk}/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    words = "".join(words_of(answer.content).split())
    for said in ("What it gives (1)", "Plans", "Replies", "6 years from closure", "Page 1 of 1"):
        assert said.replace(" ", "") in words
    with pikepdf.open(io.BytesIO(answer.content)) as tagged:
        assert tagged.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in tagged.Root
    assert client.get(f"/reports/partner/{shared.council.pk}/pdf/").status_code == 405


@pytest.mark.no_database
def test_the_heads_of_a_long_table_stand_again_on_every_page():
    row = [["Flow"], ["Partner"], ["Data"]]
    table = {"heading": "What it gives", "columns": ["One", "Two", "Three"], "rows": [row] * 120}
    pdf = render({"report": {"title": "Long", "kind": "Partner report", "day": "21 November 2026",
                             "tables": [table]}})  # fmt: skip
    pages = words_of(pdf).split("\f")[:-1]
    assert len(pages) > 2
    assert all("Three" in page for page in pages)


def test_what_may_not_be_seen_is_not_told_and_many_flows_cost_no_more(framework, county):
    sharing.agreement(framework, flow("Secret", county.council, county.trust), restricted=True)
    officer, office = county.users["police_officer"], county.users["office"]
    path = f"/reports/partner/{county.council.pk}/"
    assert ask(officer, path).context["counts"] == {"gives": 0, "receives": 0}
    sharing.many(framework, 60, county.council, county.police)
    ask(office, f"{path}?size=25")
    with CaptureQueriesContext(connection) as few:
        ask(office, f"{path}?size=25")
    sharing.many(framework, 400, county.council, county.police, title="More")
    with CaptureQueriesContext(connection) as more:
        ask(office, f"{path}?size=100")
    assert len(more) == len(few)
