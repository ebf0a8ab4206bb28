"""Mending many entries of a list: seen before, done once, each with its own history, the rest named."""

import pytest

from register.cleanup import services
from register.cleanup.models import Alike
from register.dashboard.bulk.models import BulkTask
from register.documents.lifecycle import State
from register.documents.models import Party
from register.documents.services import amending, facts
from register.endings.models import Proof
from register.ledger.models import Entry
from register.ledger.verify import verify
from register.notices.models import Notice
from register.reports.models import DuplicateDismissal
from register.search.models import Row
from tests import make, make_documents
from tests.register.dashboard.bulk.conftest import write_entries

pytestmark = pytest.mark.django_db


def history(document) -> list[str]:
    rows = Entry.objects.filter(subject_model="documents.document", subject_pk=str(document.pk))
    return list(rows.order_by("number").values_list("verb", flat=True))


def test_all_that_match_are_confirmed_and_what_changed_meanwhile_is_named(came, browse, together):
    moved = came.entry("ISA-2")

    def meanwhile():
        facts.change_facts(
            by=came.colleague, document=moved, row_version=moved.row_version, marking="OFFICIAL"
        )

    task = together(browse(came.cast.office), "confirm", "lacks=entry", meanwhile=meanwhile)

    assert "As recorded, unconfirmed" in task.page
    assert "<strong>Confirmed</strong>" in task.page
    assert len(task.changed) == 4
    assert [reference for reference, _ in task.skipped] == [moved.reference]
    assert task.skipped[0][1].startswith(f"Changed by {came.colleague.person.name}")
    assert came.entry("ISA-1").is_confirmed
    assert not came.entry("ISA-2").is_confirmed
    assert "document.confirmed" in history(came.entry("ISA-1"))


def test_all_on_every_page_of_a_list_are_those_of_the_list_and_no_others(came, browse):
    write_entries(
        came.cast.partnership, 30, provenance="imported", source="third.csv", is_confirmed=False
    )
    write_entries(came.cast.partnership, 3, start=100)
    client = browse(came.cast.office)
    page = client.get("/register/?lacks=owner&size=25")
    answer = client.post(
        "/register/together/",
        {"act": "confirm", "every": page.context["every"], "back": "/register/?lacks=owner"},
    )
    preview = client.get(f"{answer.url}preview/").content.decode()
    assert "<strong>35 entries</strong>: all that match the filter" in preview
    # One gets its owner meanwhile: it is on the list no more.
    served = came.entry("ISA-4")
    Row.objects.filter(pk=served.pk).update(owner_id=came.cast.office.person.pk)
    client.post(f"{answer.url}preview/")
    task = BulkTask.objects.get()
    assert len(task.changed) == 34
    assert task.skipped == [[served.reference, "It does not match the filter any more."]]


def test_agreements_get_the_protocol_above_them_and_leave_the_list(came, browse, together):
    place = came.cast.partnership
    above = make_documents.charter(place, came.cast.council.organisation)
    protocol = make_documents.protocol(above, make.community(place))
    client = browse(came.cast.office)

    task = together(client, "protocol", "lacks=protocol", protocol=protocol.pk)

    assert len(task.changed) == 5
    assert came.entry("ISA-1").agreement.protocol == protocol
    assert not client.get("/register/?lacks=protocol").context["rows"]
    again = together(
        client, "protocol", "view=all", [came.entry("ISA-1").reference], protocol=protocol.pk
    )
    assert (again.changed, again.same) == ([], [came.entry("ISA-1").pk])


def test_a_party_is_named_on_every_entry_that_has_none(came, browse, together):
    body = came.cast.council.organisation
    task = together(browse(came.cast.office), "party", "lacks=parties", party=body.pk)
    assert task.changed == [came.entry("ISA-4").pk]
    assert Party.objects.get(version__document=came.entry("ISA-4")).organisation == body


def test_dates_in_words_become_days_where_the_words_say_one(came, browse, together):
    document = came.entry("ISA-3")
    assert document.review_words == "Review annually"
    client = browse(came.cast.office)
    task = together(client, "dates", "lacks=date", order="day")
    assert "“Review annually”" in task.page
    assert "Start: 1 February 2023" in task.page
    document = came.entry("ISA-3")
    assert task.changed == [document.pk]
    assert (document.review_words, document.review_on.isoformat()) == ("", "2024-02-01")
    assert "Start date" not in document.extras
    assert not client.get("/register/?lacks=date").context["rows"]


def test_words_that_say_no_day_stay_and_are_named(came, browse, together):
    document = came.entry("ISA-3")
    with_words(document, "when the board agrees", review_on=None)
    task = together(browse(came.cast.office), "dates", "lacks=date", order="month")
    assert task.changed == []
    assert "“when the board agrees” says no day" in task.skipped[0][1]
    assert came.entry("ISA-3").review_words == "when the board agrees"


def test_numbers_are_read_in_the_order_that_was_chosen(came, browse, together):
    with_words(came.entry("ISA-3"), "03/04/2041")
    together(browse(came.cast.office), "dates", "lacks=date", order="month")
    assert came.entry("ISA-3").review_on.isoformat() == "2041-03-04"


def with_words(document, words, **values):
    amending.correct(by="system:test", corrections=[(document, {"review_words": words, **values})])


def test_those_that_are_no_duplicates_are_settled_once_and_the_reports_know_it(
    came, browse, together
):
    services.look_again()
    client = browse(came.cast.office)
    assert client.get("/clean-up/duplicates/").context["pairs"][0][0] >= 88
    task = together(client, "not_alike", "lacks=duplicate", reason="One is of the north")
    assert (len(task.changed), len(task.same)) == (1, 1)
    assert DuplicateDismissal.objects.get().reason == "One is of the north"
    assert not client.get("/register/?lacks=duplicate").context["rows"]
    assert not client.get("/clean-up/duplicates/").context["pairs"]


def test_of_duplicates_that_are_taken_out_together_the_first_stays(came, browse, together):
    services.look_again()
    task = together(browse(came.cast.office), "take_out", "lacks=duplicate", reason="Twice")
    first, second = came.entry("ISA-1"), came.entry("ISA-2")
    assert task.changed == [second.pk]
    assert task.skipped[0][1] == "It came first of those that are alike, so it stays."
    assert first.archived_on is None
    assert second.archived_on is not None
    assert second.newest.state == State.ENDED
    assert second.source_key
    assert not Proof.objects.outstanding().exists()
    assert not Notice.objects.filter(about=second.reference).exists()
    assert "document.taken_out" in history(second)
    verify()


def test_an_entry_that_nothing_is_like_any_more_stays(came, browse, together):
    services.look_again()

    def meanwhile():
        Alike.objects.all().delete()

    refs = [came.entry("ISA-2").reference]
    client = browse(came.cast.office)
    task = together(client, "take_out", "view=all", refs, meanwhile, reason="Twice")
    assert task.changed == []
    assert "Nothing that is like it is left" in task.skipped[0][1]
    assert came.entry("ISA-2").archived_on is None
