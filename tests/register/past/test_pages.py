"""The pages of the past through the client: who sees what, which words, which files."""

import csv
import io
import re
import subprocess
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from register.core.dates import today, words
from register.documents.models import Document
from register.documents.services import facts
from register.ledger.access import AccessEvent
from register.past.moments import Moment
from register.past.then import then
from tests import make, worlds
from tests.register.past import life as lives

pytestmark = pytest.mark.django_db


@worlds.shared
def life():
    return lives.told()


def as_(client, life, who):
    client.force_login(life.county.users[who])
    return client


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def entry(when, document):
    return reverse("past:entry", args=[when, document.reference])


def words_of(pdf: bytes) -> str:
    read = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(read.stdout.decode().split())


def rows_of(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode()
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))


def test_a_day_leads_to_the_list_and_with_a_reference_to_the_entry(client, life):
    office = as_(client, life, "office")
    assert office.get("/past/?on=12 6 2023").url == "/past/2023-06-12/"
    assert office.get("/past/?on=12 June 2023&at=14.05").url == "/past/2023-06-12T14-05/"
    assert office.get("/past/?on=12/6/2023&ref=WY-A-0001").url == "/past/2023-06-12/WY-A-0001/"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("on=", "Enter the day, for example 12 3 2025."),
        ("on=1 1 2090", "Enter a day that is not after today."),
        ("on=12 3 2025&at=25:00", "Enter a time such as 14:05, or leave it empty."),
    ],
)
def test_a_day_that_cannot_be_shown_is_refused_with_a_sentence(client, life, query, sentence):
    answer = as_(client, life, "office").get(f"/past/?{query}")
    assert answer.status_code == 422
    assert sentence in text_of(answer)


@pytest.mark.parametrize("when", ["2999-01-01", "20230612", "2023-13-01", "x", "2023-06-12T99-00"])
def test_an_address_that_names_no_past_day_is_not_found(client, life, when):
    assert as_(client, life, "office").get(f"/past/{when}/").status_code == 404


def test_the_list_says_its_day_and_shows_each_entry_as_it_stood(client, life):
    answer = as_(client, life, "office").get("/past/2023-05-20/")
    page = text_of(answer)
    assert "As at 20 May 2023, at the end of the day." in page
    assert [row.row.reference for row in answer.context["rows"]] == ["WY-A-0001", "WY-C-0001"]
    assert [row.status for row in answer.context["rows"]] == ["signing", "in_force"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=signing", ["WY-A-0001"]),
        ("status=in_force", ["WY-C-0001"]),
        ("tier=3", ["WY-A-0001"]),
        ("status=overdue", []),
        ("archived=on", []),
        ("status=x&tier=9&body=99999999999999999999", ["WY-A-0001", "WY-C-0001"]),
    ],
)
def test_the_list_is_filtered_by_what_was_true_then(client, life, query, found):
    answer = as_(client, life, "office").get(f"/past/2023-05-20/?{query}")
    assert [row.row.reference for row in answer.context["rows"]] == found


def test_the_list_is_filtered_by_a_body_of_that_day(client, life):
    trust = life.county.trust.pk
    early = as_(client, life, "office").get(f"/past/2023-05-20/?body={trust}")
    later = client.get(f"/past/2023-09-10/?body={trust}")
    assert [row.row.reference for row in early.context["rows"]] == ["WY-C-0001"]
    assert [row.row.reference for row in later.context["rows"]] == ["WY-A-0002", "WY-C-0001"]


def test_a_review_was_overdue_from_the_day_after_its_date(client, life):
    office = as_(client, life, "office")
    for day, overdue in (("2024-06-30", []), ("2024-07-01", ["WY-A-0001"])):
        answer = office.get(f"/past/{day}/?status=overdue")
        assert [row.row.reference for row in answer.context["rows"]] == overdue, day


def test_the_entry_says_what_was_in_force_and_who_had_signed_which_wording(client, life):
    shared = life.documents["shared"]
    signed = shared.versions.get(number=1).body_sha256[:12]
    page = text_of(as_(client, life, "office").get(entry("2024-01-20", shared)))
    assert "Version 1 was in force, since 12 June 2023." in page
    assert "Why the two share." in page
    assert "In fewer words." not in page
    assert signed in page
    assert "Missing people" in page


def test_a_signature_recorded_later_is_told_apart_from_what_was_known(client, life):
    shared = life.documents["shared"]
    office = as_(client, life, "office")
    before = text_of(office.get(entry("2023-06-01", shared)))
    after = text_of(office.get(entry("2023-06-12", shared)))
    assert "Nothing of it was in force." in before
    assert "Not yet signed" in before
    assert "for WY Police on 11 May 2023: recorded on 12 June 2023." in before
    assert '11 May 2023 <span class="register-quiet">(recorded on 12 June 2023)</span>' in after
    assert "recorded on 12 June 2023." not in after


def test_members_are_those_of_the_day(client, life):
    shared, office = life.documents["shared"], as_(client, life, "office")
    members = {
        when: office.get(entry(when, shared)).context["then"].members
        for when in ("2024-05-31", "2024-06-01")
    }
    assert "WY Police" in members["2024-05-31"]
    assert "WY Police" not in members["2024-06-01"]


def test_an_entry_that_was_not_there_yet_says_so(client, life):
    answer = as_(client, life, "office").get(entry("2023-01-20", life.documents["shared"]))
    assert answer.status_code == 200
    assert "It was not in the register on that day" in text_of(answer)


def test_a_reader_without_drafts_sees_no_draft_of_the_past(client, life):
    shared, manager = life.documents["shared"], as_(client, life, "council_manager")
    Document.objects.get(pk=shared.pk)
    assert client.get(entry("2024-01-20", shared)).status_code == 200
    client.force_login(life.county.users["police_manager"])
    known = client.get(entry("2023-07-10", shared))
    if known.status_code == 200:
        assert [v.number for v in known.context["then"].versions] == [1]
        assert "In fewer words." not in text_of(client.get(entry("2024-01-20", shared)))
    assert manager is client


def test_who_may_not_see_an_entry_now_sees_no_past_of_it(client, life):
    closed = life.documents["closed"]
    as_(client, life, "police_officer")
    listed = client.get("/past/2023-10-01/")
    assert closed.reference not in text_of(listed)
    assert listed.context["page"].count == len(listed.context["rows"])
    for name, args in (("entry", []), ("pdf", [])):
        address = reverse(f"past:{name}", args=["2023-10-01", closed.reference, *args])
        answer = client.post(address) if name == "pdf" else client.get(address)
        assert answer.status_code == 404
    assert client.get(reverse("past:compare", args=[closed.reference])).status_code == 404
    rows = rows_of(client.get("/past/2023-10-01/export/csv/"))
    assert closed.reference not in {row[1] for row in rows}
    assert closed.reference in text_of(as_(client, life, "office").get("/past/2023-10-01/"))


def test_the_files_say_their_day_and_are_noted(client, life):
    office = as_(client, life, "office")
    answer = office.get("/past/2023-05-20/export/csv/?tier=3")
    header, *rows = rows_of(answer)
    assert 'filename="register-as-at-2023-05-20.csv"' in answer["Content-Disposition"]
    assert header[:3] == ["As at", "Reference", "Title"]
    assert [row[:3] for row in rows] == [["20 May 2023", "WY-A-0001", "Missing people"]]
    book = load_workbook(io.BytesIO(b"".join(office.get("/past/2023-05-20/export/xlsx/"))))
    assert book.sheetnames[0] == "As at 2023-05-20"
    assert book.active["A2"].value == "20 May 2023"
    event = AccessEvent.objects.get(kind="past.exported.csv")
    assert event.detail == "As at 20 May 2023: tier 3"
    assert office.get("/past/2023-05-20/export/pdf/").status_code == 404


def test_the_list_on_paper_says_its_day_and_its_filter_and_leaves_out_what_is_not_ours(
    client, life
):
    answer = as_(client, life, "police_officer").post("/past/2023-10-01/pdf/?tier=3")
    assert 'filename="register-as-at-2023-10-01.pdf"' in answer["Content-Disposition"]
    said = words_of(answer.content)
    for told in ("The register as at 1 October 2023", "Filter: tier 3. Entries: 1.",
                  "Missing people", "In force", "version 1", "30 Jun 2024"):  # fmt: skip
        assert told in said, (told, said)
    assert life.documents["closed"].reference not in said
    assert (
        AccessEvent.objects.get(kind="past.exported.pdf").detail == "As at 1 October 2023: tier 3"
    )


@pytest.mark.parametrize(
    ("most", "when", "sentence"),
    [(300, "2022-01-01", "No entry of this list was in the register on 1 January 2022."),
     (1, "2023-10-01", "The list holds more than 1 entries")],
)  # fmt: skip
def test_a_list_that_paper_does_not_take_is_refused_with_a_sentence(
    client, life, monkeypatch, most, when, sentence
):
    for module in ("list_paper", "views.listing"):
        monkeypatch.setattr(f"register.past.{module}.MOST", most)
    answer = as_(client, life, "office").post(f"/past/{when}/pdf/")
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not AccessEvent.objects.filter(kind="past.exported.pdf").exists()


def test_a_guest_of_one_entry_is_told_nothing_of_who_belongs_to_the_partnership(life):
    shared, office = life.documents["shared"], life.county.users["office"]
    elsewhere = make.member(make.partnership("Elsewhere", "EL"), "A charity elsewhere")
    guest = make.officer("body_officer", elsewhere)
    moment = Moment(date(2023, 10, 1))
    facts.name_readers(by="system:test", document=shared, people=[guest.person])
    found = then(make.fresh(guest), shared, moment)
    assert found.version.number == 1
    assert (found.members, found.community_members) == ([], [])
    assert "WY Police" in then(office, shared, moment).members


def test_today_shows_what_the_register_shows(client, life):
    answer = as_(client, life, "office").get(f"/past/{today().isoformat()}/")
    assert {row.row.reference: row.status for row in answer.context["rows"]} == {
        "WY-A-0001": "ended", "WY-A-0002": "draft", "WY-C-0001": "in_force",
    }  # fmt: skip
    assert words(today()) in text_of(answer)


def test_a_page_of_the_list_makes_the_same_statements_for_one_entry_and_for_three(client, life):
    office = as_(client, life, "office")
    counts = []
    for when in ("2023-02-10", "2023-10-01"):
        office.get(f"/past/{when}/")
        with CaptureQueriesContext(
            connection,
        ) as made:
            rows = office.get(f"/past/{when}/").context["rows"]
        counts.append((len(rows), len(made)))
    assert counts[0][0] == 1
    assert counts[1][0] == 3
    assert counts[1][1] <= counts[0][1] + 6  # what tier 3 asks besides, once


def test_the_pdf_of_a_day_says_so_in_its_foot(client, life):
    shared = life.documents["shared"]
    answer = as_(client, life, "office").post(
        reverse("past:pdf", args=["2024-01-20", shared.reference])
    )
    assert answer.status_code == 200
    assert "as-at-2024-01-20.pdf" in answer["Content-Disposition"]
    assert "As at 20 January 2024." in words_of(answer.content)


def test_two_days_are_compared_in_text_and_in_sentences(client, life):
    shared = life.documents["shared"]
    office = as_(client, life, "office")
    address = reverse("past:compare", args=[shared.reference])
    page = text_of(office.get(f"{address}?since=4 4 2023&until=20 7 2023"))
    assert "Version 1 went from draft to in force." in page
    assert "Review date changed from not set to 30 June 2024." in page
    assert "then signed by Council" in page
    assert "the two" in page
    assert "Why" in page
    assert "<ins" in page
    wrong = office.get(f"{address}?since=4 4 2023&until=4 4 2023")
    assert wrong.status_code == 422
    assert "Enter a day after the first one." in text_of(wrong)
    since = text_of(office.get(f"{address}?since=20 7 2023"))
    assert re.search(r"Version 2: (\d+) of \1 places signed on", since)
    assert "It came into the register after 4 January 2023." in text_of(
        office.get(f"{address}?since=4 1 2023&until=20 7 2023")
    )
    assert date(2023, 4, 4) < date(2023, 7, 20)
