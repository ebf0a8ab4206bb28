"""The page, the files and the print of the report; what an address may ask for; statements at any size."""

import csv
import io
import re
import subprocess

import openpyxl
import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.documents.lifecycle import State
from tests.register.reports.periods.world import LONG, ask, at, drafted, refuse, send

pytestmark = pytest.mark.django_db
PAGE = "/reports/periods/"


def test_the_index_leads_to_the_report_of_this_month(autumn):
    office = autumn.county.users["office"]
    assert PAGE in ask(office, "/reports/").content.decode()
    page = ask(office, PAGE)
    words = page.content.decode()
    assert "What changed in a period: November 2026, so far" in words
    assert "1 fewer than in the period before" not in words
    assert page.context["report"].period.words == "November 2026"


def test_each_chart_says_in_words_what_it_shows_and_needs_no_style(autumn):
    words = ask(autumn.county.users["office"], f"{PAGE}?period=last_month").content.decode()
    charts = re.findall(r"<svg.*?</svg>", words, re.DOTALL)
    assert len(charts) == 8
    ids = re.findall(r'id="(chart-[^"]+)"', words)
    assert len(ids) == len(set(ids)) == 16
    for chart in charts:
        assert 'role="img"' in chart
        assert "<title" in chart
        assert "<desc" in chart
        assert "style" not in chart
    signed = next(chart for chart in charts if "Signed in six periods" in chart)
    assert "Sep 26: 0; Oct 26: 4." in signed


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("period=between", "Enter the first day of the period."),
        ("period=between&first=1+1+2026&last=31+12+2025", "not before the first day"),
        ("period=between&first=1+1+2010&last=31+12+2026", "at most ten years after"),
        ("period=between&first=1+1+1985&last=31+12+1985", "years 1990 to 2999"),
        ("period=between&first=soon&last=1+1+2026", "id_first_error"),
        ("period=fortnight", "Choose a period from the list."),
        ("partnership=999&period=this_week", ""),
    ],
)
def test_what_is_not_a_period_is_said_and_nothing_is_counted(autumn, asked, says):
    office = autumn.county.users["office"]
    page = ask(office, f"{PAGE}?{asked}")
    assert page.status_code == (422 if says else 200)
    assert says in page.content.decode()
    if says:
        assert "There is a problem" in page.content.decode()
        assert "report" not in page.context
        for path in ("export/xlsx/", "signed/", "signed/export/csv/"):
            assert ask(office, f"{PAGE}{path}?{asked}").status_code == 422
        assert ask(office, f"{PAGE}pdf/?{asked}", post=True).status_code == 422


def test_figures_that_there_are_not_are_not_found(autumn):
    office = autumn.county.users["office"]
    assert ask(office, f"{PAGE}nonsense/").status_code == 404
    assert ask(office, f"{PAGE}export/ods/").status_code == 404
    assert ask(office, f"{PAGE}signed/export/ods/").status_code == 404


def test_the_workbook_has_a_sheet_for_each_figure_and_the_csv_a_line_for_each_number(autumn):
    office = autumn.county.users["office"]
    answer = ask(office, f"{PAGE}export/xlsx/?period=last_month")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == [
        "Added", "Signed", "Renewed", "Superseded", "Ended", "Review overdue", "Next 12 months",
        "Draft to signature", "Draft to signature by body", "Time to sign by body", "Refusals",
    ]  # fmt: skip
    last = [cell.value for cell in list(book["Signed"].rows)[-1]]
    assert last[0] == "October 2026"
    assert last[3] == 4
    answer = ask(office, f"{PAGE}export/csv/?period=last_month")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert ["Signed", "October 2026", "Number", "4"] in list(csv.reader(io.StringIO(text)))


def test_files_of_other_readers_name_no_body_but_their_own(autumn):
    county = autumn.county
    for form in ("csv", "xlsx"):
        answer = ask(county.users["police_officer"], f"{PAGE}export/{form}/?period=this_quarter")
        content = b"".join(answer.streaming_content)
        if form == "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(content))
            content = str([list(sheet.values) for sheet in book]).encode()
        assert county.police.legal_name.encode() in content
        assert county.trust.legal_name.encode() not in content
        assert county.council.legal_name.encode() not in content


def test_the_print_says_what_the_page_says(autumn):
    office = autumn.county.users["office"]
    pdf = ask(office, f"{PAGE}pdf/?period=last_month", post=True)
    assert pdf["Content-Type"] == "application/pdf"
    run = subprocess.run(
        ["pdftotext", "-", "-"], input=pdf.content, capture_output=True, check=True
    )
    words = "".join(run.stdout.decode().split())
    for said in (
        "What changed: October 2026", "Signed: 4, 4 more than in the period before (0).",
        "Time to sign by body", autumn.county.trust.legal_name,
    ):  # fmt: skip
        assert said.replace(" ", "") in words
    with pikepdf.open(io.BytesIO(pdf.content)) as tagged:
        assert tagged.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in tagged.Root
    assert ask(office, f"{PAGE}pdf/").status_code == 405


def test_many_entries_cost_as_many_statements_as_few(autumn):
    county = autumn.county
    paths = [f"{PAGE}?period=this_quarter", f"{PAGE}signed/?period=this_quarter",
             f"{PAGE}overdue/?period=last_month", f"{PAGE}refused/?period=this_month",
             f"{PAGE}export/xlsx/?period=this_quarter"]  # fmt: skip
    counts = []
    for _ in range(2):
        found = []
        for who in ("office", "police_officer"):
            for path in paths:
                ask(county.users[who], path)
                with CaptureQueriesContext(connection) as statements:
                    ask(county.users[who], path)
                found.append(len(statements))
        counts.append(found)
        with at(11, 20):
            for number in range(4):
                body = county.bodies["council" if number % 2 else "police"]
                drafted(county, body, county.trust, lead=body, state=State.IN_FORCE, title=LONG)
            late = drafted(county, county.council, county.police, title="Later")
            send(late)
            refuse(late, county.police, "legal", times=3)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 45
