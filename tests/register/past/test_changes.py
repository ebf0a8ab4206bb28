"""Putting an earlier wording back, and histories with filters and files."""

import csv
import io

import pytest
from django.urls import reverse

from register.documents.models import Clause, Document
from register.documents.services import drafting, moving
from register.ledger.access import AccessEvent
from register.ledger.models import Entry
from tests import worlds
from tests.register.past import life as lives

pytestmark = pytest.mark.django_db


@worlds.shared
def life():
    found = lives.told()
    again = Document.objects.get(pk=found.documents["charter"].pk)
    found.documents["draft"] = lives.redrafted(found)
    assert again.pk
    return found


def as_(client, life, who):
    client.force_login(life.county.users[who])
    return client


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def put_back(document, when, clause):
    key = f"clause-{clause.lineage}"
    return reverse("past:put_back", args=[when, document.reference, key])


def first(document) -> Clause:
    return Clause.objects.filter(version__document=document).order_by("-version", "position")[0]


def test_an_earlier_wording_is_put_back_as_a_new_change_with_its_reason(client, life):
    document = life.documents["draft"]
    clause = first(document)
    office = as_(client, life, "office")
    page = office.get(reverse("past:entry", args=["2024-03-01", document.reference]))
    assert [piece.name for piece in page.context["puts_back"]] == ["Clause 1 Purpose"]
    address = put_back(document, "2024-03-01", clause)
    form = text_of(office.get(address))
    assert "The first words." in form
    assert "The second words." in form

    sent = {"row_version": clause.row_version, "reason": "The second words were a slip."}
    answer = office.post(address, sent)

    assert answer.status_code == 302
    assert first(document).text == "<p>The first words.</p>"
    entry = Entry.objects.get(verb="wording.put_back")
    assert entry.reason == "The second words were a slip."
    assert "2024-03-01" in entry.detail
    assert office.get(address).status_code == 404


def test_an_earlier_wording_needs_a_reason_and_the_newest_row(client, life):
    document = life.documents["draft"]
    clause = first(document)
    office = as_(client, life, "office")
    address = put_back(document, "2024-03-01", clause)
    empty = office.post(address, {"row_version": clause.row_version, "reason": ""})
    late = office.post(address, {"row_version": clause.row_version + 1, "reason": "Slip."})
    assert empty.status_code == 422
    assert "Say why the earlier wording is put back." in text_of(empty)
    assert late.status_code == 409
    assert first(document).text == "<p>The second words.</p>"


def test_who_may_not_write_in_the_draft_puts_nothing_back(client, life):
    document = life.documents["draft"]
    address = put_back(document, "2024-03-01", first(document))
    auditor = as_(client, life, "auditor")
    assert auditor.get(address).status_code == 403
    assert auditor.post(address, {"row_version": 1, "reason": "x"}).status_code == 403
    assert as_(client, life, "police_officer").get(address).status_code == 404


def test_a_text_out_for_signature_takes_no_wording_back(client, life):
    document = life.documents["draft"]
    clause = first(document)
    moving.open_consultation(by="system:test", version=document.newest)
    moving.discard(by="system:test", version=document.newest, reason="Not needed.")
    address = put_back(document, "2024-03-01", clause)
    answer = as_(client, life, "office").get(address)
    assert answer.status_code == 404
    assert drafting


def rows_of(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode()
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))


def test_the_history_of_an_entry_is_filtered_by_act_person_and_days(client, life):
    document = life.documents["shared"]
    office = as_(client, life, "office")
    address = reverse("documents:history", args=[document.reference])
    every = office.get(address)
    assert every.context["page"].count == Entry.objects.about(document).count()

    def verbs(query):
        return {line.entry.verb for line in office.get(f"{address}?{query}").context["lines"]}

    assert verbs("verb=version.revised") == {"version.revised"}
    assert verbs("since=1 5 2024&until=30 9 2024") == {
        row.verb for row in Entry.objects.about(document).filter(at__year=2024, at__month__gte=5)
    }
    assert verbs("since=2 9 2024&until=2 9 2024")
    assert verbs("since=3 9 2024") == set()
    assert verbs("who=system:test") == {line.entry.verb for line in every.context["lines"]} | verbs(
        ""
    )
    assert "Part of the filter was not understood" in text_of(office.get(f"{address}?since=soon"))


@pytest.mark.parametrize("query", ["who=%00", "verb=__class__", "since=99999", "size=x", "who=a:b"])
def test_hostile_addresses_show_the_history(client, life, query):
    address = reverse("documents:history", args=[life.documents["shared"].reference])
    assert as_(client, life, "office").get(f"{address}?{query}").status_code == 200


def test_the_history_goes_out_as_a_file_and_that_is_noted(client, life):
    document = life.documents["shared"]
    address = reverse("documents:history", args=[document.reference])
    answer = as_(client, life, "office").get(f"{address}?as=csv&verb=version.revised")
    header, *rows = rows_of(answer)
    assert header[3] == "What"
    assert len(rows) == 1
    assert "Added WY-A-0001 version 2." in rows[0][6]
    event = AccessEvent.objects.get(kind="history.exported")
    assert event.detail.startswith("History of WY-A-0001: ")


def test_who_reads_milestones_only_takes_no_history_away(client, life):
    document = life.documents["shared"]
    address = reverse("documents:history", args=[document.reference])
    answer = as_(client, life, "council_manager").get(f"{address}?as=csv")
    assert "milestones" in text_of(answer)
    assert not AccessEvent.objects.filter(kind="history.exported").exists()


def test_the_history_of_a_body_a_person_and_the_register_goes_out_filtered(client, life):
    auditor = as_(client, life, "auditor")
    body, person = life.county.police, life.county.people["council_officer"]
    for address in (
        reverse("directory:organisation_history", args=[body.pk]),
        reverse("directory:person_history", args=[person.pk]),
    ):
        shown = auditor.get(f"{address}?until=1 1 2026").context["page"].count
        header, *rows = rows_of(auditor.get(f"{address}?as=csv&until=1 1 2026"))
        assert shown == len(rows) > 0
        assert header[0] == "Number"
    whole = as_(client, life, "auditor").get("/history/?since=1 5 2024&until=31 5 2024")
    assert {line.entry.at.date().month for line in whole.context["lines"]} == {5}
