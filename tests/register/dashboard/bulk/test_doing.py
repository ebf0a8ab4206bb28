"""Acts on many entries: shown before, done once, each entry with its own history, the rest left out and named."""

from datetime import timedelta

import pytest

from register.core.dates import today
from register.core.dates import words as day_words
from register.dashboard.bulk import services
from register.dashboard.bulk.jobs import finish_tasks
from register.dashboard.bulk.models import BulkTask, TaskState
from register.documents.models import Document
from register.documents.services import facts
from register.ledger.models import Entry
from register.ledger.sentences import lines
from register.notices.models import Notice
from register.reviews.models import Review
from register.reviews.services import open_review
from register.search.models import Row
from tests import make, make_documents


def preview(task) -> str:
    return f"{task.get_absolute_url()}preview/"


def do(client, task, **values) -> BulkTask:
    """Fill in, look, confirm."""
    if values:
        filled = client.post(task.get_absolute_url(), values)
        assert filled.status_code == 302, filled.content.decode()
    assert client.get(preview(task)).status_code == 200
    assert client.post(preview(task)).url == task.get_absolute_url()
    task.refresh_from_db()
    return task


def test_the_preview_says_the_number_again_and_the_first_ten_and_cancelling_changes_nothing(
    people, browse, entries, choose
):
    entries(people.partnership, 42)
    client = browse(people.office)
    task = choose(client, "owner", page=client.get("/register/?tier=3"))
    client.post(task.get_absolute_url(), {"owner": people.office.person.pk})
    before = Entry.objects.count()

    page = client.get(preview(task)).content.decode()

    assert "<strong>42 entries</strong>: all that match the filter" in page
    assert "The first 10, before and after" in page
    assert page.count('<td class="register-nowrap" data-label="Reference">') == 10
    assert page.count("Nobody yet") == 10
    assert "Change the owner of 42 entries" in page
    assert 'href="/register/">Cancel</a>' in page
    assert Entry.objects.count() == before
    assert not Document.objects.filter(owner__isnull=False).exists()


def test_the_owner_changes_and_each_entry_has_it_in_its_own_history(
    people, browse, entries, choose
):
    rows = entries(people.partnership, 3)
    other = entries(people.partnership, 1, start=50)[0]
    client = browse(people.office)
    task = choose(client, "owner", [row.reference for row in rows])

    do(client, task, owner=people.off_a.person.pk, reason="A new post")

    assert sorted(task.changed) == [row.pk for row in rows]
    assert set(Row.objects.filter(pk__in=task.changed).values_list("owner_name", flat=True)) == {
        people.off_a.person.name
    }
    for row in rows:
        newest = Entry.objects.about(row).newest_first()[0]
        (line,) = lines([newest])
        assert (line.who, line.reason) == (people.office.person.name, "A new post")
        assert line.sentences == [f"Owner changed from nothing to {people.off_a.person.name}."]
    other.refresh_from_db()
    assert other.owner is None
    page = client.get(task.get_absolute_url()).content.decode()
    assert "3 entries: owner changed" in page


def test_the_review_date_needs_a_reason_and_a_day_to_come(people, browse, entries, choose):
    row = entries(people.partnership, 1)[0]
    client = browse(people.office)
    task = choose(client, "review_on", [row.reference])
    blank = client.post(task.get_absolute_url(), {"review_on": "", "reason": ""})
    past = client.post(task.get_absolute_url(), {"review_on": "1 1 2020", "reason": "x"})
    assert blank.status_code == past.status_code == 422
    assert f"Enter a review date after {day_words(today())}." in past.content.decode()
    assert "Enter reason." in blank.content.decode()

    day = today() + timedelta(days=100)
    do(client, task, review_on=day.strftime("%d %m %Y"), reason="Spread over the year")

    row.refresh_from_db()
    assert row.review_on == day
    assert row.history.first().history_change_reason == "Spread over the year"


def test_reviews_are_started_where_there_is_something_to_review(people, browse, entries, choose):
    both = [people.council.organisation, people.police.organisation]
    running = make_documents.agreement(people.partnership, *both, state="in_force")
    begun = make_documents.agreement(people.partnership, *both, state="in_force")
    open_review(by=make.TEST, document=begun, because="Asked")
    idle = entries(people.partnership, 1)[0]
    client = browse(people.office)
    task = choose(client, "review", [running.reference, begun.reference, idle.reference])

    do(client, task, reason="The law changed")

    assert task.changed == [running.pk]
    assert task.same == [begun.pk]
    assert task.skipped == [[idle.reference, "Only what is in force is reviewed."]]
    assert Review.objects.open().get(document=running).because == "The law changed"


def test_tags_are_added_and_removed_and_others_stay(people, browse, entries, choose):
    one, two = entries(people.partnership, 2)
    facts.change_facts(by=make.TEST, document=one, row_version=1, tags=["old", "stays"])
    client = browse(people.office)
    task = choose(client, "tags", [one.reference, two.reference])
    nothing = client.post(task.get_absolute_url(), {"add": " , "})
    assert "Enter a tag to add or a tag to remove." in nothing.content.decode()

    do(client, task, add="new,  two  words", remove="old")

    assert [t.word for t in one.tags.order_by("word")] == ["new", "stays", "two words"]
    assert [t.word for t in two.tags.order_by("word")] == ["new", "two words"]
    tagged = client.get("/register/?tag=two+words")
    assert {row.pk for row in tagged.context["rows"]} == {one.pk, two.pk}


def test_what_changed_after_it_was_chosen_is_left_out_and_who_changed_it_is_named(
    people, browse, entries, choose
):
    one, two = entries(people.partnership, 2)
    client = browse(people.office)
    task = choose(client, "owner", [one.reference, two.reference])
    colleague = make.officer("register_officer", people.partnership)
    facts.change_facts(
        by=colleague, document=two, row_version=1, review_on=today() + timedelta(days=9)
    )

    do(client, task, owner=people.office.person.pk)

    assert task.changed == [one.pk]
    ((reference, why),) = task.skipped
    assert reference == two.reference
    assert why.startswith(f"Changed by {colleague.person.name} on ")
    page = client.get(task.get_absolute_url()).content.decode()
    assert "1 entry: owner changed, 1 left out" in page
    assert why in page
    two.refresh_from_db()
    assert two.owner is None


def test_what_somebody_may_not_change_is_left_out_with_the_reason(people, browse, choose):
    both = [people.council.organisation, people.police.organisation]
    mine = make_documents.agreement(
        people.partnership, *both, state="in_force", lead=people.police.organisation
    )
    theirs = make_documents.agreement(
        people.partnership, *both, state="in_force", lead=people.council.organisation
    )
    client = browse(people.off_b)
    task = choose(client, "owner", [mine.reference, theirs.reference])
    client.post(task.get_absolute_url(), {"owner": people.off_b.person.pk})
    assert "1 of them you may not change" in client.get(preview(task)).content.decode()

    do(client, task, owner=people.off_b.person.pk)

    assert task.changed == [mine.pk]
    assert task.skipped == [
        [theirs.reference, "Only officers of Wyrefordshire County Council or of the partnership "
         "office may change it."]
    ]  # fmt: skip


def test_what_the_filter_no_longer_finds_is_left_out_and_what_it_finds_besides_is_not_touched(
    people, browse, entries, choose
):
    owner = people.office.person
    rows = entries(people.partnership, 30, owner=owner)
    client = browse(people.office)
    task = choose(client, "tags", page=client.get(f"/register/?owner={owner.pk}"))
    facts.change_facts(by=make.TEST, document=rows[0], row_version=1, owner=None)
    new = entries(people.partnership, 1, start=900, owner=owner)[0]
    client.post(task.get_absolute_url(), {"add": "x"})
    page = client.get(preview(task)).content.decode()
    assert "<strong>29 entries</strong>" in page
    assert "The list had 30: 1 of them does not match any more" in page

    do(client, task)

    assert sorted(task.changed) == [row.pk for row in rows[1:]]
    assert task.skipped == [[rows[0].reference, services.NO_MATCH]]
    assert not new.tags.exists()


def test_confirming_twice_does_it_once_and_the_result_can_be_read_again(
    people, browse, entries, choose
):
    rows = entries(people.partnership, 2)
    client = browse(people.office)
    task = choose(client, "owner", [row.reference for row in rows])
    do(client, task, owner=people.office.person.pk)
    before = Entry.objects.count()

    again = client.post(preview(task))

    assert again.url == task.get_absolute_url()
    assert client.get(task.get_absolute_url()).status_code == 200
    assert Entry.objects.count() == before
    assert client.post(task.get_absolute_url(), {"owner": ""}).status_code == 200


def test_a_task_is_its_owners_alone(people, browse, entries, choose):
    row = entries(people.partnership, 1)[0]
    task = choose(browse(people.office), "archive", [row.reference])
    for user in (people.admin, people.off_a, people.nobody):
        for path in ("", "preview/", "undo/"):
            assert browse(user).post(f"{task.get_absolute_url()}{path}").status_code == 404


def test_what_has_ended_is_archived_and_undone_and_what_has_not_is_left_out(people, browse, choose):
    both = [people.council.organisation, people.police.organisation]
    ended = make_documents.agreement(people.partnership, *both, state="ended")
    running = make_documents.agreement(people.partnership, *both, state="in_force")
    client = browse(people.office)
    task = choose(client, "archive", [ended.reference, running.reference])
    page = client.get(preview(task)).content.decode()
    assert "1 of them will be left out and named: only what has ended is archived." in page
    assert ">Archive 1 entry</button>" in page
    do(client, task)

    assert task.skipped == [
        [running.reference, f"{running} is not ended: only what has ended is archived."]
    ]
    assert Row.objects.get(pk=ended.pk).is_archived
    assert "Undo" in client.get(task.get_absolute_url()).content.decode()

    undone = client.post(f"{task.get_absolute_url()}undo/")

    assert not Row.objects.get(pk=ended.pk).is_archived
    assert "1 entry: back in the lists" in client.get(undone.url).content.decode()
    words = [line.title for line in lines(Entry.objects.about(ended).newest_first()[:2])]
    assert words == ["Brought back from the archive", "Archived"]


def test_those_who_have_not_signed_are_reminded_once_a_day(people, browse, choose):
    both = [people.council.organisation, people.police.organisation]
    out = [make_documents.agreement(people.partnership, *both, state="signing") for _ in range(2)]
    idle = make_documents.agreement(people.partnership, *both, state="in_force")
    client = browse(people.office)
    task = choose(client, "remind", [row.reference for row in [*out, idle]])
    sent_before = Notice.objects.count()

    do(client, task)

    said = dict(task.skipped)
    assert "Nobody is asked" in said[idle.reference]
    assert task.messages == Notice.objects.count() - sent_before
    again = do(client, choose(client, "remind", [row.reference for row in out]))
    assert again.messages == 0
    assert len(again.skipped) == 2


def test_a_long_task_is_the_workers_and_a_worker_that_died_is_followed_without_doubles(
    people, browse, entries, choose, monkeypatch
):
    monkeypatch.setattr(services, "CHUNK", 100)
    entries(people.partnership, 250)
    client = browse(people.office)
    task = choose(client, "owner", page=client.get("/register/?tier=3"))
    do(client, task, owner=people.office.person.pk)
    assert task.state == TaskState.WAITING
    page = client.get(task.get_absolute_url()).content.decode()
    assert "0 of 250 entries seen to" in page
    assert "every 2s" in page

    BulkTask.objects.update(state=TaskState.WORKING)
    assert services._do_some(task)  # a worker does the first hundred, and dies
    assert len(task.changed) == 100
    BulkTask.objects.update(claimed_at=task.claimed_at - services.TAKEN_FOR_DEAD_AFTER * 2)
    assert finish_tasks() == 1

    task.refresh_from_db()
    assert task.state == TaskState.DONE
    assert len(set(task.changed)) == len(task.changed) == 250
    assert Entry.objects.filter(verb="document.changed").count() == 250
    assert finish_tasks() == 0


@pytest.mark.parametrize("act", ["owner", "tags", "review_on"])
def test_the_preview_takes_the_same_statements_for_few_and_for_many(
    people, browse, entries, choose, act, django_assert_max_num_queries
):
    entries(people.partnership, 120)
    client = browse(people.office)
    task = choose(client, act, page=client.get("/register/?tier=3"))
    day = (today() + timedelta(days=5)).strftime("%d %m %Y")
    client.post(
        task.get_absolute_url(),
        {"owner": people.office.person.pk, "add": "x", "review_on": day, "reason": "r"},
    )
    with django_assert_max_num_queries(30):
        assert client.get(preview(task)).status_code == 200
