"""For twenty dates the pages of the past say what the ledger says, replayed act by act."""

from datetime import date

import pytest

from register.documents.models import Document
from register.documents.services import facts
from register.past.jobs import fill_spans
from register.past.models import Span
from register.past.spans import rebuild
from tests import worlds
from tests.register.past import life as lives
from tests.register.past.comparing import differences

pytestmark = pytest.mark.django_db
DAYS = [
    date(2023, 1, 8), date(2023, 1, 9), date(2023, 2, 1), date(2023, 3, 1), date(2023, 4, 3),
    date(2023, 4, 19), date(2023, 4, 20), date(2023, 5, 2), date(2023, 5, 10), date(2023, 5, 11),
    date(2023, 6, 12), date(2023, 7, 5), date(2023, 9, 4), date(2024, 1, 14), date(2024, 1, 15),
    date(2024, 2, 12), date(2024, 5, 31), date(2024, 6, 1), date(2024, 7, 1), date(2024, 9, 2),
]  # fmt: skip


@worlds.shared
def life():
    return lives.told()


def test_there_are_twenty_dates():
    assert len(set(DAYS)) == 20


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_list_and_every_page_of_a_day_are_what_the_ledger_says(life, day):
    assert differences(life.county.users["office"], day) == []


def test_the_comparison_notices_another_day_another_status_and_another_signatory(life):
    office = life.county.users["office"]
    told = " ".join(differences(office, date(2023, 6, 12), said_of=date(2023, 6, 11)))
    for words in ("WY-A-0001 in the list: state is 'in_force', the ledger says 'signing'",
                  "the page of WY-A-0001: who is", "signed is"):  # fmt: skip
        assert words in told
    overdue = " ".join(differences(office, date(2024, 7, 1), said_of=date(2024, 6, 30)))
    assert "status is 'overdue', the ledger says 'in_force'" in overdue
    left = differences(office, date(2024, 6, 1), said_of=date(2024, 5, 31))
    assert any(each.endswith("members") for each in left)


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
