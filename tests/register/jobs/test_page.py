"""The office sees what the register does by itself, what failed and why, and has it tried again."""

from datetime import timedelta

import pytest

from register.core.dates import now
from register.jobs.items import TRIES
from register.jobs.models import FailedItem, Heartbeat, Run
from register.jobs.registry import jobs
from register.notices.models import Notice
from register.notices.services import write
from tests import people as casts
from tests import worlds

URL = "/by-itself/"
AGAIN = "/by-itself/again/"


@worlds.shared
def people():
    return casts.cast()


@pytest.fixture
def seen(people, client):
    """Somebody's page as text."""

    def see(user=None) -> str:
        client.force_login(user or people.office)
        return client.get(URL).content.decode()

    return see


def fail(key="version 7", **facts) -> FailedItem:
    facts = {"job": "commence", "failure": "ValueError: The printer is on fire.", "tries": 2,
             "failed_at": now(), "next_at": now() + timedelta(hours=1), **facts}  # fmt: skip
    return FailedItem.objects.create(key=key, **facts)


def test_register_officers_and_administrators_see_it_and_nobody_else(people, client):
    allowed = set()
    for name, user in people.everybody.items():
        client.force_login(user)
        if client.get(URL).status_code == 200:
            allowed.add(name)

    assert allowed == {"office", "admin"}
    client.force_login(people.mgr_a)
    assert "for register officers and administrators" in client.get(URL).content.decode()


def test_nothing_failed_and_no_worker_ran(seen):
    page = seen()

    assert "No worker has run yet" in page
    assert "Nothing." in page
    assert "Sends messages" in page
    assert "Not run yet" in page


def test_a_silent_worker_is_told_with_what_to_do(seen):
    Heartbeat.objects.create(worker="here:1", at=now() - timedelta(days=3))

    assert "silent for 3 days" in seen()


def test_what_failed_shows_why_how_often_and_when_next(people, seen):
    row = fail(partnership=people.partnership.pk)

    page = seen()

    assert "The printer is on fire." in page
    assert "Brings into force what is signed" in page
    assert f'value="{row.pk}"' in page
    assert "Some failed" in page
    assert "Given up" not in page


def test_of_what_belongs_to_no_single_partnership_only_the_kind_of_error_is_told(seen):
    fail("print 7", job="prints", failure="PrintFailed: NM-A-0009 has no text.")

    page = seen()

    assert "PrintFailed" in page
    assert "NM-A-0009" not in page


def test_every_kind_of_work_says_in_words_what_it_does():
    assert [job.name for job in jobs() if not job.says] == []


def test_what_was_given_up_is_marked(seen):
    fail(given_up_at=now(), tries=TRIES)

    assert "Given up" in seen()


def test_a_run_that_failed_thrice_says_so_and_stands_first(seen):
    at = now()
    Run.objects.create(
        job="rules", started_at=at, ended_at=at, failure="KeyError: WY-9", failures=3
    )

    page = seen()

    assert "Failed 3 times" in page
    assert "KeyError" in page
    assert "WY-9" not in page  # what an error says may name an entry of another partnership
    assert page.index("Checks entries that changed") < page.index("Brings permissions")


def test_queues_are_counted(people, client):
    Notice.objects.update(sent_at=now())
    write(to="a@example.org", subject="Hello", text="Hello", key="hello")
    client.force_login(people.office)

    queues = {row["name"]: row["count"] for row in client.get(URL).context["queues"]}

    assert {"Messages", "Prints", "Seals", "Files to bring in", "Entries to check"} <= set(queues)
    assert queues["Messages"] == 1
    assert queues["Prints"] == 0


def test_trying_again_gives_one_thing_all_its_tries_anew(people, client):
    one, other = fail("version 1", given_up_at=now()), fail("version 2", given_up_at=now())
    client.force_login(people.admin)

    response = client.post(AGAIN, {"item": one.pk}, follow=True)

    assert "1 thing is tried again" in response.content.decode()
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.given_up_at, one.tries) == (None, 0)
    assert one.next_at <= now()
    assert other.given_up_at is not None


def test_everything_is_tried_again(people, client):
    fail("version 1"), fail("version 2", given_up_at=now())
    client.force_login(people.office)

    assert "2 things are tried again" in client.post(AGAIN, follow=True).content.decode()
    assert not FailedItem.objects.filter(next_at__gt=now()).exists()


def test_what_failed_in_another_partnership_leaves_no_trace(people, seen, client):
    theirs = fail("version 99", partnership=people.partnership.pk + 1)

    page = seen()
    assert "version 99" not in page
    assert "on fire" not in page
    assert "Some failed" not in page
    assert client.post(AGAIN, {"item": theirs.pk}).status_code == 404
    client.post(AGAIN)
    theirs.refresh_from_db()
    assert theirs.next_at > now()


@pytest.mark.parametrize("item", ["x", "-1", "0", "99999999999999999999", "1;"])
def test_hostile_items_are_not_found(people, client, item):
    client.force_login(people.office)

    assert client.post(AGAIN, {"item": item}).status_code == 404


def test_others_have_nothing_tried_again(people, client):
    row = fail(given_up_at=now())
    for user in (people.off_a, people.auditor, people.mgr_a):
        client.force_login(user)
        assert client.post(AGAIN, {"item": row.pk}).status_code == 403

    row.refresh_from_db()
    assert row.given_up_at is not None


def test_the_page_asks_the_same_few_statements_however_much_failed(
    people, client, django_assert_max_num_queries
):
    for number in range(40):
        fail(f"version {number}")
    client.force_login(people.office)

    with django_assert_max_num_queries(30):
        client.get(URL)
