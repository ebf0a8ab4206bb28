"""For twenty dates the pages of the past say what the ledger says, replayed act by act."""

from datetime import date

import pytest

from register.documents.models import Document
from register.documents.services import facts
from register.past.entries_then import rows_then
from register.past.jobs import fill_spans
from register.past.models import Span
from register.past.moments import Moment
from register.past.seeing import visible_spans
from register.past.spans import rebuild
from register.past.then import then
from tests import worlds
from tests.register.past import life as lives
from tests.register.past.replaying import entries_by, members_by

pytestmark = pytest.mark.django_db
DAYS = [
    date(2023, 1, 8), date(2023, 1, 9), date(2023, 2, 1), date(2023, 3, 1), date(2023, 4, 3),
    date(2023, 4, 19), date(2023, 4, 20), date(2023, 5, 2), date(2023, 5, 10), date(2023, 5, 11),
    date(2023, 6, 12), date(2023, 7, 5), date(2023, 9, 4), date(2024, 1, 14), date(2024, 1, 15),
    date(2024, 2, 11), date(2024, 2, 12), date(2024, 5, 31), date(2024, 6, 1), date(2024, 9, 2),
]  # fmt: skip


@worlds.shared
def life():
    return lives.told()


def listed(user, moment):
    """The entries of the list as at a moment, with what it says of each."""
    at = moment.instant
    spans = visible_spans(user).filter(begins__lte=at, ends__gt=at)
    rows = rows_then(user, [span.document_id for span in spans.order_by("reference")], moment)
    assert {row.row.reference: row.row.status for row in rows} == {
        span.reference: span.status for span in spans
    }
    return {row.row.reference: row for row in rows}


def test_there_are_twenty_dates():
    assert len(set(DAYS)) == 20


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_list_of_a_day_is_what_the_ledger_says(life, day):
    moment, user = Moment(day), life.county.users["office"]
    said = entries_by(moment.instant)

    shown = listed(user, moment)

    assert set(shown) == set(said)
    for reference, known in said.items():
        row = shown[reference]
        assert (row.row.title, row.row.state, row.row.version_number) == (
            known["title"], known["state"], known["version"],
        )  # fmt: skip
        assert (row.row.signed, row.row.slots, row.row.parties) == (
            known["signed"], known["slots"], known["parties"],
        )  # fmt: skip
        assert row.review == known["review_on"]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_each_entry_of_a_day_is_what_the_ledger_says(life, day):
    moment, user = Moment(day), life.county.users["office"]
    said = entries_by(moment.instant)
    members = members_by(moment.instant, day)

    for document in Document.objects.order_by("pk"):
        found = then(user, document, moment)
        if document.reference not in said:
            assert found is None
            continue
        known = said[document.reference]
        assert (found.version.title, found.version.state) == (known["title"], known["state"])
        clauses = [(each["heading"], each["text"]) for each in found.body["clauses"]]
        assert clauses == known["clauses"]
        signed = {
            p["wording"] for p in found.signed if p["state"] == "signed" and not p["voided_on"]
        }
        assert sorted(signed) == known["wordings"]
        assert set(found.members) == members


def test_the_spans_written_with_the_acts_are_those_that_history_gives(life):
    def said():
        """Each change of an entry's facts with its day; an act may close and open spans on its way."""
        told: list = []
        for span in Span.objects.order_by("document_id", "begins", "pk"):
            facts = (span.reference, span.status, span.review_on, span.is_issued)
            if span.ends > span.begins and (not told or told[-1][0] != facts):
                told.append((facts, span.begins.date()))
        return told

    kept = said()
    assert len(kept) >= 8
    rebuild(list(Document.objects.values_list("pk", flat=True)))
    assert said() == kept


def test_the_worker_fills_in_entries_that_have_no_spans_and_no_act_is_faster(life):
    kept = Span.objects.count()
    document = life.documents["charter"]
    Span.objects.filter(document_id=document.pk).delete()
    facts.add_external_reference(by="system:test", document=document, value="X-9")
    assert not Span.objects.filter(document_id=document.pk).exists()

    assert fill_spans() == 1

    begins = Span.objects.filter(document_id=document.pk).order_by("begins").first().begins
    assert begins.date() == date(2023, 2, 1)
    assert Span.objects.count() <= kept + 1
    assert fill_spans() == 0
