"""Going live: what is foreseen is what is sent, reviews are spread, and a release is done once."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.cleanup.going_live import preview_of
from register.cleanup.to_come import DAYS, OVERDUE, messages_to_come
from register.core.dates import add_months, pretend, today
from register.core.working_days import is_working_day
from register.documents.models import Document
from register.documents.services import facts
from register.documents.services.facts import change_facts
from register.ledger.models import Entry
from register.notices.models import Notice
from register.reviews.services import tell_leads
from register.search.models import Row
from tests.register.dashboard.bulk.conftest import write_entries

pytestmark = pytest.mark.django_db


def on(day: date):
    return pretend(datetime.combine(day, time(9), tzinfo=UTC))


def settle(came, *references: str, **values) -> list[Document]:
    """Confirm entries and give them an owner."""
    rows = [came.entry(each) for each in references]
    facts.confirm_many(by=came.cast.office, documents=rows)
    for row in rows:
        row.refresh_from_db()
        change_facts(
            by=came.cast.office, document=row, row_version=row.row_version,
            owner=came.cast.office.person, **values,
        )  # fmt: skip
    return rows


def test_what_is_foreseen_is_what_the_worker_sends(came):
    late, *_ = settle(came, "ISA-1", "ISA-2")
    soon = came.entry("ISA-2")
    change_facts(
        by=came.cast.office, document=soon, row_version=soon.row_version,
        review_on=add_months(today(), 2),
    )  # fmt: skip
    keys = [late.pk, soon.pk]
    foreseen = messages_to_come(keys)
    assert len(foreseen) >= 4
    assert foreseen[0].on == today()
    assert OVERDUE in {message.says for message in foreseen}
    assert tell_leads() == 0

    facts.release(by=came.cast.office, documents=[late, soon])
    sent = []
    for day in sorted({message.on for message in foreseen}):
        with on(day):
            before = set(Notice.objects.values_list("pk", flat=True))
            tell_leads()
            new = Notice.objects.exclude(pk__in=before)
            sent += [(day, to) for to in new.values_list("to", flat=True)]
    assert sent == [(message.on, message.to) for message in foreseen]
    with on(max(message.on for message in foreseen)):
        assert tell_leads() == 0


def test_the_page_says_who_would_hear_what_and_nothing_is_written(came, browse):
    settle(came, "ISA-1")
    before = Entry.objects.count(), Notice.objects.count()
    page = browse(came.cast.office).get("/clean-up/go-live/")
    going = page.context["going"]
    assert going.entries == 5
    assert going.unconfirmed == 4
    assert [each.to for each in going.recipients] == [came.cast.office.email]
    assert going.counts == [1, 1, 1]
    text = page.content.decode()
    assert "4 of them are not confirmed" in text
    assert "Go on to release 5 entries" in text
    assert (Entry.objects.count(), Notice.objects.count()) == before


def test_entries_are_chosen_by_the_filter_of_the_register(came, browse):
    client = browse(came.cast.office)
    page = client.get(f"/clean-up/go-live/?came={came.second.pk}")
    assert (page.context["count"], page.context["going"].entries) == (1, 1)
    page = client.get("/clean-up/go-live/?lacks=review")
    assert page.context["count"] == 3
    assert "lacks=review&messages=held" in page.context["list_address"]
    assert client.get("/clean-up/go-live/?lacks=nonsense").context["count"] == 5


def test_all_are_released_in_one_act_with_overdue_reviews_spread(came, browse, together):
    settle(came, "ISA-1", "ISA-4")
    client = browse(came.cast.office)
    task = together(client, "release", "messages=held", overdue="spread", months=3, a_week=1)
    assert "3 overdue reviews, by owner" in task.page
    assert "What would be mailed" in task.page
    assert len(task.changed) == 5
    assert not task.skipped
    for reference in ("ISA-1", "ISA-4"):
        entry = came.entry(reference)
        assert entry.released_at is not None
        assert today() < entry.review_on <= add_months(today(), 3)
        assert is_working_day(entry.review_on)
        assert entry.review_on.isoformat() in task.values["dates"].values()
    assert came.entry("ISA-2").review_on == date(2040, 3, 31)
    told = Entry.objects.filter(
        subject_model="documents.document", subject_pk=str(came.entry("ISA-1").pk)
    ).order_by("-number")
    assert list(told.values_list("verb", "reason")[:2]) == [
        ("document.released", ""),
        ("document.changed", "Spread when messages about it were released."),
    ]
    assert not client.get("/register/?messages=held").context["rows"]


def test_released_twice_does_nothing(came, browse, together):
    client, refs = browse(came.cast.office), [came.entry("ISA-1").reference]
    together(client, "release", "view=all", refs, overdue="leave")
    entry = came.entry("ISA-1")
    again = together(client, "release", "view=all", refs, overdue="spread", months=3, a_week=5)
    assert (again.changed, again.same) == ([], [entry.pk])
    now = came.entry("ISA-1")
    assert (now.released_at, now.review_on, now.row_version) == (
        entry.released_at, date(2024, 3, 31), entry.row_version,
    )  # fmt: skip


def test_an_entry_that_changed_meanwhile_is_neither_moved_nor_released(came, browse, together):
    moved = came.entry("ISA-1")

    def meanwhile():
        change_facts(
            by=came.colleague, document=moved, row_version=moved.row_version, marking="OFFICIAL"
        )

    task = together(
        browse(came.cast.office), "release", "messages=held", meanwhile=meanwhile,
        overdue="spread", months=3, a_week=5,
    )  # fmt: skip
    assert [reference for reference, _ in task.skipped] == [moved.reference]
    entry = came.entry("ISA-1")
    assert (entry.released_at, entry.review_on) == (None, date(2024, 3, 31))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"overdue": ""}, "Choose what becomes of overdue reviews."),
        ({"overdue": "spread", "months": "", "a_week": 3}, "Enter over how many months"),
        ({"overdue": "spread", "months": 2, "a_week": ""}, "Enter how many reviews a week"),
    ],
)
def test_a_pace_that_cannot_be_kept_is_refused_by_its_field(came, browse, values, sentence):
    client = browse(came.cast.office)
    answer = client.post(
        "/register/together/",
        {"act": "release", "ref": [came.entry("ISA-1").reference], "back": "/register/"},
    )
    refused = client.post(answer.url, values)
    assert refused.status_code == 422
    assert sentence in refused.content.decode()


def test_more_reviews_than_the_weeks_hold_are_refused_with_the_room_there_is(came, browse):
    write_entries(
        came.cast.partnership, 5, provenance="imported", source="third.csv",
        review_on=date(2024, 1, 1),
    )  # fmt: skip
    Row.objects.filter(reference__contains="-X-").update(state="in_force")
    client = browse(came.cast.office)
    refs = [row.reference for row in client.get("/register/?lacks=review").context["rows"]]
    answer = client.post("/register/together/", {"act": "spread", "ref": refs, "back": ""})
    refused = client.post(answer.url, {"months": 1, "a_week": 1, "reason": "Too many"})
    assert refused.status_code == 422
    assert "8 reviews do not fit: 1 month holds" in refused.content.decode()


def test_reviews_are_spread_without_a_release_and_others_are_left_out(came, browse, together):
    refs = [came.entry(each).reference for each in ("ISA-1", "ISA-2")]
    task = together(
        browse(came.cast.office), "spread", "view=all", refs, months=2, a_week=5, reason="Too many"
    )
    assert task.changed == [came.entry("ISA-1").pk]
    assert task.skipped[0][1] == "Only reviews that are overdue and not open are spread."
    assert came.entry("ISA-1").released_at is None


def test_hidden_entries_count_for_nothing_in_the_preview_of_others(came):
    hidden, *_ = settle(came, "ISA-1")
    change_facts(
        by="system:test", document=hidden, row_version=came.entry("ISA-1").row_version,
        visibility="named", is_restricted=True,
    )  # fmt: skip
    assert preview_of(came.cast.off_b, [hidden.pk]).entries == 0
    assert preview_of(came.cast.office, [hidden.pk]).entries == 1


def test_the_preview_costs_the_same_few_statements_at_any_number(came):
    rows = write_entries(came.cast.partnership, 40, provenance="imported", source="third.csv")
    few, many = [came.entry("ISA-1").pk], [row.pk for row in rows] + [came.entry("ISA-1").pk]

    def cost(keys):
        with CaptureQueriesContext(connection) as asked:
            preview_of("system:test", keys)
        return len(asked)

    assert cost(few) == cost(many) <= 12
    assert DAYS == 90
